"""Two hundred citizens, servers that fail, and a sender killed again and again: everybody is told every step exactly once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from random import Random

import pytest

from mianduimian.publication.tests.servers import Mail, Post, Web, serving
from tests.live import environment, house, own_database, run

pytestmark = pytest.mark.slow
CITIZENS, KILLS, SEED = 200, 24, 20261127
STEPS = ["merged", "assigned", "settled"]
LOAD = f"""
from django.utils.timezone import localdate
from mianduimian.intake.models import Citizen, Submission
from mianduimian.intake.sealing import blind_index
from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.meeting.models import Opinion
from mianduimian.people import acts as people
from mianduimian.people.models import Person, Post, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal, Part
today = localdate()
clock = people.found(on=today)
people.load_city(by=clock, on=today)
office = Person.objects.create(username="office", name="专班", joined_on=today)
Post.objects.create(person=office, unit=Unit.objects.get(key="shifuban"), role="office", since=today)
round = Round.objects.create(code="441600-2026-12", number=1, year=2026, focus="道路安全", theme="travel", level="city",
    region_id="441600", host="市长", office=Unit.objects.get(key="shifuban"), rulebook="heyuan-2.0",
    opened_on=today, opened_by=office)
appeal = Appeal.objects.create(round=round, number=1, title="校门口乱停车", wording="请治理", made_on=today, made_by=office)
for n in range({CITIZENS}):
    phone = f"199{{n:08}}"
    mail = f"c{{n}}@example.com"
    left = [{{"wechat": f"o{{n}}", "phone": phone}}, {{"phone": phone, "email": mail}}, {{"email": mail}}][n % 3]
    citizen = Citizen.objects.create(name=f"群众{{n}}", phone_index=blind_index(left.get("phone", "")), **left)
    for time in range(1 + n % 2):
        said = Submission.objects.create(round=round, channel="web", text="乱停车", citizen=citizen, received_on=today,
            receipt=f"K{{n:04}}T{{time}}", content=f"{{n}} {{time}}", source_number=f"{{n}} {{time}}")
        Part.objects.create(submission=said, bucket="distilled", appeal=appeal)
police = Unit.objects.get(key="traffic_police")
opinion = Opinion.objects.create(appeal=appeal, handling="on_the_ledger", text="纳入", lead=police, on=today, by=office)
matter = Matter.objects.create(appeal=appeal, number="M1", opinion=opinion, state="settled", turn=1, opened_on=today)
@act
def happened(verb, *, by, on):
    record(verb, matter, by=by, on=on)
for verb in ("ledger.open_matter", "ledger.assign", "ledger.settle"):
    happened(verb, by=office, on=today)
"""
END = """
import json
from mianduimian.journal import acts
from mianduimian.publication.models import Message, Sending
assert acts.verify() is None, acts.verify()
rows = list(Message.objects.values("key", "citizen", "step", "state", "channel"))
print(json.dumps({"rows": rows, "tries": Sending.objects.count(), "open": Sending.objects.filter(ended_at=None).count()}))
"""
ANSWERED = """
import json
from django.utils.timezone import localdate
from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.models import Message
arrived = set(json.load(open({path!r})))
office = Person.objects.get(username="office")
for message in Message.objects.open_questions():
    acts.settle(message, arrived=message.key in arrived, by=office, on=localdate())
"""
CHANNELS = """
order = ["wechat", "sms", "email"]
again = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
lease = 1
quiet_ways = []
[sms]
url = "http://127.0.0.1:{web}/sms"
accepted = {{ code = 0 }}
remembers = 1440
patience = 1
[wechat]
base = "http://127.0.0.1:{web}"
app_id = "a"
secret = "b"
template = "c"
patience = 1
[email]
host = "127.0.0.1"
port = {mail}
sender = "mdm@city.example"
security = "none"
patience = 1
"""
FAULTS = {
    "busy": 0.05,
    "never": 0.01,
    "cut before": 0.04,
    "cut after": 0.04,
    "wrong after": 0.02,
    "stale token": 0.02,
    "slow": 0.03,
}


@pytest.fixture
def servers():
    """The city's gateways, each with its faults; a slow answer is slower than it is waited for."""
    web, mail = (Post(faults=FAULTS, dice=Random(SEED + n), slow=1.3) for n in range(2))
    with serving(Web, web) as at, serving(Mail, mail) as by_mail:
        yield {"web": web, "mail": mail}, {"web": at, "mail": by_mail}


@pytest.fixture
def around(tmp_path, servers):
    """A house of its own with three steps that two hundred citizens are to be told."""
    channels = tmp_path / "channels.toml"
    channels.write_text(CHANNELS.format(**servers[1]), "utf-8")
    with own_database(os.environ.get("DATABASE_URL", "")) as database:
        around = environment(tmp_path, database) | {"MIANDUIMIAN_CHANNELS": str(channels)}
        run(around, "migrate", "--verbosity", "0")
        run(around, "shell", "--no-imports", "-c", LOAD)
        yield around


def handed(posts):
    return sum(sum(post.handed.values()) for post in posts.values())


def killed_somewhere(around, posts, dice):
    """Let a sender work until it has sent a few more, wait a random blink, and kill it without warning."""
    before, more = handed(posts), dice.randrange(1, 12)
    sender = subprocess.Popen([house(), "tell"], env=around, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while handed(posts) < before + more and sender.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(dice.random() * 0.02)
    sender.send_signal(signal.SIGKILL)
    return sender.wait(20) == -signal.SIGKILL


def at_the_end(around):
    return json.loads(run(around, "shell", "--no-imports", "-c", END))


def test_every_citizen_is_told_every_step_exactly_once(around, servers, tmp_path, capsys):
    posts, dice = servers[0], Random(SEED)
    kills = tries = 0
    while kills < KILLS and tries < 3 * KILLS:
        kills, tries = kills + killed_somewhere(around, posts, dice), tries + 1
    assert kills >= 20
    for _run in range(60):
        if run(around, "tell").strip() == "发出 0":
            break
    left = Counter(row["state"] for row in at_the_end(around)["rows"])
    doubts = left["unknown"]
    (tmp_path / "keys.json").write_text(json.dumps(sorted({key for post in posts.values() for key in post.handed})), "utf-8")
    run(around, "shell", "--no-imports", "-c", ANSWERED.format(path=str(tmp_path / "keys.json")))
    for post in posts.values():
        post.faults = {}
    run(around, "tell")
    end = at_the_end(around)
    reached = sum((post.handed for post in posts.values()), Counter())
    check(end, reached)
    ways, faults = Counter(row["channel"] for row in end["rows"]), sum((post.done for post in posts.values()), Counter())
    with capsys.disabled():
        sys.stdout.write(f"\n{len(end['rows'])} messages by {dict(ways)}, {end['tries']} tries, {kills} kills, {dict(faults)}\n")
        sys.stdout.write(f"{doubts} in doubt and left to a person; handed over {sum(reached.values())}, doubled 0, lost 0\n")


def check(end, reached):
    told = Counter((row["citizen"], row["step"]) for row in end["rows"])
    assert set(told.values()) == {1} and len(told) == CITIZENS * len(STEPS)
    states = Counter(row["state"] for row in end["rows"])
    keys = [row["key"] for row in end["rows"] if row["state"] == "sent"]
    assert end["open"] == 0
    assert states["sent"] + states["failed"] == len(end["rows"]), states
    assert [key for key in keys if reached[key] != 1] == []  # none lost, none doubled
    assert [key for key, count in reached.items() if count > 1] == []
    assert {row["key"] for row in end["rows"] if row["state"] == "failed"}.isdisjoint(reached)
