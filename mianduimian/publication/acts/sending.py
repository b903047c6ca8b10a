"""投递: a letter is taken up and written down before it goes out, and what came of it afterwards; a kill between doubles none."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

import structlog
from django.conf import settings
from django.utils import timezone

from mianduimian.clock.acts import is_dead, me
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.publication.acts.gateway import drops, hand, put_down
from mianduimian.publication.acts.telling import send_by
from mianduimian.publication.gateways import Gateway
from mianduimian.publication.models import Cursor, Message, Sending
from mianduimian.publication.rules import Delivery, Result, after, route

log = structlog.get_logger()
MOST = 5_000  # so many messages go out in one run; the rest in the next
PATIENCE = 3  # after so many failures in a row a gateway rests until the next run
KEPT = ["channel", "state", "tries", "due_at", "leased_until", "leased_by", "doubtful_since", "refused", "sent_at", "problem"]


def deliver(ways: list[Gateway], *, by: Person, on: date) -> Counter[str]:
    """Hand over what is due, way by way: first what a killed sender left, then what waits; each step is an act of its own."""
    free(ways, by=by, on=on)
    readdress(by=by, on=on)
    told: Counter[str] = Counter()
    for way in ways:
        told += _empty(way, by=by, on=on)
    if told:
        report(told, by=by, on=on)
    return told


def _empty(way: Gateway, *, by: Person, on: date) -> Counter[str]:
    told: Counter[str] = Counter()
    failures = 0
    while failures < PATIENCE and sum(told.values()) < MOST:
        taken = take_up(way, by=by, on=on)
        if not taken:
            break
        answers = [(sending, *hand(sending.message, way)) for sending in taken]
        way.flush()
        told.update(mark(answers, way, by=by, on=on))
        doubts = sum(result in (Result.LATER, Result.UNCLEAR) for _sending, result, _said in answers)
        failures = failures + doubts if doubts == len(answers) else 0
    return told


@act
def take_up(way: Gateway, *, by: Person, on: date) -> list[Sending]:
    """Take up the next messages of a way for as long as the lease runs; each try is written down before it is made."""
    by.must("publication.send")
    now = timezone.now()
    if settings.CHANNELS.is_quiet(way.name, timezone.localtime(now)):
        return []
    due = Message.objects.due(way.name, now).select_for_update(skip_locked=True, of=("self",))
    while found := list(due.select_related("submission__citizen")[: way.at_once]):
        sendings = [sending for message in found if (sending := _take(message, way, now))]
        put_down(found, KEPT)
        if sendings:
            return Sending.objects.bulk_create(sendings)
    return []


def _take(message: Message, way: Gateway, now: datetime) -> Sending | None:
    """Begin one try, unless the citizen can no longer be told by this way, or a letter in doubt would be doubled."""
    if not message.letter.to:
        send_by(message, route(message.contacts, settings.CHANNELS.order, message.refused))
        return None
    if message.doubtful_since and not drops(message, way):
        message.state = Delivery.UNKNOWN
        return None
    message.state, message.tries = Delivery.SENDING, message.tries + 1
    message.leased_until, message.leased_by = now + settings.CHANNELS.lease, me()
    return Sending(message=message, way=way.name, number=message.tries, began_at=now)


@act
def mark(answers: list[tuple[Sending, Result, str]], way: Gateway, *, by: Person, on: date) -> list[str]:
    """Write down what came of some tries, and what becomes of each message."""
    by.must("publication.send")
    known = {sending.message_id: (sending, result, said) for sending, result, said in answers}
    messages = Message.objects.filter(pk__in=known).select_for_update(of=("self",)).select_related("submission__citizen")
    now = timezone.now()
    ended = [_end(message, *known[message.pk], way, now) for message in messages]
    put_down([message for message, _sending in ended], KEPT)
    put_down([sending for _message, sending in ended], ["ended_at", "result", "said"])
    return [message.state for message, _sending in ended]


def _end(
    message: Message, sending: Sending, result: Result, said: str, way: Gateway | None, now: datetime
) -> tuple[Message, Sending]:
    held = (message.state, message.channel, message.tries) == (Delivery.SENDING, sending.way, sending.number)
    sending.ended_at, sending.result, sending.said = now, result, said
    if not held and result != Result.TAKEN:
        return message, sending  # somebody thought this sender dead and took the message over
    if result == Result.UNCLEAR and message.doubtful_since is None:
        message.doubtful_since = sending.began_at
    safe = way is not None and drops(message, way)
    doubtful = message.doubtful_since is not None
    message.state, wait = after(result, message.tries, settings.CHANNELS.again, doubtful=doubtful, drops=safe)
    message.problem, message.leased_until, message.leased_by = said, None, ""
    message.due_at = now + wait if message.state == Delivery.QUEUED else None
    if message.state == Delivery.SENT:
        message.sent_at, message.doubtful_since = now, None
    if message.state == Delivery.FAILED:
        message.refused = [*message.refused, message.channel]
        send_by(message, route(message.contacts, settings.CHANNELS.order, message.refused))
    return message, sending


@act
def free(ways: Iterable[Gateway], *, by: Person, on: date) -> int:
    """What a killed or silent sender took up: nobody knows whether it went out; the rule of its way says what now."""
    by.must("publication.send")
    now, known = timezone.now(), {way.name: way for way in ways}
    abroad = Message.objects.abroad().select_for_update(skip_locked=True, of=("self",)).select_related("submission__citizen")
    left = [
        message for message in abroad if message.leased_until is None or message.leased_until < now or is_dead(message.leased_by)
    ]
    begun = {sending.message_id: sending for sending in Sending.objects.filter(message__in=left, ended_at=None).order_by("pk")}
    ended = [
        _end(message, begun[message.pk], Result.UNCLEAR, "worker killed", known.get(message.channel), now)
        for message in left
        if message.pk in begun
    ]
    for message, _sending in ended:
        message.due_at = None
    put_down([message for message, _sending in ended], KEPT)
    put_down([sending for _message, sending in ended], ["ended_at", "result", "said"])
    return len(ended)


@act
def readdress(*, by: Person, on: date) -> int:
    """Messages on a way that is no longer set up go by another; what may have arrived waits for a person."""
    by.must("publication.send")
    order = settings.CHANNELS.order
    lost = (
        Message.objects.queued().exclude(channel__in=order).select_for_update(of=("self",)).select_related("submission__citizen")
    )
    moved = list(lost)
    for message in moved:
        if message.doubtful_since:
            message.state = Delivery.UNKNOWN
        else:
            send_by(message, route(message.contacts, order, message.refused))
    put_down(moved, KEPT)
    return len(moved)


@act
def report(told: Counter[str], *, by: Person, on: date) -> None:
    """One line of the journal a run: how many went out, and how many not."""
    by.must("publication.send")
    record("publication.deliver", Cursor.objects.get_or_create(pk=1)[0], by=by, on=on, now=dict(told))
