"""A worker killed in the middle of a reading: what was read is kept, anybody goes on, nothing is read twice."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import psycopg
import pytest

from tests.live import environment, house, own_database, run

pytestmark = pytest.mark.slow
TEXTS = 1200
LOAD = f"""
from random import Random
from django.utils.timezone import localdate
from mianduimian.intake.models import Submission
from mianduimian.people import acts as people
from mianduimian.people.models import Person, Post, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts, jobs
today, dice = localdate(), Random(3)
clock = people.found(on=today)
people.load_city(by=clock, on=today)
office = Person.objects.create(username="office", name="专班", joined_on=today)
Post.objects.create(person=office, unit=Unit.objects.get(key="shifuban"), role="office", since=today)
city = Region.objects.get(pk="441600")
round = Round.objects.create(code="441600-2026-12", number=1, year=2026, focus="道路安全", theme="travel", level="city",
    region=city, host="市长", office=Unit.objects.get(key="shifuban"), rulebook="heyuan-2.0", opened_on=today, opened_by=office)
Submission.objects.bulk_create(Submission(round=round, channel="web", source_number=str(n), received_on=today,
    content=str(n), receipt=f"K{{n}}", text="".join(chr(dice.randrange(0x4E00, 0x8000)) for _sign in range(40)))
    for n in range({TEXTS}))
jobs.read.enqueue(acts.ask(round, by=office, on=today).pk)
"""
GO_ON = """
from django.utils.timezone import localdate
from mianduimian.people.models import Person
from mianduimian.triage import acts, jobs
from mianduimian.triage.models import Reading
office = Person.objects.get(username="office")
jobs.read.enqueue(acts.resume(Reading.objects.get(), by=office, on=localdate()).pk)
"""
END = """
from mianduimian.journal import acts
from mianduimian.triage.models import Part, Proposal, Reading
reading = Reading.objects.get()
grouped = Proposal.parts.through.objects.values("part")
classed = Part.objects.exclude(category="").count()
print(reading.state, reading.texts, reading.tries, classed, grouped.distinct().count(), grouped.count())
assert acts.verify() is None, acts.verify()
"""
SILENCE = "UPDATE triage_reading SET heard_at = '2001-01-01 00:00:00'"
HOW_FAR = "SELECT state, texts FROM triage_reading"


@pytest.fixture
def around(tmp_path):
    """A house of its own with a reading that waits for the worker."""
    with own_database(os.environ.get("DATABASE_URL", "")) as database:
        around = environment(tmp_path, database)
        run(around, "migrate", "--verbosity", "0")
        run(around, "shell", "--no-imports", "-c", LOAD)
        yield around


def ask(around, question):
    """Put one question to the database, past the house."""
    url = around["DATABASE_URL"]
    path = f"{around['MIANDUIMIAN_DATA']}/mianduimian.sqlite3"
    connection = psycopg.connect(url, autocommit=True) if url else sqlite3.connect(path, timeout=20, isolation_level=None)
    with closing(connection):
        cursor = connection.execute(question)
        return cursor.fetchone() if cursor.description else None


def work(around):
    return subprocess.Popen([house(), "db_worker", "--batch", "--verbosity", "0"], env=around)


def killed_in_the_middle(around):
    """Let a worker read until it has read something more, and kill it without warning; returns how far it was."""
    _state, before = ask(around, HOW_FAR)
    worker = work(around)
    until = time.monotonic() + 240
    while ask(around, HOW_FAR)[1] == before and time.monotonic() < until:
        assert worker.poll() is None, "the worker ended by itself"
        time.sleep(0.002)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait(20) == -signal.SIGKILL
    state, texts = ask(around, HOW_FAR)
    assert state == "running" and texts > before
    return texts


def test_a_reading_whose_workers_are_killed_is_gone_on_with_and_nothing_is_read_twice(around):
    texts = killed_in_the_middle(around)
    assert ask(around, "SELECT count(*) FROM triage_part WHERE category <> ''")[0] == texts
    with pytest.raises(RuntimeError, match="后台正在读"):
        run(around, "shell", "--no-imports", "-c", GO_ON)
    ask(around, SILENCE)
    assert "接着梳理：1次" in run(around, "daily")
    killed_in_the_middle(around)
    ask(around, SILENCE)
    run(around, "shell", "--no-imports", "-c", GO_ON)
    assert work(around).wait(240) == 0
    state, read, tries, classes, grouped, links = run(around, "shell", "--no-imports", "-c", END).split()
    assert (state, tries) == ("done", "1")
    assert int(read) == int(classes) == int(grouped) == int(links) == TEXTS
