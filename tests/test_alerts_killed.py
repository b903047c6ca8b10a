"""Two hundred subscribers, a mail server that fails, and a sender killed again and again: every letter arrives exactly once."""

import json
import sys
from collections import Counter

import pytest

from mianduimian.publication.tests.servers import Mail, serving
from tests.killing import housed, killed_again_and_again, post, until_nothing_is_left
from tests.live import run

pytestmark = pytest.mark.slow
SUBSCRIBERS, LETTERS = 200, 3  # each is asked for a confirmation and written to on two days
LOAD = f"""
from datetime import timedelta
from django.utils.timezone import localdate
from mianduimian.people import acts as people
from mianduimian.people.models import Person, Post, Unit
from mianduimian.publication import acts
from mianduimian.publication.models import Release, Subscription
from mianduimian.solicitation.models import Round
today = localdate()
begun = today - timedelta(2)
clock = people.found(on=begun)
people.load_city(by=clock, on=begun)
office = Person.objects.create(username="office", name="专班", joined_on=begun)
Post.objects.create(person=office, unit=Unit.objects.get(key="shifuban"), role="office", since=begun)
for n in range({SUBSCRIBERS}):
    acts.subscribe(f"s{{n}}@example.com", acts.Wish(), by=clock, on=begun)
for one in Subscription.objects.all():
    acts.confirm(one, by=clock, on=begun)
for n in (1, 2):
    round = Round.objects.create(code=f"441600-2026-1{{n}}", number=n, year=2026, focus=f"焦点{{n}}", theme="travel",
        level="city", region_id="441600", host="市长", office=Unit.objects.get(key="shifuban"), rulebook="heyuan-2.0",
        opened_on=begun, opened_by=office)
    Release.objects.create(round=round, on=begun + timedelta(n - 1), by=office)
"""
SENDER = """
from datetime import timedelta
from django.utils.timezone import localdate
from mianduimian.publication.jobs import alert
for days in (1, 0):
    print(alert(localdate() - timedelta(days)))
"""
END = """
import json
from mianduimian.journal import acts
from mianduimian.publication.models import Alert
assert acts.verify() is None, acts.verify()
seen = Alert.objects.select_related("subscription")
rows = [[one.letter.key, one.subscription_id, one.asks, str(one.on), one.state, one.tries] for one in seen]
print(json.dumps({"rows": rows, "leased": Alert.objects.exclude(leased_by="").count()}))
"""
ANSWERED = """
import json
from django.utils.timezone import localdate
from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.models import Alert
arrived = set(json.load(open({path!r})))
office = Person.objects.get(username="office")
for one in Alert.objects.open_questions():
    acts.settle_alert(one, arrived=one.letter.key in arrived, by=office, on=localdate())
"""
CHANNELS = """
order = ["email"]
again = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
lease = 1
[email]
host = "127.0.0.1"
port = {mail}
sender = "mdm@city.example"
security = "none"
patience = 1
"""


@pytest.fixture
def mail():
    """The city's mail server, with its faults."""
    kept = post()
    with serving(Mail, kept) as port:
        yield kept, port


@pytest.fixture
def around(tmp_path, mail):
    """A house of its own with two hundred subscribers and news of two days."""
    with housed(tmp_path, CHANNELS.format(mail=mail[1]), LOAD) as around:
        yield around


def at_the_end(around):
    return json.loads(run(around, "shell", "--no-imports", "-c", END))


def test_every_subscriber_is_written_to_exactly_once_a_step(around, mail, tmp_path, capsys):
    kept, sender = mail[0], ["shell", "--no-imports", "-c", SENDER]
    kills = killed_again_and_again(around, sender, [kept])
    assert kills >= 20
    until_nothing_is_left(around, sender, "发出 0 封\n发出 0 封")
    doubts = Counter(row[4] for row in at_the_end(around)["rows"])["unknown"]
    (tmp_path / "keys.json").write_text(json.dumps(sorted(kept.handed)), "utf-8")
    run(around, "shell", "--no-imports", "-c", ANSWERED.format(path=str(tmp_path / "keys.json")))
    kept.faults = {}
    run(around, *sender)
    end = at_the_end(around)
    check(end, kept.handed)
    with capsys.disabled():
        tries = sum(row[5] for row in end["rows"])
        sys.stdout.write(f"\n{len(end['rows'])} letters, at least {tries} tries, {kills} kills, {dict(kept.done)}\n")
        sys.stdout.write(f"{doubts} in doubt and left to a person; handed over {kept.handed.total()}, doubled 0, lost 0\n")


def check(end, reached):
    steps = Counter(tuple(row[1:4]) for row in end["rows"])
    assert set(steps.values()) == {1} and len(steps) == SUBSCRIBERS * LETTERS
    states = Counter(row[4] for row in end["rows"])
    assert end["leased"] == 0
    assert states["sent"] + states["failed"] == len(end["rows"]), states
    assert [row[0] for row in end["rows"] if row[4] == "sent" and reached[row[0]] != 1] == []  # none lost, none doubled
    assert [key for key, count in reached.items() if count > 1] == []
    assert {row[0] for row in end["rows"] if row[4] == "failed"}.isdisjoint(reached)
