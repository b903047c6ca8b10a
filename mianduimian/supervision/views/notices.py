"""督办单页面: a drafted notice that a person issues or drops, and a notice that its unit answers."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.archive.models import wording
from mianduimian.archive.rules import Kind
from mianduimian.ledger.models import Matter
from mianduimian.papers import day
from mianduimian.people.doors import door, person
from mianduimian.supervision import acts
from mianduimian.supervision.forms import AnswerForm, DropForm, IssueForm
from mianduimian.supervision.models import Draft, Notice
from mianduimian.supervision.rules import Demand
from mianduimian.workdays import calendar


def _draft(request: HttpRequest, pk: int) -> Draft:
    found = Draft.objects.seen_by(person(request)).select_related("matter__appeal__round__region", "notice", "ended_by")
    return get_object_or_404(found, pk=pk)


@door("supervision.notify")
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice as the clock drafted it: looked at, put in one's own words, issued."""
    found = _draft(request, pk)
    form = IssueForm(request.POST or None, initial=_drafted(found))
    if request.method == "POST" and form.is_valid():
        issued = acts.issue(found, Demand(**form.cleaned_data), by=person(request), on=localdate())
        messages.success(request, _("督办单%(number)s已印发。") % {"number": issued.number})
        return redirect("supervision:notice", issued.pk)
    held = found.matter.assignment
    context = {"draft": found, "form": form, "drop": DropForm(), "held": held, "due": _due(found)}
    return render(request, "supervision/draft.html", context)


def _due(found: Draft) -> Any:
    return calendar(settings.CALENDARS).add(localdate(), found.step.within)


def _drafted(found: Draft) -> dict[str, Any]:
    """What the form begins with: the failing as drafted, the demand as the region words it."""
    words = wording(Kind.NOTICE, found.matter.appeal.round.region)
    return {"failing": found.failing, "demand": words.say("demand", due=day(_due(found).on))}


@door("supervision.notify")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why a drafted notice is not issued."""
    form = DropForm(request.POST or None)
    found = _draft(request, pk)
    if request.method == "POST" and form.is_valid():
        acts.drop(found, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已记下不发的理由。"))
        return redirect("supervision:home")
    return render(request, "supervision/drop.html", {"draft": found, "form": form})


@door("supervision.see")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice; the unit it was sent to answers here."""
    by = person(request)
    rows = Notice.objects.seen_by(by).select_related("matter__appeal__round", "unit", "answered_by").prefetch_related("assists")
    found = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.answer(found, **form.cleaned_data, by=by, on=localdate())
        messages.success(request, _("整改回复已送出。"))
        return redirect("supervision:notice", pk)
    mine = by.may("supervision.answer") and found.unit in by.units and not found.answered_on
    seen = Matter.objects.seen_by(by).filter(pk=found.matter_id).exists()
    context = {"notice": found, "form": form if mine else None, "on": localdate(), "linked": seen}
    return render(request, "supervision/notice.html", context)
