"""座谈会会中: one meeting, who came, what was said, promised and proposed, and the minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.journal.models import Line
from mianduimian.meeting import acts
from mianduimian.meeting.forms import AdoptForm, ExchangeForm, HoldForm, PromiseForm, SuggestForm, first_words
from mianduimian.meeting.models import Exchange, Item, Meeting, Opinion, Suggestion
from mianduimian.meeting.papers import minutes as minutes_paper
from mianduimian.meeting.rules import Presence, Verb
from mianduimian.meeting.views.finding import by_kind, found, within
from mianduimian.papers import filename
from mianduimian.papers import render as as_word
from mianduimian.people.doors import door, person
from mianduimian.triage.models import Appeal

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHOWN = 60


@door("meeting.see")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: who sits, what is on the agenda, what was said, promised and proposed."""
    shown = found(request, pk)
    exchanges = shown.exchanges.select_related("raised_by__unit", "answered_by", "appeal").prefetch_related("promises__unit")
    context = {
        "meeting": shown,
        "seats": by_kind(shown),
        "items": _agenda(shown),
        "exchanges": exchanges,
        "suggestions": shown.suggestions.select_related("raised_by__unit"),
        "steps": _steps(shown),
        "today": localdate(),
    }
    return render(request, "meeting/meeting.html", context)


def _agenda(meeting: Meeting) -> list[Item]:
    """The agenda; each item knows whether it was discussed and what was decided on it."""
    rows = meeting.items.select_related("appeal__unit")
    decided = Opinion.objects.in_force().filter(appeal__in=rows.values("appeal")).select_related("lead")
    opinions = {opinion.appeal_id: opinion for opinion in decided}
    heard = set(meeting.exchanges.values_list("appeal", flat=True))
    items = list(rows)
    for item in items:
        item.heard, item.opinion = item.appeal_id in heard, opinions.get(item.appeal_id)  # type: ignore[attr-defined]
    return items


def _steps(meeting: Meeting) -> list[dict[str, object]]:
    lines = Line.objects.of(meeting) | Line.objects.of(meeting.round)
    shown = lines.filter(verb__in=list(Verb)).order_by("-number")[:SHOWN]
    return [{"when": line.on, "who": line.actor_name, "what": Verb.word_of(line.verb), "why": line.why} for line in shown]


@door("meeting.record")
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the meeting was held, and who came."""
    meeting = found(request, pk)
    present = {f"seat{key}": Presence.PRESENT for key in meeting.seats.values_list("pk", flat=True)}
    form = HoldForm(request.POST or None, meeting=meeting, initial=present)
    if request.method == "POST" and form.is_valid():
        acts.hold(meeting, presences=form.presences, by=person(request), on=localdate())
        messages.success(request, _("座谈会已记为召开。"))
        return redirect("meeting:meeting", pk)
    context = {"form": form, "title": _("到会情况"), "meeting": meeting, "button": _("记为召开")}
    return render(request, "meeting/form.html", context)


@door("meeting.record")
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an exchange with its promise, while people talk or afterwards."""
    meeting = found(request, pk)
    form = ExchangeForm(request.POST or None, meeting=meeting, initial=_asked(request))
    promised = PromiseForm(request.POST or None, empty_permitted=True, use_required_attribute=False, prefix="promise")
    if request.method == "POST" and form.is_valid() and promised.is_valid():
        made = acts.exchange(meeting, form.spoken, promised=promised.promised, by=person(request), on=localdate())
        messages.success(request, _("%(exchange)s已记录。") % {"exchange": made})
        return redirect("meeting:meeting", pk)
    return render(request, "meeting/exchange.html", {"form": form, "promised": promised, "meeting": meeting})


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What is known when an item of the agenda is opened: the appeal and the unit that is to answer."""
    appeal = Appeal.objects.seen_by(person(request)).select_related("unit").filter(pk=request.GET.get("appeal") or 0).first()
    return {"appeal": appeal, "answered_by": appeal.unit.key if appeal and appeal.unit else None}


@door("meeting.record")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete or correct an exchange."""
    said = within(request, Exchange.objects.select_related("meeting__round__region", "answered_by"), pk)
    form = ExchangeForm(request.POST or None, meeting=said.meeting, initial=first_words(said))
    if request.method == "POST" and form.is_valid():
        acts.correct(said, form.spoken, seen=form.cleaned_data["seen"] or 0, by=person(request), on=localdate())
        messages.success(request, _("已更正，原来的记录留在办理记录中。"))
        return redirect("meeting:meeting", said.meeting_id)
    return render(request, "meeting/exchange.html", {"form": form, "meeting": said.meeting, "exchange": said})


@door("meeting.record")
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a promise to an exchange."""
    said = within(request, Exchange.objects.select_related("meeting__round__region", "answered_by"), pk)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.promised:
        acts.promise(said, form.promised, by=person(request), on=localdate())
        messages.success(request, _("承诺已记录。"))
        return redirect("meeting:meeting", said.meeting_id)
    context = {"form": form, "title": _("记录承诺"), "lead": said.question, "meeting": said.meeting, "button": _("记录")}
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


@door("meeting.see")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a Word document."""
    document = minutes_paper(found(request, pk))
    header = content_disposition_header(True, filename(document.title, "docx")) or "attachment"
    return HttpResponse(as_word(document), content_type=WORD, headers={"Content-Disposition": header})
