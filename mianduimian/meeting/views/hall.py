"""座谈会会中: one meeting, who came, what was said, promised and proposed, and the minutes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.archive.handing import hand_out
from mianduimian.journal.models import Line
from mianduimian.meeting import acts
from mianduimian.meeting.forms import AdoptForm, HoldForm, SuggestForm
from mianduimian.meeting.models import Arrival, Meeting, Suggestion
from mianduimian.meeting.papers import minutes as minutes_paper
from mianduimian.meeting.rules import Presence, Verb
from mianduimian.meeting.views.finding import agenda, by_kind, found, within
from mianduimian.people.doors import door, person

SHOWN = 60


@door("meeting.see")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: who sits, what is on the agenda, what was said, promised and proposed."""
    shown = found(request, pk)
    exchanges = shown.exchanges.select_related("raised_by__unit", "answered_by", "appeal").prefetch_related("promises__unit")
    context = {
        "meeting": shown,
        "seats": by_kind(shown),
        "items": agenda(shown),
        "exchanges": exchanges,
        "suggestions": shown.suggestions.select_related("raised_by__unit"),
        "steps": _steps(shown),
        "today": localdate(),
    }
    return render(request, "meeting/meeting.html", context)


def _steps(meeting: Meeting) -> list[dict[str, object]]:
    lines = Line.objects.of(meeting) | Line.objects.of(meeting.round)
    shown = lines.filter(verb__in=list(Verb)).order_by("-number")[:SHOWN]
    return [{"when": line.on, "who": line.actor_name, "what": Verb.word_of(line.verb), "why": line.why} for line in shown]


@door("meeting.record")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the meeting was held, and who came."""
    meeting = found(request, pk)
    form = HoldForm(request.POST or None, meeting=meeting, initial=_expected(meeting))
    if request.method == "POST" and form.is_valid():
        acts.hold(meeting, presences=form.presences, by=person(request), on=localdate())
        messages.success(request, _("座谈会已记为召开。"))
        return redirect("meeting:meeting", pk)
    context = {"form": form, "title": _("到会情况"), "meeting": meeting, "button": _("记为召开")}
    return render(request, "meeting/form.html", context)


@door("meeting.record")
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a representative proposes."""
    meeting = found(request, pk)
    form = SuggestForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        acts.suggest(meeting, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("建议已记录。"))
        return redirect("meeting:meeting", pk)
    return render(request, "meeting/form.html", {"form": form, "title": _("记录建议"), "meeting": meeting, "button": _("记录")})


@door("meeting.record")
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a suggestion is adopted, and why."""
    suggestion = within(request, Suggestion.objects.select_related("meeting__round__region"), pk)
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.adopt(suggestion, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已答复。"))
        return redirect("meeting:meeting", suggestion.meeting_id)
    context = {"form": form, "title": _("答复建议"), "lead": suggestion.text, "meeting": suggestion.meeting, "button": _("答复")}
    return render(request, "meeting/form.html", context)


@door("meeting.record")
@require_POST
def issue_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the minutes under their number."""
    issued = acts.issue_minutes(found(request, pk), by=person(request), on=localdate())
    messages.success(request, _("纪要%(number)s已印发。") % {"number": issued.minutes_number})
    return redirect("meeting:meeting", pk)


def _expected(meeting: Meeting) -> dict[str, str]:
    """Who is thought to have come: where cards were shown at the door those who showed one, else everybody."""
    came = set(Arrival.objects.filter(card__meeting=meeting).values_list("card__seat", flat=True))
    seats = meeting.seats.values_list("pk", flat=True)
    return {f"seat{key}": Presence.PRESENT if key in came or not came else Presence.ABSENT for key in seats}


@door("meeting.see")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes, as issued or as a draft."""
    held = found(request, pk)
    return hand_out(request, held, lambda: minutes_paper(held))
