"""决定的页面: what becomes of chosen parts, cutting a submission, undoing a decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.intake.models import Submission
from mianduimian.people.doors import door, person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts, machine
from mianduimian.triage.forms import AsideForm, ChosenForm, CutForm, NumberForm, SeenField, WordingForm
from mianduimian.triage.models import Decision, Moved, Part
from mianduimian.triage.rules import Bucket
from mianduimian.triage.views.bench import find_round, insist


def chosen_parts(request: HttpRequest, round: Round) -> list[Part]:
    """The parts named in the address, as they are now."""
    try:
        seen = SeenField().clean(request.GET.getlist("part"))
    except SeenField.Invalid as refusal:
        raise Refused("；".join(refusal.messages)) from refusal
    parts = list(Part.objects.of(round).filter(pk__in=seen).for_list().order_by("pk"))
    if not parts:
        raise Http404
    return parts


def deciding_page(request: HttpRequest, round: Round, parts: list[Part], **typed: Any) -> HttpResponse:
    """The chosen parts, and everything that can become of them."""
    first = parts[0]
    words = machine.suggest(parts, first, first.category)
    likely = machine.likely_units(words.category, words.region)
    context = {
        "round": round,
        "parts": parts,
        "alone": first if len(parts) == 1 else None,
        "wording": typed.get("wording") or WordingForm(initial=vars(words), likely=likely, auto_id="wording_%s"),
        "number": typed.get("number") or NumberForm(round=round, auto_id="number_%s"),
        "aside": typed.get("aside") or AsideForm(auto_id="aside_%s"),
        "back": any(part.bucket != Bucket.UNDECIDED for part in parts),
        "moves": Moved.objects.filter(part=first).select_related("decision__by", "decision__undone_by").order_by("-pk")[:20],
    }
    return render(request, "triage/decide.html", context, status=422 if typed else 200)


@door("triage.decide")
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """The chosen parts with the three things that can become of them."""
    here = find_round(request, code)
    return deciding_page(request, here, chosen_parts(request, here))


@door("triage.decide")
@require_POST
def distil(request: HttpRequest, code: str) -> HttpResponse:
    """Make one appeal of the chosen parts."""
    here, parts = _posted(request, code)
    form = WordingForm(request.POST, auto_id="wording_%s")
    if not form.is_valid():
        return deciding_page(request, here, parts, wording=form)
    appeal = acts.distil(parts, form.said, by=person(request), on=localdate())
    messages.success(request, _("已归为诉求%(number)s：%(title)s") % {"number": appeal.number, "title": appeal.title})
    return redirect("triage:bucket", code, "undecided")


@door("triage.decide")
@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Add the chosen parts to an appeal."""
    here, parts = _posted(request, code)
    form = NumberForm(request.POST, round=here, auto_id="number_%s")
    if not form.is_valid():
        return deciding_page(request, here, parts, number=form)
    appeal = acts.add(form.cleaned_data["number"], parts, by=person(request), on=localdate())
    messages.success(request, _("已归入诉求%(number)s：%(title)s") % {"number": appeal.number, "title": appeal.title})
    return redirect("triage:bucket", code, "undecided")


@door("triage.decide")
@require_POST
def aside(request: HttpRequest, code: str) -> HttpResponse:
    """Set the chosen parts aside, with the reason."""
    here, parts = _posted(request, code)
    form = AsideForm(request.POST, auto_id="aside_%s")
    if not form.is_valid():
        return deciding_page(request, here, parts, aside=form)
    acts.set_aside(parts, **form.said, by=person(request), on=localdate())
    messages.success(request, _("已定为“%(bucket)s”。") % {"bucket": Bucket.word_of(form.said["bucket"])})
    return redirect("triage:bucket", code, "undecided")


@door("triage.decide")
@require_POST
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Put the chosen parts back among the undecided."""
    _here, parts = _posted(request, code)
    acts.put_back(parts, by=person(request), on=localdate())
    messages.success(request, _("已放回待梳理。"))
    return redirect("triage:bucket", code, "undecided")


@door("triage.decide")
def cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Cut a submission that says several things."""
    submission = get_object_or_404(Submission.objects.seen_by(person(request)).select_related("round"), pk=pk)
    form = CutForm(request.POST or None, text=submission.text)
    if request.method == "POST" and form.is_valid():
        parts = acts.cut(submission, form.texts, by=person(request), on=localdate())
        messages.success(request, _("已拆分为%(count)s段，来件仍计1宗。") % {"count": len(parts)})
        return redirect("triage:bucket", submission.round.code, "undecided")
    return render(request, "triage/cut.html", {"submission": submission, "round": submission.round, "form": form})


@door("triage.decide")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a decision."""
    decision = get_object_or_404(Decision.objects.seen_by(person(request)).select_related("round"), pk=pk)
    acts.undo(decision, by=person(request), on=localdate())
    messages.success(request, _("已撤销%(decision)s，来件回到原处。") % {"decision": decision})
    return redirect("triage:decisions", decision.round.code)


def _posted(request: HttpRequest, code: str) -> tuple[Round, list[Part]]:
    here = find_round(request, code)
    form = ChosenForm(request.POST)
    insist(form)
    parts = form.parts(here)
    if not parts:
        raise Http404
    return here, parts
