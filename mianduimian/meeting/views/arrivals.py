"""参会证与签到: the cards on paper, the page behind a card's QR code, and who has come."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mianduimian.meeting import acts
from mianduimian.meeting.forms import CodeForm
from mianduimian.meeting.models import Arrival, Card, Meeting
from mianduimian.meeting.rules import SeatKind
from mianduimian.meeting.views.finding import found
from mianduimian.people.doors import door, open_door, person
from mianduimian.people.models import Person


@door("meeting.prepare")
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """The invitations of a meeting for the printer, each with its QR code; seats without a card are counted."""
    meeting = found(request, pk)
    printed = [(card, _code(request, card)) for card in Card.objects.known().filter(meeting=meeting)]
    context = {"meeting": meeting, "cards": printed, "missing": meeting.seats.filter(card=None).count()}
    return render(request, "meeting/cards.html", context)


def _code(request: HttpRequest, card: Card) -> str:
    """The QR code of a card as an SVG drawing: the address of its page."""
    address = request.build_absolute_uri(reverse("meeting:card", args=[card.token]))
    drawn = segno.make(address, error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True))  # noqa: S308  segno's own drawing


@door("meeting.prepare")
@require_POST
def issue_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Give every seat without a card its own."""
    made = acts.issue_cards(found(request, pk), by=person(request), on=localdate())
    messages.success(request, _("已制发参会证 %(count)s 张。") % {"count": len(made)})
    return redirect("meeting:cards", pk)


@never_cache
@open_door
def card(request: HttpRequest, token: str) -> HttpResponse:
    """What a card's QR code opens: for the one invited when and where, for the clerk at the door the seat and one button."""
    found = get_object_or_404(Card.objects.known(), token=token)
    arrival = Arrival.objects.filter(card=found).select_related("by").first()
    context = {"card": found, "meeting": found.meeting, "arrival": arrival, "clerk": _lets_in(request, found.meeting)}
    return render(request, "meeting/card.html", context)


def _lets_in(request: HttpRequest, meeting: Meeting) -> bool:
    who = request.user
    if not isinstance(who, Person) or not who.may("meeting.record"):
        return False
    return Meeting.objects.seen_by(who).filter(pk=meeting.pk).exists()


@door("meeting.record")
@require_POST
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """Let in whoever came with this card."""
    who = person(request)
    card = get_object_or_404(Card.objects.known().filter(meeting__in=Meeting.objects.seen_by(who)), token=token)
    _told(request, card, *acts.check_in(card, at=now(), by=who, on=localdate()))
    return redirect("meeting:card", token)


@door("meeting.record")
def arrivals(request: HttpRequest, pk: int) -> HttpResponse:
    """签到处: who has come, kind by kind; a short code is typed where nothing can be scanned."""
    meeting = found(request, pk)
    form = CodeForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        card = form.card
        _told(request, card, *acts.check_in(card, at=now(), by=person(request), on=localdate()))
        return redirect("meeting:arrivals", pk)
    known = list(Card.objects.known().filter(meeting=meeting))
    context = {
        "meeting": meeting,
        "form": form,
        "kinds": _by_kind(known),
        "came": sum(map(_has_come, known)),
        "cards": len(known),
    }
    return render(request, "meeting/arrivals.html", context)


def _has_come(card: Card) -> bool:
    return hasattr(card, "arrival")


def _by_kind(cards: list[Card]) -> list[dict[str, Any]]:
    rows = [(kind, [card for card in cards if card.seat.kind == kind]) for kind in SeatKind]
    return [{"word": kind.word, "cards": held, "came": sum(map(_has_come, held))} for kind, held in rows if held]


def _told(request: HttpRequest, card: Card, arrival: Arrival, fresh: bool) -> None:
    words = {"seat": card.seat, "at": f"{localtime(arrival.at):%H:%M}", "by": arrival.by}
    if fresh:
        messages.success(request, _("%(seat)s已签到。") % words)
    else:
        messages.warning(request, _("%(seat)s已于 %(at)s 签到（经手：%(by)s），没有重复记录。") % words)
