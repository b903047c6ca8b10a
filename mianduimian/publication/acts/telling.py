"""告知: telling every source citizen each step, once; the journal is the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from mianduimian.intake.models import Submission
from mianduimian.journal.acts import act, record
from mianduimian.journal.models import Line
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.publication.gateways import Gateway, Letter, Undelivered
from mianduimian.publication.models import Cursor, Message, voices
from mianduimian.publication.rules import TOLD, Delivery, Notice, Step, shield
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Part

LINES_AT_ONCE = 500
MOST_TRIES = 5


@act
def gather(*, by: Person, on: date) -> int:
    """Read the journal on from where it was left and queue what its lines owe to citizens; safe to run twice."""
    by.must("publication.send")
    cursor, _made = Cursor.objects.select_for_update().get_or_create(pk=1)
    lines = list(Line.objects.after(cursor.number)[:LINES_AT_ONCE])
    if not lines:
        return 0
    told = [line for line in lines if line.verb in TOLD]
    subjects = _subjects(told)
    messages = [message for line in told for message in _messages(line, subjects, on)]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    cursor.number = lines[-1].number
    cursor.save()
    if messages:
        record("publication.gather", cursor, by=by, on=on, now={"lines": len(lines), "messages": len(messages)})
    return len(messages)


@dataclass(frozen=True)
class Subject:
    """What a line is about, as a message says it, and who is told."""

    title: str
    unit: str
    audience: list[Submission]


def _subjects(lines: Iterable[Line]) -> dict[int, Subject]:
    """The matters of some lines, each read once, whatever the number of lines."""
    wanted = {int(line.subject_id) for line in lines if line.subject_type == "ledger.matter"}
    matters = Matter.objects.filter(pk__in=wanted).lines()  # type: ignore[attr-defined]
    appeals = [matter.appeal_id for matter in matters]
    names, audiences = voices(appeals), _audiences(appeals)
    return {
        matter.pk: Subject(
            shield(matter.appeal.title, names.get(matter.appeal_id, set())),
            matter.assignment.lead.short if matter.assignment else "",
            audiences.get(matter.appeal_id, []),
        )
        for matter in matters
    }


def _audiences(appeals: Iterable[int]) -> dict[int, list[Submission]]:
    found: dict[int, dict[int, Submission]] = {}
    parts = Part.objects.live().filter(appeal__in=appeals).select_related("submission__citizen").order_by("pk")
    for part in parts:
        if part.appeal_id:
            found.setdefault(part.appeal_id, {})[part.submission_id] = part.submission
    return {appeal: list(submissions.values()) for appeal, submissions in found.items()}


def _messages(line: Line, subjects: dict[int, Subject], on: date) -> list[Message]:
    about = subjects[int(line.subject_id)] if line.subject_type == "ledger.matter" else Subject("", "", _received(line))
    step = TOLD[line.verb]
    return [
        _message(line, step, submission, Notice(step, about.title, about.unit, submission.receipt), on)
        for submission in about.audience
    ]


def _received(line: Line) -> list[Submission]:
    """Whom a line of intake is about: the submissions of a batch, or the one submission."""
    if line.subject_type == "solicitation.round":
        found = Submission.objects.filter(round=int(line.subject_id), batch=line.now.get("batch"))
    else:
        found = Submission.objects.filter(pk=int(line.subject_id))
    return list(found.select_related("citizen"))


def _message(line: Line, step: Step, submission: Submission, notice: Notice, on: date) -> Message:
    reachable = submission.citizen is not None and submission.citizen.reachable
    state = Delivery.QUEUED if reachable else Delivery.UNREACHABLE
    return Message(line=line, submission=submission, step=step, text=notice.text, state=state, made_on=on)


@act
def deliver(way: Gateway, *, most: int = 200, by: Person, on: date) -> int:
    """Hand the oldest queued messages to a gateway; what it does not take stays queued until it was tried often enough."""
    by.must("publication.send")
    queued = Message.objects.queued().select_for_update(skip_locked=True, of=("self",)).select_related("submission__citizen")
    taken = list(queued[:most])
    sent = sum(_send(message, way) for message in taken)
    way.flush()
    Message.objects.bulk_update(taken, ["tries", "channel", "state", "sent_at", "problem"])
    if sent:
        record("publication.deliver", Cursor.objects.get_or_create(pk=1)[0], by=by, on=on, now={"sent": sent, "by": way.name})
    return sent


def _send(message: Message, way: Gateway) -> bool:
    citizen = message.submission.citizen
    to = (citizen.phone or citizen.email) if citizen else ""
    message.tries += 1
    message.channel = way.name
    try:
        if not to:
            message.state = Delivery.UNREACHABLE
        else:
            way.send(Letter(f"mianduimian-{message.pk}", to, message.text))
            message.state, message.sent_at, message.problem = Delivery.SENT, timezone.now(), ""
    except Undelivered as problem:
        message.problem = str(problem)[:200]
        message.state = Delivery.FAILED if message.tries >= MOST_TRIES else Delivery.QUEUED
    return message.state == Delivery.SENT


@act
def retry(round: Round, *, by: Person, on: date) -> int:
    """Queue a round's failed messages again."""
    by.must("publication.release")
    failed = Message.objects.filter(Q(submission__round=round), state=Delivery.FAILED)
    count = failed.update(state=Delivery.QUEUED, tries=0)
    record("publication.retry", round, by=by, on=on, now={"messages": count})
    return count
