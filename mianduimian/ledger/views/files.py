"""文件: evidence and papers handed out, each as what it is and nothing else."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from mianduimian.archive.handing import hand_out
from mianduimian.ledger.models import Assignment, Evidence, Matter, Reply
from mianduimian.ledger.papers import assignment_paper, reply_paper
from mianduimian.people.doors import door, person


@door("ledger.see")
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """A piece of evidence: a photograph without its hidden data on the page, anything else as a download."""
    filed = get_object_or_404(Evidence, pk=pk, matter__in=Matter.objects.seen_by(person(request)))
    path = Path(settings.MEDIA_ROOT) / f"{filed.stored}{'.shown' if filed.is_picture else ''}"
    if not path.exists():
        raise Http404
    handed = FileResponse(
        path.open("rb"), content_type=filed.kind, filename=filed.name, as_attachment=not filed.is_picture
    )
    handed["X-Content-Type-Options"] = "nosniff"
    handed["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return handed


@door("ledger.see")
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """The 交办单 of an assignment."""
    given = Assignment.objects.with_units().select_related("accepted_by", "by", "lead__region")
    seen = Matter.objects.seen_by(person(request))
    found = get_object_or_404(given, pk=pk, matter__in=seen)
    return hand_out(request, found, lambda: assignment_paper(found))


@door("ledger.see")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The 书面反馈 of a unit."""
    seen = Matter.objects.seen_by(person(request))
    found = get_object_or_404(Reply, pk=pk, matter__in=seen)
    return hand_out(request, found, lambda: reply_paper(found))
