"""会场大屏: what the hall's screen shows; it asks twice a second and is answered only when something changed."""

from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mianduimian.meeting import acts
from mianduimian.meeting.models import Arrival, Display, Meeting, Promise, on_the_floor
from mianduimian.meeting.rules import check_displayed
from mianduimian.meeting.views.finding import found
from mianduimian.people.doors import door, open_door, person

LATEST = 4
FRESH = 0.1  # seconds: however many look on, each process asks the database ten times a second at most


@door("meeting.see")
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen for somebody who is logged in."""
    meeting = found(request, pk)
    return _page(request, meeting, reverse("meeting:now", args=[pk]))


@door("meeting.see")
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the screen that changes; 304 as long as nothing did."""
    meeting = found(request, pk)
    return _part(request, f"{pk}", meeting.version, lambda: _drawn(meeting))


@door("meeting.record")
@require_POST
def display(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link for the hall's screen, which needs no log-in; the old one ends."""
    acts.display(found(request, pk), by=person(request), on=localdate())
    return redirect("meeting:exchange", pk)


@never_cache
@open_door
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """The hall's screen behind its own link."""
    pk, _version, day = _asked(token)
    check_displayed(day, localdate())
    meeting = Meeting.objects.select_related("round__region").get(pk=pk)
    return _page(request, meeting, reverse("meeting:screen_now", args=[token]))


@never_cache
@open_door
def screen_now(request: HttpRequest, token: str) -> HttpResponse:
    """The part that changes, behind the same link; drawn once for all who look on."""
    _pk, version, day = _asked(token)
    check_displayed(day, localdate())
    return _part(request, token, version, lambda: _drawn_once(token, version, get_language() or ""))


def _asked(token: str) -> tuple[int, int, date]:
    known = _known(token, int(monotonic() / FRESH))
    if known is None:
        raise Http404
    return known


@lru_cache(maxsize=512)
def _known(token: str, moment: int) -> tuple[int, int, date] | None:
    """Meeting, revision and day behind a link; believed for one moment."""
    wanted = ("meeting", "meeting__version", "meeting__starts_at")
    row = Display.objects.filter(token=token).values_list(*wanted).first()
    return (row[0], row[1], localtime(row[2]).date()) if row else None


@lru_cache(maxsize=64)
def _drawn_once(token: str, version: int, language: str) -> str:
    return _drawn(Meeting.objects.select_related("round__region").get(display__token=token))


def _drawn(meeting: Meeting) -> str:
    return render_to_string("meeting/_board.html", _shown(meeting))


def _page(request: HttpRequest, meeting: Meeting, ask: str) -> HttpResponse:
    return render(request, "meeting/board.html", _shown(meeting) | {"ask": ask, "moment": localtime()})


def _part(request: HttpRequest, name: str, version: int, draw: Any) -> HttpResponse:
    tag = f'"{name}-{version}-{get_language()}"'
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return cast(HttpResponse, unchanged)
    return HttpResponse(draw(), headers={"ETag": tag})


def _shown(meeting: Meeting) -> dict[str, Any]:
    """What is on the floor, what comes next, what was promised; before the beginning who has come."""
    heard = meeting.exchanges.exclude(appeal=None).values("appeal")
    agenda = meeting.items.select_related("appeal")
    promises = Promise.objects.filter(exchange__meeting=meeting).select_related("unit")
    floor = on_the_floor(meeting)
    called = floor.appeal if floor else None
    return {
        "meeting": meeting,
        "floor": floor,
        "place": agenda.filter(appeal=called).values_list("place", flat=True).first(),
        "agenda": agenda.count(),
        "next": agenda.exclude(appeal__in=heard).exclude(appeal=called).first(),
        "heard": meeting.exchanges.count(),
        "promised": promises.count(),
        "promises": promises.order_by("-pk")[:LATEST],
        "came": Arrival.objects.filter(card__meeting=meeting).count(),
        "seats": meeting.seats.count(),
    }
