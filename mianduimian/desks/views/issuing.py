"""印发台账: the ledger of a round as a paper: what is kept of it, its draft, and its next version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.archive.handing import hand_out
from mianduimian.archive.models import Document
from mianduimian.desks import acts, papers
from mianduimian.desks.models import IssuedLedger
from mianduimian.ledger.models import Matter
from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round


def _found(request: HttpRequest, code: str) -> Round:
    """A round of the person's regions: the paper holds all of it."""
    return get_object_or_404(Round.objects.seen_by(person(request)).select_related("region"), code=code)


def _issued(round: Round) -> IssuedLedger:
    """What the ledger was issued under; nothing saved as long as it was not."""
    return IssuedLedger.objects.filter(round=round).first() or IssuedLedger(round=round)


@door("archive.see")
def issued(request: HttpRequest, code: str) -> HttpResponse:
    """The versions kept of a round's ledger, and the way to the next."""
    round = _found(request, code)
    context = {"round": round, "papers": Document.objects.of(_issued(round)), "count": Matter.objects.of(round).count()}
    return render(request, "desks/issued.html", context)


@require_POST
@door("ledger.issue")
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the ledger as it stands."""
    kept = acts.issue_ledger(_found(request, code), by=person(request), on=localdate())
    messages.success(request, _("台账%(number)s第%(n)s版已存档。") % {"number": kept.number, "n": kept.version})
    return redirect("desks:issued", code)


@door("archive.see")
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The ledger as issued, any version; before the first, as it would be issued today."""
    round = _found(request, code)
    return hand_out(request, _issued(round), lambda: papers.ledger_paper(round, localdate()))
