"""记录台: what is said is written down while people talk, and called up to the hall's screen."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.journal.models import Line
from mianduimian.meeting import acts
from mianduimian.meeting.forms import CallForm, ExchangeForm, PromiseForm, first_words
from mianduimian.meeting.models import Display, Exchange, Meeting, Promise, on_the_floor
from mianduimian.meeting.views.finding import agenda, found, within
from mianduimian.people.doors import door, person
from mianduimian.refusal import Overtaken
from mianduimian.triage.models import Appeal


@door("meeting.record")
def exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """The recording desk: one form for an exchange with its promise, the agenda, what is on the screen, what was recorded."""
    meeting = found(request, pk)
    form = ExchangeForm(request.POST or None, meeting=meeting, initial=_asked(request) | {"key": _key()})
    promised = _promise_form(request)
    if request.method == "POST" and form.is_valid() and promised.is_valid():
        said = {"promised": promised.promised, "key": form.cleaned_data["key"]}
        made = acts.exchange(meeting, form.spoken, **said, by=person(request), on=localdate())
        messages.success(request, _("%(exchange)s已记录。") % {"exchange": made})
        return redirect("meeting:exchange", pk)
    return render(request, "meeting/exchange.html", {"form": form, "promised": promised} | _desk(request, meeting))


def _promise_form(request: HttpRequest) -> PromiseForm:
    return PromiseForm(request.POST or None, empty_permitted=True, use_required_attribute=False, prefix="promise")


def _key() -> str:
    """Under which key a form is sent; the same form twice is written once."""
    return secrets.token_urlsafe(16)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What is known when an item of the agenda is opened: the appeal and the unit that is to answer."""
    wanted = request.GET.get("appeal", "")
    appeals = Appeal.objects.seen_by(person(request)).select_related("unit")
    appeal = appeals.filter(pk=wanted).first() if wanted.isdecimal() else None
    return {"appeal": appeal, "answered_by": appeal.unit.key if appeal and appeal.unit else None}


def _desk(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What lies on the desk beside the form; the last exchange first, each with its words for the form."""
    rows = meeting.exchanges.select_related("raised_by__unit", "answered_by", "appeal").prefetch_related("promises__unit")
    exchanges = list(rows.order_by("-number"))
    for one in exchanges:
        one.typed = {name: value or "" for name, value in first_words(one).items()}  # type: ignore[attr-defined]
    items = agenda(meeting)
    display = Display.objects.filter(meeting=meeting).first()
    return {
        "meeting": meeting,
        "items": items,
        "hints": {item.appeal_id: item.appeal.unit.key for item in items if item.appeal.unit},
        "exchanges": exchanges,
        "floor": on_the_floor(meeting),
        "display": display,
        "screen_url": request.build_absolute_uri(reverse("meeting:screen", args=[display.token])) if display else "",
    }


@door("meeting.record")
@require_POST
def call_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Put on the hall's screen what is being discussed now."""
    meeting = found(request, pk)
    form = CallForm(request.POST, meeting=meeting)
    if form.is_valid():
        acts.call_up(meeting, form.called, by=person(request), on=localdate())
        messages.success(request, _("大屏已更新。"))
    else:
        messages.error(request, _("大屏没有更新：所选的内容不属于这次座谈会。"))
    return redirect("meeting:exchange", pk)


@door("meeting.record")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete or correct an exchange; who comes second is shown both versions."""
    said = within(request, Exchange.objects.select_related("meeting__round__region", "answered_by"), pk)
    form = ExchangeForm(request.POST or None, meeting=said.meeting, initial=first_words(said) | {"key": _key()})
    promised = _promise_form(request)
    if request.method == "POST" and form.is_valid() and promised.is_valid():
        given = {"seen": form.cleaned_data["seen"] or 0, "promised": promised.promised, "key": form.cleaned_data["key"]}
        try:
            acts.correct(said, form.spoken, **given, by=person(request), on=localdate())
        except Overtaken as overtaken:
            return _both(request, said, form, promised, overtaken)
        messages.success(request, _("已更正，原来的记录留在办理记录中。"))
        return redirect("meeting:exchange", said.meeting_id)
    context = {"form": form, "promised": promised, "meeting": said.meeting, "exchange": said}
    return render(request, "meeting/correct.html", context)


def _both(request: HttpRequest, said: Exchange, form: ExchangeForm, promised: PromiseForm, why: Overtaken) -> HttpResponse:
    """冲突: what stands now beside what was typed; nothing is overwritten until the person decides."""
    now = Exchange.objects.select_related("raised_by__unit", "answered_by", "appeal").get(pk=said.pk)
    last = Line.objects.of(said.meeting).filter(verb="meeting.correct", why=f"{now}").last()
    again = form.after(now)
    kept = PromiseForm(initial=promised.cleaned_data, prefix="promise", auto_id=again.auto_id, use_required_attribute=False)
    context = {"exchange": now, "meeting": said.meeting, "rows": form.beside(now), "form": again, "promised": kept, "last": last}
    return render(request, "meeting/conflict.html", context | {"why": why}, status=409)


@door("meeting.record")
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a promise to an exchange."""
    said = within(request, Exchange.objects.select_related("meeting__round__region", "answered_by"), pk)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.promised:
        acts.promise(said, form.promised, by=person(request), on=localdate())
        messages.success(request, _("承诺已记录。"))
        return redirect("meeting:exchange", said.meeting_id)
    context = {"form": form, "title": _("记录承诺"), "lead": said.question, "meeting": said.meeting, "button": _("记录")}
    return render(request, "meeting/form.html", context)


@door("meeting.record")
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a promise that was written down wrongly."""
    promises = Promise.objects.filter(exchange__meeting__in=Meeting.objects.seen_by(person(request)))
    made = get_object_or_404(promises.select_related("exchange__meeting__round__region", "unit"), pk=pk)
    now = made.said | {"seen": made.version}
    form = PromiseForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid() and form.promised:
        seen = form.cleaned_data["seen"] or 0
        acts.amend(made, form.promised, seen=seen, by=person(request), on=localdate())
        messages.success(request, _("承诺已更正，原来的记录留在办理记录中。"))
        return redirect("meeting:exchange", made.exchange.meeting_id)
    meeting = made.exchange.meeting
    context = {"form": form, "title": _("更正承诺"), "lead": made.exchange.question, "meeting": meeting, "button": _("更正")}
    return render(request, "meeting/form.html", context)
