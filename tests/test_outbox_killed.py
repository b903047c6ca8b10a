"""Two hundred citizens, servers that fail, and a sender killed again and again: everybody is told every step exactly once."""

import json
import sys
from collections import Counter

import pytest

from mianduimian.publication.tests.servers import Mail, Web, serving
from tests.killing import handed, housed, killed_again_and_again, post, until_nothing_is_left
from tests.live import run

pytestmark = pytest.mark.slow
CITIZENS = 200
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


@pytest.fixture
def servers():
    """The city's gateways, each with its faults."""
    web, mail = post(0), post(1)
    with serving(Web, web) as at, serving(Mail, mail) as by_mail:
        yield [web, mail], {"web": at, "mail": by_mail}


@pytest.fixture
def around(tmp_path, servers):
    """A house of its own with three steps that two hundred citizens are to be told."""
    with housed(tmp_path, CHANNELS.format(**servers[1]), LOAD) as around:
        yield around


def at_the_end(around):
    return json.loads(run(around, "shell", "--no-imports", "-c", END))


def test_every_citizen_is_told_every_step_exactly_once(around, servers, tmp_path, capsys):
    posts = servers[0]
    kills = killed_again_and_again(around, ["tell"], posts)
    assert kills >= 20
    until_nothing_is_left(around, ["tell"], "发出 0")
    left = Counter(row["state"] for row in at_the_end(around)["rows"])
    doubts = left["unknown"]
    (tmp_path / "keys.json").write_text(json.dumps(sorted(handed(posts))), "utf-8")
    run(around, "shell", "--no-imports", "-c", ANSWERED.format(path=str(tmp_path / "keys.json")))
    for one in posts:
        one.faults = {}
    run(around, "tell")
    end = at_the_end(around)
    reached = handed(posts)
    check(end, reached)
    ways, faults = Counter(row["channel"] for row in end["rows"]), sum((one.done for one in posts), Counter())
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
