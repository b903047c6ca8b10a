"""逐组核对: a person looks at one group after the other, accepts it, lets it join an appeal, or says it is none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.people.doors import door, person
from mianduimian.triage import acts
from mianduimian.triage.forms import NumberForm, WordingForm
from mianduimian.triage.models import Appeal, Decision, Part, Proposal, ProposalQuerySet, funnel, progress
from mianduimian.triage.views.bench import find_round, insist
from mianduimian.triage.views.group import also, find_group, group_page, kept, members_of, waiting


@door("triage.decide")
def work(request: HttpRequest, code: str) -> HttpResponse:
    """The next group that waits, or the one before; when none is left, what remains to be done."""
    here = find_round(request, code)
    found = _neighbour(request, Proposal.objects.filter(round=here).open())
    if found:
        return redirect("triage:proposal", found.pk)
    counted = funnel(here)
    context = {"round": here, "funnel": counted, "progress": progress(here, counted), "total": counted.collected}
    return render(request, "triage/_finished.html" if request.htmx else "triage/finished.html", context)  # type: ignore[attr-defined]


def _neighbour(request: HttpRequest, open_ones: ProposalQuerySet) -> Proposal | None:
    """After a group, before it, or the most doubtful of all."""
    for name, beyond in (("after", "behind"), ("before", "ahead")):
        key = request.GET.get(name, "")
        at = Proposal.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 18 else None
        if at and (found := getattr(open_ones, beyond)(at.sure, at.pk).first()):
            return found
    return open_ones.by_doubt().first()


@door("triage.decide")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its members side by side, the words it could have."""
    one = find_group(request, pk)
    parts = waiting(one)
    if one.answer or not parts:
        messages.info(request, _("这条建议已经办理。"))
        return _onward(one)
    return group_page(request, one, parts)


@door("triage.decide")
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """The members as they are now, beside what has been typed; a group that is answered is refused in words."""
    one = find_group(request, pk)
    one.must_wait()
    context = {"proposal": one, "members": members_of(one, waiting(one)), "round": one.round}
    return render(request, "triage/_members.html", context)


@door("triage.decide")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the kept members one appeal."""
    one, form = find_group(request, pk), WordingForm(request.POST)
    if not form.is_valid():
        return group_page(request, one, waiting(one), status=422, form=form)
    parts, more = kept(request, one), also(request, one)
    appeal = acts.confirm(one, form.said, parts=parts, also=more, by=person(request), on=localdate())
    return _done(request, one, _("已归为诉求%(number)s：%(title)s"), appeal)


@door("triage.decide")
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the kept members to the appeal they seem to belong to."""
    one = find_group(request, pk)
    appeal = acts.confirm(one, parts=kept(request, one), also=also(request, one), by=person(request), on=localdate())
    return _done(request, one, _("已归入诉求%(number)s：%(title)s"), appeal)


@door("triage.decide")
@require_POST
def into(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the kept members to an appeal the person names."""
    one = find_group(request, pk)
    form = NumberForm(request.POST, round=one.round)
    insist(form)
    parts, home = kept(request, one), form.cleaned_data["number"]
    appeal = acts.confirm(one, parts=parts, also=also(request, one), into=home, by=person(request), on=localdate())
    return _done(request, one, _("已归入诉求%(number)s：%(title)s"), appeal)


@door("triage.decide")
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the members do not belong together."""
    one = find_group(request, pk)
    acts.reject(one, by=person(request), on=localdate())
    messages.success(request, _("已拆开，每宗来件各等一个决定。"))
    return _onward(one)


@door("triage.decide")
@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take back the last step of this person in the round, and show the group it was about."""
    here = find_round(request, code)
    last = Decision.objects.last_of(person(request), here)
    about = list(last.moves.values_list("part", flat=True)) + list(
        Part.objects.filter(proposals__decision=last).values_list("pk", flat=True)
    )
    acts.undo(last, by=person(request), on=localdate())
    messages.success(request, _("已撤销%(decision)s，来件回到原处。") % {"decision": last})
    again = Proposal.objects.filter(round=here, parts__in=about).open().order_by("-parts").first()
    return redirect("triage:proposal", again.pk) if again else redirect("triage:work", code)


def _done(request: HttpRequest, one: Proposal, words: str, appeal: Appeal) -> HttpResponse:
    messages.success(request, words % {"number": appeal.number, "title": appeal.title})
    return _onward(one)


def _onward(one: Proposal) -> HttpResponse:
    """Go to the next group."""
    return redirect(f"{reverse('triage:work', args=[one.round.code])}?after={one.pk}")
