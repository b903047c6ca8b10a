"""座谈会: finding what the person may see."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from mianduimian.meeting.models import Item, Meeting, Opinion
from mianduimian.meeting.rules import SeatKind, quotas
from mianduimian.people.doors import person


def found(request: HttpRequest, pk: int) -> Meeting:
    """A meeting the person may see; any other does not exist for them."""
    seen = Meeting.objects.seen_by(person(request)).select_related("round__region")
    return get_object_or_404(seen, pk=pk)


def within(request: HttpRequest, rows: Any, pk: int) -> Any:
    """A seat, item, exchange or suggestion of a meeting the person may see."""
    return get_object_or_404(rows.filter(meeting__in=Meeting.objects.seen_by(person(request))), pk=pk)


def by_kind(meeting: Meeting) -> list[dict[str, Any]]:
    """The seats, kind by kind, each with its quota where the rulebook has one."""
    quota, seats = quotas(meeting.round.rules), list(meeting.seats.select_related("unit"))
    rows = [(kind, [seat for seat in seats if seat.kind == kind]) for kind in SeatKind]
    return [{"word": kind.word, "quota": quota.get(kind), "seats": taken} for kind, taken in rows if taken or kind in quota]


def agenda(meeting: Meeting) -> list[Item]:
    """The agenda; each item knows whether it was discussed and what was decided on it."""
    rows = meeting.items.select_related("appeal__unit")
    decided = Opinion.objects.in_force().filter(appeal__in=rows.values("appeal")).select_related("lead")
    opinions = {opinion.appeal_id: opinion for opinion in decided}
    heard = set(meeting.exchanges.values_list("appeal", flat=True))
    items = list(rows)
    for item in items:
        item.heard, item.opinion = item.appeal_id in heard, opinions.get(item.appeal_id)  # type: ignore[attr-defined]
    return items
