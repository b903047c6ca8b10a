"""寄提醒: a subscriber's letter is taken up and written down before it goes out; a kill doubles none, a person is asked."""

from datetime import date, datetime, timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from mianduimian.clock.acts import is_dead, me
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.publication.acts.gateway import drops, hand, put_down
from mianduimian.publication.gateways import Gateway
from mianduimian.publication.models import Alert
from mianduimian.publication.rules import Delivery, Result, after
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

log = structlog.get_logger()
MOST = 5_000  # letters in one run; the rest in the next
PATIENCE = 3  # after so many failures in a row the gateway rests until the next run
KEPT = ["state", "tries", "due_at", "leased_until", "leased_by", "doubtful_since", "sent_at", "problem"]


def deliver_alerts(way: Gateway, *, by: Person, on: date) -> int:
    """Hand the queued letters over, a few at a time; each step is an act of its own. Says how many the gateway took."""
    free_alerts(way, by=by, on=on)
    sent = handed = failures = 0
    while failures < PATIENCE and handed < MOST and (taken := take_up_alerts(way, by=by, on=on)):
        answers = [(one, *hand(one, way)) for one in taken]
        way.flush()
        states = mark_alerts(answers, way, by=by, on=on)
        sent, handed = sent + states.count(Delivery.SENT), handed + len(states)
        doubts = all(result in (Result.LATER, Result.UNCLEAR) for _one, result, _said in answers)
        failures = failures + 1 if doubts else 0
    return sent


@act
def take_up_alerts(way: Gateway, *, by: Person, on: date) -> list[Alert]:
    """Take up the next letters for as long as the lease runs; that they are being tried is written down before they are."""
    by.must("publication.send")
    now = timezone.now()
    if settings.CHANNELS.is_quiet(way.name, timezone.localtime(now)):
        return []
    due = Alert.objects.due(now).select_for_update(skip_locked=True, of=("self",)).select_related("subscription")
    while found := list(due[: way.at_once]):
        for one in found:
            _take(one, way, now)
        put_down(found, KEPT)
        if taken := [one for one in found if one.state == Delivery.SENDING]:
            return taken
    return []


def _take(one: Alert, way: Gateway, now: datetime) -> None:
    """Begin one try, unless the address is gone or a letter in doubt would be doubled."""
    if not one.subscription.email:
        one.state = Delivery.UNREACHABLE
    elif one.doubtful_since and not drops(one, way):
        one.state = Delivery.UNKNOWN
    else:
        one.state, one.tries = Delivery.SENDING, one.tries + 1
        one.leased_until, one.leased_by = now + settings.CHANNELS.lease, me()


@act
def mark_alerts(answers: list[tuple[Alert, Result, str]], way: Gateway, *, by: Person, on: date) -> list[str]:
    """Write down what came of some letters; one that somebody took over meanwhile is changed only by its arrival."""
    by.must("publication.send")
    known, now = {one.pk: (one, result, said) for one, result, said in answers}, timezone.now()
    rows = list(Alert.objects.filter(pk__in=known).select_for_update(of=("self",)).select_related("subscription"))
    for row in rows:
        tried, result, said = known[row.pk]
        if (row.state, row.tries) == (Delivery.SENDING, tried.tries) or result == Result.TAKEN:
            _end(row, result, said, way, now)
    put_down(rows, KEPT)
    return [row.state for row in rows]


def _end(one: Alert, result: Result, said: str, way: Gateway, now: datetime) -> None:
    if result == Result.UNCLEAR and one.doubtful_since is None:
        one.doubtful_since = now
    doubtful = one.doubtful_since is not None
    one.state, wait = after(result, one.tries, settings.CHANNELS.again, doubtful=doubtful, drops=drops(one, way))
    one.problem, one.leased_until, one.leased_by = said, None, ""
    one.due_at = now + wait if one.state == Delivery.QUEUED else None
    if one.state == Delivery.SENT:
        one.sent_at, one.doubtful_since = now, None


@act
def free_alerts(way: Gateway, *, by: Person, on: date) -> int:
    """What a killed or silent sender took up: nobody knows whether it went out; the rule of the way says what now."""
    by.must("publication.send")
    now = timezone.now()
    abroad = Alert.objects.filter(state=Delivery.SENDING).select_for_update(skip_locked=True, of=("self",))
    left = [
        one
        for one in abroad.select_related("subscription")
        if one.leased_until is None or one.leased_until < now or is_dead(one.leased_by)
    ]
    for one in left:
        _end(one, Result.UNCLEAR, "worker killed", way, now)
        one.due_at = None
    put_down(left, KEPT)
    return len(left)


@act
def settle_alert(alert: Alert, *, arrived: bool, by: Person, on: date) -> Alert:
    """不明的: a person asked whoever runs the mail server: the letter arrived, or it goes out once more."""
    by.must("publication.release")
    alert = Alert.objects.select_for_update().get(pk=alert.pk)
    if alert.state != Delivery.UNKNOWN:
        raise Refused(_("这一条的送达状态已经是“%(state)s”。"), state=Delivery.word_of(alert.state))
    alert.state = Delivery.SENT if arrived else Delivery.QUEUED
    alert.sent_at = timezone.now() if arrived else None
    alert.tries, alert.due_at, alert.doubtful_since = 0, timezone.now() - timedelta(seconds=1), None
    alert.save()
    record("publication.settle_alert", alert, by=by, on=on, now={"state": alert.state})
    return alert
