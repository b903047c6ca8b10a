"""发放: a paper handed out as Word or PDF: as kept, any version; or, while nothing is kept, as a draft."""

from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate

from mianduimian.archive import acts, store
from mianduimian.archive.models import Document
from mianduimian.papers import Paper, filename, render
from mianduimian.papers.pdf import pdf
from mianduimian.people.doors import person

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def hand_out(request: HttpRequest, subject: models.Model, draft: Callable[[], Paper] | None = None) -> HttpResponse:
    """The paper of a thing: ?version=2 an earlier one, ?as=pdf for print; whoever calls has found the thing for this person."""
    kept = Document.objects.of(subject)
    asked = request.GET.get("version", "")
    found = kept.filter(version=int(asked)).first() if asked.isdecimal() else kept.first()
    if found:
        return hand_over(request, found)
    if draft is None or asked:
        raise Http404
    paper = draft()
    word = render(paper)
    return answer(pdf(word, settings.FONTS) if _as_pdf(request) else word, paper.title, "pdf" if _as_pdf(request) else "docx")


def hand_over(request: HttpRequest, document: Document) -> HttpResponse:
    """A kept paper, its bytes checked against their SHA-256."""
    name = f"{document.number} {document.title}" + (f" v{document.version}" if document.version > 1 else "")
    if _as_pdf(request):
        printed = acts.print_out(document, by=person(request), on=localdate())
        return answer(store.get(printed.pdf_digest), name, "pdf")
    return answer(store.get(document.handed), name, "docx")


def _as_pdf(request: HttpRequest) -> bool:
    return request.GET.get("as") == "pdf"


def answer(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to save under a Chinese name."""
    header = content_disposition_header(True, filename(name, kind)) or "attachment"
    return HttpResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": header})
