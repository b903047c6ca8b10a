"""The faults that shape the design: killed servers, two hands at once, wrong clocks, strange files, wrong doors, leaks.

The rooms test their own edges; here stand those that need the whole house (R1, R3, R8, T3, V1 …).
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from tests.live import environment, free_port, house, own_database, run, wait_until_it_answers

ROOT = Path(__file__).parent.parent
ROUNDS = int(os.environ.get("CRASH_ROUNDS", "3"))
MAKE_OPEN_CALL = """
from datetime import timedelta
from django.utils.timezone import localdate
from mianduimian.people import acts as people
from mianduimian.people.models import Person, Post, Unit
from mianduimian.solicitation import acts
from mianduimian.solicitation.rules import Notice, Opening
today = localdate()
clock = people.found(on=today)
people.load_city(by=clock, on=today)
office = Person.objects.create(username="office", name="专班", joined_on=today)
Post.objects.create(person=office, unit=Unit.objects.get(key="shifuban"), role="office", since=today)
round = acts.open_round(Opening("道路安全", "travel", "441600", "市长", "shifuban"), by=office, on=today)
acts.issue_call(round, Notice(today, today + timedelta(days=5), "全市", ["web"]), by=office, on=today)
print(round.code)
"""
COUNT = """
from mianduimian.intake.models import Submission
from mianduimian.journal import acts
from mianduimian.journal.models import Line
said = dict(Submission.objects.values_list("receipt", "pk"))
lines = set(map(int, Line.objects.filter(verb="intake.receive").values_list("subject_id", flat=True)))
assert acts.verify() is None, acts.verify()
print(" ".join(said))
print(len(set(said.values()) ^ lines))
"""


def serve(around, port):
    words = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "8", "--no-log"]
    command = [str(Path(sys.executable).with_name("granian")), *words, "mianduimian.house.wsgi:application"]
    process = subprocess.Popen(command, env=around, start_new_session=True)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/public/", process)
    except RuntimeError:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return process


class Citizen(Thread):
    """Speaks again and again until the server is gone; remembers each receipt it was shown."""

    def __init__(self, url, name):
        super().__init__(daemon=True)
        self.url, self.name, self.receipts, self.going = url, name, [], True
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def run(self):
        number = 0
        while self.going and number < 400:
            number += 1
            try:
                form = self.browser.open(self.url, timeout=60).read().decode()
                hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|token)" value="([^"]+)"', form))
                typed = {**hidden, "text": f"{self.name}说：第{number}处红灯坏了", "place": "", "region": "", "website": ""}
                answer = self.browser.open(self.url, urllib.parse.urlencode(typed).encode(), timeout=60)
            except (OSError, HTTPException):
                return
            found = re.search(r"/receipt/([0-9A-Z]{12})", answer.url)
            if found:
                self.receipts.append(found.group(1))


def wait_for_receipts(citizens, few, patience=120):
    """Until a few receipts were shown, however slow the machine is."""
    until = time.monotonic() + patience
    while sum(len(citizen.receipts) for citizen in citizens) < few:
        assert time.monotonic() < until, "no receipt was shown"
        time.sleep(0.02)


@pytest.mark.slow
def test_r1_kill_9_of_every_worker_loses_nothing_that_was_acknowledged(tmp_path):
    """R1, R3: receipts shown before `kill -9` are all in the database after it, each with its journal line; the chain holds."""
    dice = random.Random(881)
    with own_database(os.environ.get("DATABASE_URL", "")) as database:
        around = environment(tmp_path, database) | {"MIANDUIMIAN_PUBLIC_POSTS_PER_HOUR": "100000"}
        run(around, "migrate", "--verbosity", "0")
        code = run(around, "shell", "--no-imports", "-c", MAKE_OPEN_CALL).strip().splitlines()[-1]
        shown = []
        for attempt in range(ROUNDS):
            port = free_port()
            server = serve(around, port)
            citizens = [Citizen(f"http://127.0.0.1:{port}/public/{code}/speak", f"{attempt}-{n}") for n in range(8)]
            for citizen in citizens:
                citizen.start()
            wait_for_receipts(citizens, 3)
            time.sleep(dice.uniform(0, 1.2))
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)
            for citizen in citizens:
                citizen.going = False
                citizen.join(10)
                shown += citizen.receipts
        kept, orphans = run(around, "shell", "--no-imports", "-c", COUNT).strip().splitlines()[-2:]
    assert len(shown) >= 3 * ROUNDS
    assert set(shown) - set(kept.split()) == set()
    assert orphans == "0"


def test_r8_sqlite_answers_only_what_is_on_the_disk(db):
    """An answer given is an answer kept: WAL with synchronous=FULL, writers wait instead of failing."""
    if connection.vendor != "sqlite":
        pytest.skip("this is about the embedded database")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.slow
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_t3_the_day_is_the_day_in_shanghai_wherever_the_server_stands(zone):
    """The rules of days give the same answers under another TZ."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-migrations"]
    tests = ["mianduimian/workdays", "mianduimian/ledger/tests/test_clocks.py", "tests/test_story.py"]
    data = {"TZ": zone, "MIANDUIMIAN_DATA": os.environ.get("MIANDUIMIAN_DATA", "data") + f"-{zone.replace('/', '-')}"}
    around = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_") and key != "DATABASE_URL"}
    run = subprocess.run([*command, *tests], cwd=ROOT, env=around | data, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:]


def test_an_unknown_setting_stops_the_house_in_words(tmp_path):
    for name, value, words in (
        ("MIANDUIMIAN_PUBLIC_FROM", "no", "不认识的设置"),
        ("MIANDUIMIAN_PUBLIC_FORM", "nein", "只能是 yes、no"),
        ("DATABASE_URL", "mysql://x", "postgres://"),
        ("MIANDUIMIAN_UPLOAD_MB", "many", "整数"),
    ):
        around = environment(tmp_path, "") | {name: value}
        done = subprocess.run([house(), "check"], env=around, capture_output=True, text=True)
        assert done.returncode != 0
        assert words in done.stderr
