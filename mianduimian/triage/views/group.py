"""一组: what the workbench shows of one group: its members side by side, the words it could have, where and when it was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mianduimian.people.doors import person
from mianduimian.people.models import Region
from mianduimian.refusal import Refused
from mianduimian.triage import figures, machine
from mianduimian.triage.forms import AlsoForm, AsideForm, ChosenForm, MarkedForm, NumberForm, WordingForm
from mianduimian.triage.marks import Compared, compare
from mianduimian.triage.models import Part, Proposal, funnel, progress
from mianduimian.triage.presence import look
from mianduimian.triage.rules import category_word
from mianduimian.triage.views.bench import insist

KEYED = 9  # members that a digit chooses


@dataclass(frozen=True)
class Member:
    """One member as the page shows it: its words marked against the others', and why the machine put it here."""

    part: Part
    said: Compared
    reason: str
    key: str
    first: bool


def find_group(request: HttpRequest, pk: int) -> Proposal:
    """The group, if the person sees it; one that was replaced meanwhile is told so to who would decide on it."""
    rows = Proposal.objects.seen_by(person(request)).select_related("round__region", "appeal", "answered_by")
    one = rows.select_related("representative__submission__citizen").filter(pk=pk).first()
    if one is None and request.method == "POST":
        raise Refused(_("机器已重新梳理，这条建议已被新的建议替换，请看新的建议。"))
    return one or get_object_or_404(rows, pk=pk)


def waiting(one: Proposal) -> list[Part]:
    """The members nobody has decided yet, the representative first."""
    parts = one.parts.undecided().for_list().order_by("pk")
    return sorted(parts, key=lambda part: part.pk != one.representative_id)


def members_of(one: Proposal, parts: Sequence[Part]) -> list[Member]:
    """The members side by side."""
    compared = compare([part.shown for part in parts])
    return [
        Member(part, said, one.reasons.get(str(part.pk), ""), str(n) if n <= KEYED else "", part.pk == one.representative_id)
        for n, (part, said) in enumerate(zip(parts, compared, strict=True), 1)
    ]


def group_page(request: HttpRequest, one: Proposal, parts: Sequence[Part], status: int = 200, **typed: Any) -> HttpResponse:
    """The group on the workbench: the whole page, or only the desk when the page is there already."""
    words, members = machine.worded(one, parts), members_of(one, parts)
    category, sure = machine.class_of(parts)
    form = typed.get("form") or WordingForm(initial=vars(words), likely=machine.likely_units(words.category, words.region))
    aside = typed.get("aside") or AsideForm(auto_id="aside_%s")
    context = {
        "proposal": one,
        "round": one.round,
        "members": members,
        "form": form.reached_by(of="group", title="e", category="c"),
        "number": NumberForm(round=one.round, auto_id="into_%s").reached_by(number="m"),
        "aside": aside.reached_by(where="v"),
        "category": category_word(category),
        "sure": sure,
        "others": look(one.pk, person(request)),
        "contradicting": any(member.said.differs for member in members),
        **standing(one),
        **drawn(parts),
    }
    return render(request, "triage/_desk.html" if request.htmx else "triage/proposal.html", context, status=status)  # type: ignore[attr-defined]


def standing(one: Proposal) -> dict[str, Any]:
    """How far the round is, and how many groups wait."""
    found = funnel(one.round)
    done = progress(one.round, found)
    return {"funnel": found, "progress": done, "total": found.collected}


def drawn(parts: Sequence[Part]) -> dict[str, Any]:
    """The small figures: when the members spoke, and in which counties."""
    names = dict(Region.objects.values_list("pk", "name"))
    days = [localtime(part.submission.said_at).date() if part.submission.said_at else None for part in parts]
    return {"timeline": figures.timeline(days), "map": figures.county_map((part.submission.region_id for part in parts), names)}


def shown(request: HttpRequest, one: Proposal) -> list[Part]:
    """All members of the group as they stood on the page."""
    chosen = ChosenForm(request.POST)
    insist(chosen)
    return chosen.parts(one.round)


def marked(request: HttpRequest, one: Proposal) -> list[Part]:
    """The members the person marked; none is no fault."""
    form = MarkedForm(request.POST)
    insist(form)
    return form.parts(one.round)


def kept(request: HttpRequest, one: Proposal) -> list[Part]:
    """The members that were not marked."""
    out = {part.pk for part in marked(request, one)}
    left = [part for part in shown(request, one) if part.pk not in out]
    if not left:
        raise Refused(_("所有来件都标出了，没有留下可采纳的。"))
    return left


def also(request: HttpRequest, one: Proposal) -> list[Part]:
    """The parts found beside the group that the person ticked; none is no fault."""
    form = AlsoForm(request.POST)
    insist(form)
    return form.parts(one.round)


def meant(request: HttpRequest, one: Proposal) -> list[Part]:
    """What an act is about: the marked members, or the whole group where none is marked."""
    return marked(request, one) or shown(request, one)
