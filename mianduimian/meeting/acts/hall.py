"""会上: who came, what was asked and answered, what was promised and proposed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.db.models import Max

from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.step import check_own, check_seen, keep, opened, written
from mianduimian.meeting.models import Exchange, Floor, Meeting, Promise, Seat, Suggestion
from mianduimian.meeting.rules import Presence, Promised, Spoken, check_begun, check_promise
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import Refused
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


@act
def hold(meeting: Meeting, *, presences: Mapping[int, str] | None = None, by: Person, on: date) -> Meeting:
    """Record that the meeting was held and who came; whoever is not named otherwise (seat → presence) was present."""
    meeting = opened(meeting, "meeting.record", by)
    check_begun(meeting.day, on)
    if meeting.held_on:
        raise Refused(_("座谈会已记为%(on)s召开。"), on=meeting.held_on)
    named = presences or {}
    seats = list(Seat.objects.filter(meeting=meeting))
    for seat in seats:
        seat.presence = Presence(named.get(seat.pk, Presence.PRESENT))
    Seat.objects.bulk_update(seats, ["presence"])
    meeting.held_on = meeting.day
    meeting.save(update_fields=["held_on"])
    came = {"held_on": meeting.held_on, "seats": len(seats)}
    came["not_present"] = [seat.pk for seat in seats if seat.presence != Presence.PRESENT]
    record("meeting.hold", meeting.round, by=by, on=on, now=came)
    return meeting


@act
def exchange(
    meeting: Meeting, spoken: Spoken, *, promised: Promised | None = None, key: str = "", by: Person, on: date
) -> Exchange:
    """Record one exchange with its promise, also while the meeting runs; what is sent twice under one key is written once."""
    meeting = opened(meeting, "meeting.record", by)
    known = written(meeting, key, (spoken, promised), Exchange)
    if known:
        return known
    check_begun(meeting.day, on)
    number = (Exchange.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0) + 1
    exchange = Exchange.objects.create(meeting=meeting, number=number, **_resolved(meeting, spoken))
    record("meeting.exchange", meeting, by=by, on=on, now={"number": number, **exchange.said})
    Floor.objects.update_or_create(meeting=meeting, defaults={"exchange": exchange})
    if promised:
        promise(exchange, promised, by=by, on=on)
    keep(meeting, key, (spoken, promised), exchange)
    return exchange


@act
def correct(
    exchange: Exchange, spoken: Spoken, *, seen: int, promised: Promised | None = None, key: str = "", by: Person, on: date
) -> Exchange:
    """Complete or correct an exchange, perhaps with one more promise; what it said before stays in the journal."""
    meeting = opened(exchange.meeting, "meeting.record", by)
    known = written(meeting, key, (exchange.pk, spoken, promised), Exchange)
    if known:
        return known
    exchange = Exchange.objects.select_for_update().get(pk=exchange.pk)
    check_seen(exchange, seen)
    was = exchange.said
    for name, value in _resolved(meeting, spoken).items():
        setattr(exchange, name, value)
    exchange.version += 1
    exchange.save()
    record("meeting.correct", meeting, by=by, on=on, was=was, now=exchange.said, why=f"{exchange}")
    if promised:
        promise(exchange, promised, by=by, on=on)
    keep(meeting, key, (exchange.pk, spoken, promised), exchange)
    return exchange


@act
def promise(exchange: Exchange, promised: Promised, *, by: Person, on: date) -> Promise:
    """Record what a unit promised in the hall, with its date."""
    meeting = opened(exchange.meeting, "meeting.record", by)
    check_promise(meeting.day, promised.due_on)
    made = Promise.objects.create(exchange=exchange, **_owed(exchange, promised))
    record("meeting.promise", meeting, by=by, on=on, now=made.said)
    return made


@act
def amend(promise: Promise, promised: Promised, *, seen: int, by: Person, on: date) -> Promise:
    """Correct a promise that was written down wrongly; what it said before stays in the journal."""
    meeting = opened(promise.exchange.meeting, "meeting.record", by)
    promise = Promise.objects.select_for_update(of=("self",)).select_related("exchange", "unit").get(pk=promise.pk)
    check_seen(promise, seen)
    check_promise(meeting.day, promised.due_on)
    was = promise.said
    for name, value in _owed(promise.exchange, promised).items():
        setattr(promise, name, value)
    promise.version += 1
    promise.save()
    record("meeting.amend", meeting, by=by, on=on, was=was, now=promise.said)
    return promise


@act
def suggest(meeting: Meeting, *, seat: Seat, text: str, by: Person, on: date) -> Suggestion:
    """Keep what a representative proposed as a proposal of its own (问计于民)."""
    meeting = opened(meeting, "meeting.record", by)
    check_begun(meeting.day, on)
    check_own(seat.meeting_id == meeting.pk)
    suggestion = Suggestion.objects.create(meeting=meeting, raised_by=seat, text=text)
    record("meeting.suggest", meeting, by=by, on=on, now={"seat": seat.pk, "text": text})
    return suggestion


@act
def adopt(suggestion: Suggestion, *, adopted: bool, why: str, by: Person, on: date) -> Suggestion:
    """Say whether a suggestion is adopted, and why."""
    meeting = opened(suggestion.meeting, "meeting.record", by)
    if not why.strip():
        raise Refused(_("是否采纳都须说明理由。"))
    was = {"adopted": suggestion.adopted, "why": suggestion.why}
    suggestion.adopted, suggestion.why = adopted, why
    suggestion.save()
    record("meeting.adopt", meeting, by=by, on=on, was=was, now={"adopted": adopted, "why": why})
    return suggestion


def _resolved(meeting: Meeting, spoken: Spoken) -> dict[str, object]:
    """The rows behind what was said: a seat of this meeting, an appeal of this round, the unit that answered."""
    seat = Seat.objects.filter(pk=spoken.raised_by, meeting=meeting).first()
    appeal = Appeal.objects.filter(pk=spoken.appeal, round=meeting.round_id).first() if spoken.appeal else None
    check_own(seat is not None and (appeal is not None) == bool(spoken.appeal))
    unit = Unit.objects.get(key=spoken.answered_by)
    return asdict(spoken) | {"raised_by": seat, "appeal": appeal, "answered_by": unit}


def _owed(exchange: Exchange, promised: Promised) -> dict[str, object]:
    """The rows behind a promise: the unit named, else the one that answered."""
    unit = Unit.objects.get(key=promised.unit) if promised.unit else exchange.answered_by
    return asdict(promised) | {"unit": unit}
