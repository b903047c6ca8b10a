"""成批采纳: what the machine is sure of, accepted step by step, with the error to expect shown before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts
from mianduimian.triage.forms import BulkForm
from mianduimian.triage.models import Proposal, ProposalQuerySet
from mianduimian.triage.rules import outlook
from mianduimian.triage.views.bench import bench, find_round, insist

OFFERED = (0.99, 0.97, 0.95, 0.9, 0.85, 0.8, 0.7)
USUAL = 0.95
STEP = 20  # groups a request accepts
LOOK_FIRST = 8


@door("triage.decide")
def bulk(request: HttpRequest, code: str) -> HttpResponse:
    """How many groups a certainty would accept, how many of them are likely wrong, and which to look at first."""
    here = find_round(request, code)
    form = BulkForm(request.GET if "at" in request.GET else {"at": USUAL})
    at = form.cleaned_data["at"] if form.is_valid() else USUAL
    sures = list(_sure(here, 0.0).values_list("sure", flat=True))
    first = _sure(here, at).by_doubt().select_related("appeal").with_members()[:LOOK_FIRST]
    last = Proposal.objects.filter(round=here).order_by("-pk").values_list("pk", flat=True).first()
    context = bench(request, here, "proposals") | {
        "outlook": outlook(sures, at),
        "offered": [outlook(sures, one) for one in OFFERED],
        "first": first,
        "last": last or 0,
        "unsure": Proposal.objects.filter(round=here, sure__gte=at).open().count() - sum(sure >= at for sure in sures),
    }
    return render(request, "triage/bulk.html", context)


@door("triage.decide")
@require_POST
def accept_many(request: HttpRequest, code: str) -> HttpResponse:
    """Accept the next few groups of those that were shown; the page asks again until none is left."""
    here, form = find_round(request, code), BulkForm(request.POST)
    insist(form)
    said: dict[str, Any] = form.cleaned_data
    waiting = _sure(here, said["at"]).filter(pk__gt=said["after"] or 0, pk__lte=said["last"] or 0).order_by("pk")
    some = list(waiting.select_related("round", "appeal")[:STEP])
    done = acts.accept_many(some, by=person(request), on=localdate())
    after = some[-1].pk if some else said["last"]
    remaining, accepted = waiting.filter(pk__gt=after or 0).count(), (said["done"] or 0) + len(done.appeals)
    context = {
        "round": here,
        **{"at": said["at"], "after": after, "last": said["last"]},
        **{"done": accepted, "remaining": remaining, "total": accepted + remaining, "left": done.left},
    }
    return render(request, "triage/_bulk.html" if request.htmx else "triage/accepted.html", context)  # type: ignore[attr-defined]


def _sure(round: Round, at: float) -> ProposalQuerySet:
    return Proposal.objects.filter(round=round).open().sure_from(at, round.rules.reading["sure_from"])
