"""学习的页面: which model reads now, what it learnt from, before and after, and one click back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.people.doors import door, person
from mianduimian.text.verdict import Kind, Step
from mianduimian.triage import acts, jobs, learning
from mianduimian.triage.forms import LearnForm
from mianduimian.triage.models import Lesson, changed_by
from mianduimian.triage.rules import Run
from mianduimian.triage.views.bench import insist

SHOWN = 10


@door("triage.see")
def lessons(request: HttpRequest) -> HttpResponse:
    """What the machine learnt: the model that reads now, and the lessons beside it."""
    context = {"kinds": [_kind(kind) for kind in Kind], "changing": changed_by(person(request))}
    return render(request, "triage/lessons.html", context)


def _kind(kind: Kind) -> dict[str, Any]:
    rows = list(Lesson.objects.filter(kind=kind).select_related("asked_by", "adopted_by", "before")[:SHOWN])
    last = rows[0] if rows else None
    return {
        "kind": kind,
        "present": learning.present(kind),
        "working": last if last and last.state in (Run.WAITING, Run.RUNNING) else None,
        "broken": last if last and last.state == Run.BROKEN else None,
        "learnt": [lesson for lesson in rows if lesson.state == Run.DONE],
        "steps": len(Step),
    }


@door("triage.learn")
@require_POST
def learn(request: HttpRequest) -> HttpResponse:
    """Ask the machine to learn."""
    form = LearnForm(request.POST)
    insist(form)
    lesson = acts.learn(form.cleaned_data["kind"], by=person(request), on=localdate())
    jobs.learn.enqueue(lesson.pk)
    return redirect("triage:lesson", lesson.pk)


@door("triage.see")
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a lesson is; asked again every second until it is done."""
    lesson = get_object_or_404(Lesson, pk=pk)
    template = "triage/_learning.html" if request.headers.get("HX-Request") else "triage/learning.html"
    ended = lesson.state in (Run.DONE, Run.BROKEN)
    return render(request, template, {"lesson": lesson, "ended": ended, "steps": len(Step)})


@door("triage.learn")
@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the machine read with what it learnt."""
    lesson = acts.adopt(get_object_or_404(Lesson, pk=pk), by=person(request), on=localdate())
    messages.success(request, _("已启用%(lesson)s，下次请机器梳理时用它。") % {"lesson": lesson})
    return redirect("triage:lessons")


@door("triage.learn")
@require_POST
def go_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the machine read again with the model before."""
    before = acts.go_back(get_object_or_404(Lesson, pk=pk), by=person(request), on=localdate())
    messages.success(request, _("已退回到%(model)s。") % {"model": before or _("出厂模型")})
    return redirect("triage:lessons")
