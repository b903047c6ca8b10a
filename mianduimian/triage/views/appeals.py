"""诉求的页面: one appeal with the voices behind it, its words, merging and splitting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.journal.models import Line
from mianduimian.people.doors import door, person
from mianduimian.triage import acts, machine
from mianduimian.triage.forms import ChosenForm, NumberForm, RewordForm, WordingForm
from mianduimian.triage.models import Appeal, Decision, Part
from mianduimian.triage.views.bench import after, insist, page
from mianduimian.triage.views.deciding import chosen_parts


def _find(request: HttpRequest, pk: int) -> Appeal:
    rows = Appeal.objects.seen_by(person(request)).select_related("round", "region", "unit", "made_by")
    return get_object_or_404(rows.with_voices(), pk=pk)


@door("triage.see")
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: its words, the submissions it speaks for, what was decided about it."""
    one = _find(request, pk)
    parts, following = page(Part.objects.filter(appeal=one, pk__gt=after(request)).for_list().order_by("pk"))
    context = {
        "appeal": one,
        "round": one.round,
        "parts": parts,
        "next": following,
        "facts": _facts(one),
        "decisions": Decision.objects.about(one).with_sizes().select_related("by", "undone_by")[:50],
        "rewordings": Line.objects.of(one).filter(verb="triage.reword"),
        "deciding": person(request).may("triage.decide"),
        "form": NumberForm(round=one.round),
    }
    return render(request, "triage/appeal.html", context)


@door("triage.decide")
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an appeal other words."""
    one = _find(request, pk)
    words = {name: getattr(one, name) for name in ("title", "wording", "category", "place", "version")}
    initial = words | {"region": one.region_id or "", "unit": one.unit.key if one.unit else ""}
    likely = machine.likely_units(one.category, one.region_id or "")
    form = RewordForm(request.POST or None, initial=initial, likely=likely)
    if request.method == "POST" and form.is_valid():
        acts.reword(one, form.said, seen=form.cleaned_data["version"], by=person(request), on=localdate())
        messages.success(request, _("诉求已改写。"))
        return redirect("triage:appeal", pk)
    return render(request, "triage/reword.html", {"appeal": one, "form": form})


@door("triage.decide")
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge an appeal into another of its round."""
    one = _find(request, pk)
    form = NumberForm(request.POST, round=one.round)
    insist(form)
    into = acts.merge(one, into=form.cleaned_data["number"], by=person(request), on=localdate())
    messages.success(request, _("诉求%(one)s已并入诉求%(into)s。") % {"one": one.number, "into": into.number})
    return redirect("triage:appeal", into.pk)


@door("triage.decide")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new appeal of some parts of an appeal."""
    one = _find(request, pk)
    if request.method == "POST":
        return _split(request, one)
    parts = chosen_parts(request, one.round)
    words = machine.suggest(parts, parts[0], one.category)
    form = WordingForm(initial=vars(words), likely=machine.likely_units(words.category, words.region))
    return render(request, "triage/split.html", {"appeal": one, "parts": parts, "form": form})


def _split(request: HttpRequest, one: Appeal) -> HttpResponse:
    chosen, form = ChosenForm(request.POST), WordingForm(request.POST)
    insist(chosen)
    parts = chosen.parts(one.round)
    if not form.is_valid():
        return render(request, "triage/split.html", {"appeal": one, "parts": parts, "form": form}, status=422)
    new = acts.split(one, parts, form.said, by=person(request), on=localdate())
    messages.success(request, _("已分出诉求%(number)s。") % {"number": new.number})
    return redirect("triage:appeal", new.pk)


def _facts(one: Appeal) -> list[tuple[str, object]]:
    return [
        (_("诉求表述"), one.wording),
        (_("类别"), one.category_word),
        (_("七有"), one.goods_words),
        (_("区划"), one.region and one.region.name),
        (_("地点"), one.place),
        (_("建议牵头单位"), one.unit and one.unit.name),
        (_("来件"), _("%(count)s宗") % {"count": one.voices}),  # type: ignore[attr-defined]
        (_("形成"), f"{one.made_on} {one.made_by.name}"),
        (_("列入台账"), one.fixed_on and str(one.fixed_on)),
    ]
