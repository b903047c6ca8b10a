"""The desk's moves of tests/test_citizen.py: whoever is entitled to each makes it, by the act that its page calls."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate

from mianduimian.intake import acts as intake
from mianduimian.intake.models import Submission
from mianduimian.intake.rules import Said
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Answered
from mianduimian.lookback import acts as lookback
from mianduimian.lookback.models import Visit
from mianduimian.lookback.rules import Answered as Judged
from mianduimian.lookback.rules import Checked
from mianduimian.meeting import acts as meeting
from mianduimian.meeting.rules import Decided
from mianduimian.people.models import Person
from mianduimian.publication import jobs
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts as triage
from mianduimian.triage.models import Part
from mianduimian.triage.rules import Wording

on = localdate()


def who(name: str) -> Person:
    return Person.objects.get(username=name)


def matter(title: str) -> Matter:
    return Matter.objects.select_related("appeal").get(appeal__title=title)


def others(words: str, phones: list[str]) -> list[str]:
    """Others say the same by telephone; their receipts."""
    said = [Said("phone", "", f"{words}，我是第{n}个来说的", name=f"街坊{n}", phone=phone) for n, phone in enumerate(phones)]
    return [intake.receive(Round.objects.get(), one, by=who("office"), on=on)[0].receipt for one in said]


def merge(title: str, receipts: list[str]) -> None:
    """All of them said one thing: it becomes one appeal, is decided on and given to the traffic police."""
    office, round = who("office"), Round.objects.get()
    triage.take_up(round, by=office, on=on)
    parts = Part.objects.filter(submission__in=Submission.objects.filter(receipt__in=receipts))
    wording = Wording(title, f"请治理：{title}。", "transport.school", "441602", title, "traffic_police")
    appeal = triage.distil(parts, wording, by=office, on=on)
    meeting.opine(appeal, Decided("on_the_ledger", "到现场看过再办", "traffic_police"), by=office, on=on)
    ledger.assign(ledger.open_matter(appeal, by=office, on=on), by=office, on=on)


def answer(title: str, public: str) -> None:
    """The police accept and answer, the office settles, somebody else verifies and lists whom to ask."""
    police, visitor = who("police"), who("visitor")
    reply = Answered(f"{public}已到现场。", public, "支队长", measure=public, solve_by=on + timedelta(20))
    ledger.accept(matter(title), by=police, on=on)
    ledger.reply(matter(title), reply, by=police, on=on)
    ledger.settle(matter(title), note="同意", by=who("office"), on=on)
    lookback.verify(matter(title), Checked("true", "到现场看过，做了。"), by=visitor, on=on)
    lookback.plan_visits(matter(title), by=visitor, on=on)


def ask(title: str, but: str) -> int:
    """All are called and content, but the one who answers alone; how many were called."""
    asked = Visit.objects.filter(matter=matter(title)).of_this_turn().exclude(submission__receipt=but)
    for visit in asked:
        lookback.answer(visit, Judged("4", "yes"), by=who("visitor"), on=on)
    return len(asked)


def send_back(title: str) -> list[str]:
    """What is not solved goes back by rule; on which grounds."""
    return lookback.send_back(matter(title), why="有群众不满意", by=who("visitor"), on=on).grounds


def close(title: str) -> str:
    """Two hands close it."""
    ledger.propose_closing(matter(title), note="核查、回访齐全", by=who("office"), on=on)
    lookback.close(matter(title), ground="核查属实，回访都有记录", by=who("visitor"), on=on)
    return matter(title).state


def tell() -> dict[str, list[str]]:
    """The outbox is emptied, and once more; who was told what so far, as it left the house."""
    jobs.tell(on)
    assert jobs.tell(on) == "发出 0"
    told: dict[str, list[str]] = {}
    for line in (Path(settings.DATA) / "outbox" / "messages.jsonl").read_text("utf-8").splitlines():
        letter = json.loads(line)
        told.setdefault(letter["to"], []).append(letter["text"])
    return told
