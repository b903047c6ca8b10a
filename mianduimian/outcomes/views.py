"""成效: the figures of a round, the hotline before and after, and the register of classes and roots."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.outcomes import acts
from mianduimian.outcomes.forms import CauseForm, CountForm, InForceForm
from mianduimian.outcomes.models import HotlineCount, ProblemClass, shares
from mianduimian.outcomes.rules import Cause, months, signed, so_far
from mianduimian.people.doors import door, person
from mianduimian.people.models import Region
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Theme


def _round(request: HttpRequest, code: str) -> Round:
    return get_object_or_404(Round.objects.seen_by(person(request)).select_related("region"), code=code)


def _themes(region: Region, first: str) -> list[dict[str, Any]]:
    table = HotlineCount.objects.of(region).by_theme()
    order = sorted(table, key=lambda theme: (theme != first, list(Theme).index(Theme(theme))))
    rows = []
    for theme in order:
        n, now, before, change = so_far(table[theme])
        rows.append({"word": Theme.word_of(theme), "n": n, "now": now, "before": before, "change": signed(change)})
    return rows


@door("outcomes.see")
def round(request: HttpRequest, code: str) -> HttpResponse:
    """What came of a round: figures with definitions, the hotline before and after, classes and roots."""
    one = _round(request, code)
    counts = HotlineCount.objects.of(one.region).by_theme().get(one.theme, {})
    context = {
        "round": one,
        "shares": shares(one, localdate()),
        "rules": one.rules,
        "months": months(counts)[-24:],
        "themes": _themes(one.region, one.theme),
        "theme": Theme.word_of(one.theme),
        "problems": ProblemClass.objects.filter(appeals__round=one).distinct().select_related("owner"),
    }
    return render(request, "outcomes/round.html", context)


@door("outcomes.record")
def count(request: HttpRequest, code: str) -> HttpResponse:
    """Register a month of the hotline."""
    one = _round(request, code)
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"month": form.cleaned_data["month"], "source": form.cleaned_data["source"]}
        acts.count(one.region, form.figures, **given, by=person(request), on=localdate())
        messages.success(request, _("已登记热线件数。"))
        return redirect("outcomes:round", code)
    return render(request, "outcomes/count.html", {"round": one, "form": form})


@door("outcomes.record")
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Name a class of problems."""
    one = _round(request, code)
    form = CauseForm(request.POST or None, round=one)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        appeals, owner = given.pop("appeals"), given.pop("owner")
        acts.register(Cause(**given, owner=owner.key), appeals, by=person(request), on=localdate())
        messages.success(request, _("已登记一类问题。"))
        return redirect("outcomes:round", code)
    return render(request, "outcomes/register.html", {"round": one, "form": form})


@door("outcomes.see")
def problems(request: HttpRequest) -> HttpResponse:
    """The register across rounds: class, root cause, standing remedy and its owner."""
    seen = Round.objects.seen_by(person(request))
    found = ProblemClass.objects.filter(appeals__round__in=seen).distinct().select_related("owner")
    return render(request, "outcomes/problems.html", {"problems": found})


@door("outcomes.see")
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One class of problems with the appeals that belong to it."""
    seen = Round.objects.seen_by(person(request))
    one = get_object_or_404(ProblemClass.objects.filter(appeals__round__in=seen).distinct(), pk=pk)
    return render(request, "outcomes/problem.html", {"problem": one, "appeals": one.appeals.filter(round__in=seen)})


@door("outcomes.record")
def in_force(request: HttpRequest, pk: int) -> HttpResponse:
    """The standing remedy is in force."""
    seen = Round.objects.seen_by(person(request))
    one = get_object_or_404(ProblemClass.objects.filter(appeals__round__in=seen).distinct(), pk=pk)
    form = InForceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.put_in_force(one, **form.cleaned_data, by=person(request), on=localdate())
        return redirect("outcomes:problem", pk)
    return render(request, "outcomes/in_force.html", {"problem": one, "form": form})
