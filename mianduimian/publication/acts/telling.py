"""告知: telling every source citizen each step, once; the journal is the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils import timezone

from mianduimian.intake.models import Submission
from mianduimian.intake.sealing import fingerprint
from mianduimian.journal.acts import act, record
from mianduimian.journal.models import Line
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.lookback.models import Visit, speaker
from mianduimian.people.models import Person
from mianduimian.publication.acts.gateway import put_down
from mianduimian.publication.models import Cursor, Message, voices
from mianduimian.publication.rules import TOLD, Delivery, Notice, Step, Way, named, route, shield
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Part
from mianduimian.vocabulary import _

LINES_AT_ONCE = 500
CHANGED = ["channel", "state", "tries", "due_at", "doubtful_since", "refused", "problem"]


@act
def gather(*, by: Person, on: date) -> int:
    """Read the journal on from where it was left and queue what its lines owe to citizens; says how many lines it read."""
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
    return len(lines)


@dataclass(frozen=True)
class Subject:
    """What a line is about, as a message says it, and who is told."""

    title: str
    unit: str
    audience: list[Submission]


def _subjects(lines: Iterable[Line]) -> dict[int, Subject]:
    """The matters of some lines, each read once, whatever the number of lines."""
    wanted = {int(line.subject_id) for line in lines if line.subject_type == "ledger.matter"}
    matters = list(Matter.objects.filter(pk__in=wanted).select_related("appeal"))
    leads = dict(Assignment.objects.current().filter(matter__in=wanted).values_list("matter", "lead__short"))
    appeals = [matter.appeal_id for matter in matters]
    names, audiences = voices(appeals), _audiences(appeals)
    return {
        matter.pk: Subject(
            shield(matter.appeal.title, names.get(matter.appeal_id, set())),
            leads.get(matter.pk, ""),
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
    """One message a citizen, however often they spoke; who left no name is told, or not, by each submission alone."""
    about = subjects[int(line.subject_id)] if line.subject_type == "ledger.matter" else Subject("", "", _received(line))
    if TOLD[line.verb] == Step.ASKED:
        about = replace(about, audience=_asked(line))
    return [_message(line, about, theirs, on) for theirs in _by_citizen(about.audience)]


def _asked(line: Line) -> list[Submission]:
    """Whom a look-back asks: those of the visits that this line planned; an older line names none."""
    visits = Visit.objects.filter(pk__in=line.now.get("asked", [])).select_related("submission__citizen")
    return [visit.submission for visit in visits]


def _by_citizen(audience: list[Submission]) -> list[list[Submission]]:
    found: dict[str, list[Submission]] = {}
    for submission in audience:
        found.setdefault(speaker(submission), []).append(submission)
    return list(found.values())


def _received(line: Line) -> list[Submission]:
    """Whom a line of intake is about: the submissions of a batch, or the one submission."""
    if line.subject_type == "solicitation.round":
        found = Submission.objects.filter(round=int(line.subject_id), batch=line.now.get("batch"))
    else:
        found = Submission.objects.filter(pk=int(line.subject_id))
    return list(found.select_related("citizen").order_by("pk"))


def _message(line: Line, about: Subject, theirs: list[Submission], on: date) -> Message:
    first, step, receipts = theirs[0], TOLD[line.verb], [submission.receipt for submission in theirs]
    notice = Notice(step, about.title, about.unit, named(receipts))
    message = Message(line=line, submission=first, citizen=first.citizen, step=step, text=notice.text, made_on=on)
    message.words, message.receipts = notice.words, "、".join(receipts)
    message.key = fingerprint(line.hash, speaker(first), step)[:32]
    send_by(message, route(message.contacts, settings.CHANNELS.order))
    return message


def send_by(message: Message, way: str) -> None:
    """Put a message on a way; with none left nobody can be told."""
    states = {"": Delivery.UNREACHABLE, Way.LETTER: Delivery.PRINT}
    message.channel, message.state, message.tries = way, states.get(way, Delivery.QUEUED), 0
    message.due_at = message.doubtful_since = None
    if not way and message.refused:
        message.state = Delivery.FAILED


@act
def retry(round: Round, *, by: Person, on: date) -> int:
    """Queue a round's failed messages again, from the first of the ways."""
    by.must("publication.release")
    failed = list(Message.objects.filter(submission__round=round, state=Delivery.FAILED).select_related("submission__citizen"))
    for message in failed:
        message.refused, message.problem = [], ""
        send_by(message, route(message.contacts, settings.CHANNELS.order))
    put_down(failed, CHANGED)
    record("publication.retry", round, by=by, on=on, now={"messages": len(failed)})
    return len(failed)


@act
def settle(message: Message, *, arrived: bool, by: Person, on: date) -> Message:
    """不明的: a person asked the gateway or the citizen: it arrived, or it goes out once more under the same key."""
    by.must("publication.release")
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Delivery.UNKNOWN:
        raise Refused(_("这一条的送达状态已经是“%(state)s”。"), state=Delivery.word_of(message.state))
    message.state = Delivery.SENT if arrived else Delivery.QUEUED
    message.sent_at = timezone.now() if arrived else None
    message.tries, message.due_at, message.doubtful_since = 0, None, None
    message.save()
    record("publication.settle", message, by=by, on=on, now={"state": message.state})
    return message
