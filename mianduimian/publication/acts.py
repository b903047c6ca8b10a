"""公开: releasing a round's page, and telling every source citizen each step, once; the journal is the outbox."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from mianduimian.intake.models import Submission
from mianduimian.journal.acts import act, record
from mianduimian.journal.models import Line
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.publication.gateways import Gateway, Letter, Undelivered
from mianduimian.publication.models import Cursor, Message, Release, voices
from mianduimian.publication.rules import TOLD, Delivery, Notice, Step, shield
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Part
from mianduimian.vocabulary import _

LINES_AT_ONCE = 500
MOST_TRIES = 5


@act
def release(round: Round, *, by: Person, on: date) -> Release:
    """Open a round's page to everybody."""
    by.must("publication.release")
    if Release.objects.filter(round=round, withdrawn_on=None).exists():
        raise Refused(_("这一期已经公开。"))
    made = Release.objects.create(round=round, on=on, by=by)
    record("publication.release", round, by=by, on=on)
    return made


@act
def withdraw(release: Release, *, why: str, by: Person, on: date) -> Release:
    """Take a round's page down; that it was public, and why it no longer is, stays on record."""
    by.must("publication.release")
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.withdrawn_on:
        raise Refused(_("已于%(on)s撤下。"), on=release.withdrawn_on)
    release.withdrawn_on, release.why = on, why
    release.save()
    record("publication.withdraw", release.round, by=by, on=on, why=why)
    return release


@act
def gather(*, by: Person, on: date) -> int:
    """Read the journal on from where it was left and queue what its lines owe to citizens; safe to run twice."""
    by.must("publication.send")
    cursor, _made = Cursor.objects.select_for_update().get_or_create(pk=1)
    lines = list(Line.objects.after(cursor.number)[:LINES_AT_ONCE])
    if not lines:
        return 0
    messages = [message for line in lines if line.verb in TOLD for message in _messages(line, on)]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    cursor.number = lines[-1].number
    cursor.save()
    if messages:
        record("publication.gather", cursor, by=by, on=on, now={"lines": len(lines), "messages": len(messages)})
    return len(messages)


def _messages(line: Line, on: date) -> list[Message]:
    step = TOLD[line.verb]
    title, unit = _about(line)
    return [_message(line, step, submission, Notice(step, title, unit, submission.receipt), on) for submission in _audience(line)]


def _message(line: Line, step: Step, submission: Submission, notice: Notice, on: date) -> Message:
    reachable = submission.citizen is not None and submission.citizen.reachable
    state = Delivery.QUEUED if reachable else Delivery.UNREACHABLE
    return Message(line=line, submission=submission, step=step, text=notice.text, state=state, made_on=on)


def _about(line: Line) -> tuple[str, str]:
    if line.subject_type != "ledger.matter":
        return "", ""
    matter = Matter.objects.select_related("appeal").get(pk=line.subject_id)
    return shield(
        matter.appeal.title, voices([matter.appeal_id]).get(matter.appeal_id, set())
    ), matter.assignment.lead.short if matter.assignment else ""


def _audience(line: Line) -> Iterable[Submission]:
    return _AUDIENCES[line.subject_type](line).select_related("citizen")


def _of_matter(line: Line) -> QuerySet[Submission]:
    parts = Part.objects.filter(appeal__in=Matter.objects.filter(pk=line.subject_id).values("appeal"))
    return Submission.objects.filter(pk__in=parts.values("submission"))


def _of_round(line: Line) -> QuerySet[Submission]:
    return Submission.objects.filter(round=int(line.subject_id), batch=line.now.get("batch"))


def _itself(line: Line) -> QuerySet[Submission]:
    return Submission.objects.filter(pk=line.subject_id)


_AUDIENCES = {"ledger.matter": _of_matter, "solicitation.round": _of_round, "intake.submission": _itself}


@act
def deliver(way: Gateway, *, most: int = 200, by: Person, on: date) -> int:
    """Hand the oldest queued messages to a gateway; what it does not take stays queued until it was tried often enough."""
    by.must("publication.send")
    queued = Message.objects.queued().select_for_update(skip_locked=True, of=("self",)).select_related("submission__citizen")
    sent = sum(_send(message, way) for message in queued[:most])
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
    message.save()
    return message.state == Delivery.SENT


@act
def retry(round: Round, *, by: Person, on: date) -> int:
    """Queue a round's failed messages again."""
    by.must("publication.release")
    failed = Message.objects.filter(Q(submission__round=round), state=Delivery.FAILED)
    count = failed.update(state=Delivery.QUEUED, tries=0)
    record("publication.retry", round, by=by, on=on, now={"messages": count})
    return count
