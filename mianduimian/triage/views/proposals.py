"""机器建议的页面: a person takes out what does not belong, mends the words, confirms or rejects."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.people.doors import door, person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts, machine
from mianduimian.triage.forms import ChosenForm, WordingForm
from mianduimian.triage.models import Part, Proposal
from mianduimian.triage.views.bench import insist


@door("triage.decide")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: its members, the words it could have."""
    one = _find(request, pk)
    members = list(one.parts.undecided().for_list().order_by("pk"))
    if one.answer or not members:
        messages.info(request, _("这条建议已经办理。"))
        return redirect("triage:round", one.round.code)
    words = machine.suggest(members, one.representative, one.category)
    sure = (one.representative.confidence or 0) >= one.round.rules.reading["sure_from"]
    initial = vars(words) | ({} if sure else {"category": "", "unit": ""})
    form = WordingForm(initial=initial, likely=machine.likely_units(words.category, words.region))
    return _page(request, one, members, form)


@door("triage.decide")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the kept members one appeal."""
    one = _find(request, pk)
    parts, form = _kept(request, one.round), WordingForm(request.POST)
    if not form.is_valid():
        return _page(request, one, parts, form, status=422)
    appeal = acts.confirm(one, form.said, parts=parts, by=person(request), on=localdate())
    return _onward(request, one, _("已归为诉求%(number)s：%(title)s") % {"number": appeal.number, "title": appeal.title})


@door("triage.decide")
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the kept members to the appeal they seem to belong to."""
    one = _find(request, pk)
    appeal = acts.confirm(one, parts=_kept(request, one.round), by=person(request), on=localdate())
    return _onward(request, one, _("已归入诉求%(number)s：%(title)s") % {"number": appeal.number, "title": appeal.title})


@door("triage.decide")
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the members do not belong together."""
    one = _find(request, pk)
    acts.reject(one, by=person(request), on=localdate())
    return _onward(request, one, _("建议未采纳，来件留在待梳理。"))


def _find(request: HttpRequest, pk: int) -> Proposal:
    rows = Proposal.objects.seen_by(person(request)).select_related("round", "appeal", "representative__submission")
    one = rows.filter(pk=pk).first()
    if one is None and request.method == "POST":
        raise Refused(_("机器已重新梳理，这条建议已被新的建议替换，请看新的建议。"))
    return one or get_object_or_404(rows, pk=pk)


def _kept(request: HttpRequest, round: Round) -> list[Part]:
    chosen = ChosenForm(request.POST)
    insist(chosen)
    return chosen.parts(round)


def _page(request: HttpRequest, one: Proposal, members: list[Part], form: WordingForm, status: int = 200) -> HttpResponse:
    others = Proposal.objects.filter(round=one.round).open().by_doubt()
    context: dict[str, Any] = {"proposal": one, "round": one.round, "members": members, "form": form, "left": others.count()}
    return render(request, "triage/proposal.html", context, status=status)


def _onward(request: HttpRequest, one: Proposal, words: str) -> HttpResponse:
    """Say what was done, and go to the next proposal."""
    messages.success(request, words)
    waiting = Proposal.objects.filter(round=one.round).open().by_doubt()
    following = waiting.behind(one.sure, one.pk).first() or waiting.first()
    return redirect("triage:proposal", following.pk) if following else redirect("triage:round", one.round.code)
