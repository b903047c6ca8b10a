"""改组: what a person puts right in a group before deciding on it, and parts found elsewhere that belong to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.people.doors import door, person
from mianduimian.triage import acts, machine
from mianduimian.triage.forms import AsideForm, SearchForm
from mianduimian.triage.models import Part, Proposal
from mianduimian.triage.rules import Bucket, category_word
from mianduimian.triage.views.group import also, find_group, group_page, marked, meant, waiting

FOUND = 12


@door("triage.decide")
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the marked members out of the group, each by itself."""
    one = find_group(request, pk)
    out = marked(request, one)
    rest = acts.take_out(one, out, by=person(request), on=localdate())
    messages.success(request, _("已取出 %(count)s 宗，各等一个决定。") % {"count": len(out)})
    return redirect("triage:proposal", rest.pk)


@door("triage.decide")
@require_POST
def divide(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a second group of the marked members."""
    one = find_group(request, pk)
    out = marked(request, one)
    rest = acts.divide(one, out, by=person(request), on=localdate())
    messages.success(request, _("已另成一组，共 %(count)s 宗。") % {"count": len(out)})
    return redirect("triage:proposal", rest.pk)


@door("triage.decide")
@require_POST
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the chosen parts into the group."""
    one = find_group(request, pk)
    found = also(request, one)
    larger = acts.bring_in(one, found, by=person(request), on=localdate())
    messages.success(request, _("已并进 %(count)s 宗。") % {"count": len(found)})
    return redirect("triage:proposal", larger.pk)


@door("triage.decide")
@require_POST
def relabel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the marked members, or all of them, their class by hand."""
    one, category = find_group(request, pk), request.POST.get("category", "")
    parts = meant(request, one)
    acts.relabel(parts, category, proposal=one, by=person(request), on=localdate())
    words = {"count": len(parts), "category": category_word(category)}
    messages.success(request, _("%(count)s 宗改为“%(category)s”。") % words)
    return redirect("triage:proposal", pk)


@door("triage.decide")
@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the marked members, or all of them, aside with the reason."""
    one, form = find_group(request, pk), AsideForm(request.POST, auto_id="aside_%s")
    if not form.is_valid():
        return group_page(request, one, waiting(one), status=422, aside=form)
    parts = meant(request, one)
    acts.set_aside(parts, **form.said, proposal=one, by=person(request), on=localdate())
    words = {"count": len(parts), "bucket": Bucket.word_of(form.said["bucket"])}
    messages.success(request, _("%(count)s 宗定为“%(bucket)s”。") % words)
    return redirect("triage:proposal", pk)


@door("triage.decide")
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Parts that say something like a member, or that contain words; those of the group itself are left out."""
    one, form = find_group(request, pk), SearchForm(request.GET)
    form.is_valid()
    words, like = form.cleaned_data.get("q", ""), form.cleaned_data.get("like")
    own = set(one.parts.values_list("pk", flat=True))
    parts = Part.objects.saying(one.round, words)[: FOUND + len(own)] if words else _alike(one, like, FOUND + len(own))
    left = [part for part in parts if part.pk not in own][:FOUND]
    context = {"proposal": one, "round": one.round, "found": left, "form": form, "appeals": _appeals(left)}
    return render(request, "triage/_found.html" if request.htmx else "triage/found.html", context)  # type: ignore[attr-defined]


def _alike(one: Proposal, like: int | None, most: int) -> list[Part]:
    asked = get_object_or_404(Part.objects.of(one.round), pk=like) if like else one.representative
    return machine.likest(one.round, asked.words, most)


def _appeals(parts: list[Part]) -> list[Part]:
    """Of each appeal among the found, the part that is most like; the group may be added to it."""
    first: dict[int, Part] = {}
    for part in parts:
        if part.appeal_id:
            first.setdefault(part.appeal_id, part)
    return list(first.values())
