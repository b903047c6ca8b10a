"""公开: rounds as everybody may read them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import State
from mianduimian.meeting.models import Meeting, Promise
from mianduimian.people.doors import open_door
from mianduimian.publication.forms import ReceiptForm
from mianduimian.publication.models import Release, open_calls, outcome, public_lines
from mianduimian.solicitation.models import Call, Round

PAGE = 30


@open_door
def rounds(request: HttpRequest) -> HttpResponse:
    """What is being asked now, and what came of what was asked before."""
    released = Release.objects.filter(withdrawn_on=None).select_related("round__region")
    context = {"calls": open_calls(localdate()), "releases": released, "form": ReceiptForm(), "speaking": settings.PUBLIC_FORM}
    return render(request, "publication/rounds.html", context)


def _released(code: str) -> Round:
    return get_object_or_404(Round.objects.filter(pk__in=Release.objects.filter(withdrawn_on=None).values("round")), code=code)


@open_door
def round(request: HttpRequest, code: str) -> HttpResponse:
    """A round as everybody may see it: the notice, the funnel, the promises, and what came of it."""
    one = _released(code)
    context = {
        "round": one,
        "call": Call.objects.filter(round=one, replaced_on=None).first(),
        "outcome": outcome(one, localdate()),
        "meeting": Meeting.objects.filter(round=one).exclude(held_on=None).first(),
        "promises": Promise.objects.filter(exchange__meeting__round=one).select_related("unit", "exchange__appeal"),
    }
    return render(request, "publication/round.html", context)


@open_door
def matters(request: HttpRequest, code: str) -> HttpResponse:
    """The matters of a round with stage, light and public answer, a page at a time."""
    one = _released(code)
    state, words, after = request.GET.get("state", ""), request.GET.get("q", "")[:60], request.GET.get("after", "")
    found = Matter.objects.of(one).order_by("pk")
    found = found.filter(state=state) if state in State else found
    found = found.matching(words) if words else found
    lines = public_lines(found.filter(pk__gt=int(after) if after.isdecimal() else 0)[: PAGE + 1], localdate())
    following = lines[PAGE - 1].pk if len(lines) > PAGE else None
    context = {"round": one, "lines": lines[:PAGE], "next": following, "states": list(State), "state": state, "q": words}
    return render(request, "publication/matters.html", context)
