"""选代表: a proposal for the agenda and for the citizens to invite, drawn with a seed that is shown; a person confirms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.meeting import acts
from mianduimian.meeting.forms import ChoiceForm
from mianduimian.meeting.models import Item, Meeting, candidates, voices
from mianduimian.meeting.representing import Choice, draw
from mianduimian.meeting.representing import choose as proposed
from mianduimian.meeting.rules import SeatKind, quotas
from mianduimian.meeting.views.finding import found
from mianduimian.people.doors import door, person
from mianduimian.refusal import Refused
from mianduimian.triage.models import Appeal


@door("meeting.prepare")
def choice(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom a proposal speaks for, county by county, and who would be invited; nothing is settled by looking."""
    meeting = found(request, pk)
    places, seed = quotas(meeting.round.rules)[SeatKind.CITIZEN], f"{meeting.round.code}/{meeting.day}"
    usual: dict[str, Any] = {"places": places, "seed": seed}
    form = ChoiceForm(request.GET if "seed" in request.GET else usual)
    asked = form.cleaned_data if form.is_valid() else usual
    there = list(Item.objects.filter(meeting=meeting).order_by("place").values_list("appeal", flat=True))
    drawn = _drawn(meeting, set(there), asked["places"], asked["seed"])
    seated = set(meeting.seats.exclude(submission=None).values_list("submission", flat=True))
    free = [voice for voice in voices(meeting.round) if voice.submission not in seated]
    agenda = [*there, *(one.candidate.appeal for one in drawn.chosen)]
    invitations = draw(agenda, free, max(usual["places"] - len(seated), 0), asked["seed"])
    shown = {"choice": drawn, "asked": asked, "invitations": invitations, "there": len(there)}
    context = {"meeting": meeting, "form": form} | shown
    return render(request, "meeting/choice.html", context)


@door("meeting.prepare")
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what the person kept of the proposal on the agenda."""
    meeting, form = found(request, pk), ChoiceForm(request.POST)
    if not form.is_valid():
        raise Refused(_("议题件数或抽签号无法辨认，请返回重拟方案。"))
    keys = [key for key in request.POST.getlist("appeal") if key.isdecimal() and len(key) < 18]
    kept = Appeal.objects.filter(pk__in=keys, round=meeting.round_id)
    ordered = sorted(kept, key=lambda appeal: keys.index(str(appeal.pk)))
    made = acts.choose(meeting, ordered, **form.cleaned_data, by=person(request), on=localdate())
    messages.success(request, _("已列入议程 %(count)s 件。") % {"count": len(made)})
    return redirect("meeting:meeting", pk)


def _drawn(meeting: Meeting, there: set[int], places: int, seed: str) -> Choice:
    known = candidates(meeting.round)
    heard = frozenset[str]().union(*(one.citizens for one in known if one.appeal in there))
    return proposed([one for one in known if one.appeal not in there], places, seed, heard)
