"""去向: the page behind a receipt, and what its citizen says there later."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mianduimian.intake.models import Afterword, Submission
from mianduimian.intake.rules import Later
from mianduimian.lookback import acts as lookback
from mianduimian.papers.codes import drawn
from mianduimian.people.doors import open_door
from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.forms import NotMineForm, ReceiptForm, TellForm, UnsolvedForm
from mianduimian.publication.passages import asked_of, stories
from mianduimian.publication.rules import spaced, typed
from mianduimian.publication.turnstile import turnstile
from mianduimian.refusal import Refused
from mianduimian.triage.models import Part


@open_door
def find(request: HttpRequest) -> HttpResponse:
    """Look a receipt up by its code."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("publication:receipt", typed(form.cleaned_data["code"]) or "-")
    return render(request, "publication/find.html", {"form": form})


@open_door
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Every step of what became of a citizen's words, for whoever holds the code."""
    said = Submission.objects.filter(receipt=typed(code)).select_related("round").first()
    context: dict[str, Any] = {"said": said, "code": spaced(typed(code))}
    if said:
        context |= {"stories": stories(said, localdate()), "later": Afterword.objects.filter(submission=said)}
        context |= {"received": "received" in request.GET, "qr": _qr(request, said)}
        context["photos"] = said.photos.filter(afterword=None).count()
    answer = render(request, "publication/receipt.html", context, status=200 if said else 404)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _qr(request: HttpRequest, said: Submission) -> str:
    """The receipt's own address as a QR code, to be photographed or printed."""
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    return mark_safe(drawn(base + settings.RECEIPT % said.receipt))  # noqa: S308  segno's own drawing


@open_door
@never_cache
@turnstile
def more(request: HttpRequest, code: str) -> HttpResponse:
    """补充: something to add to what was said."""
    return _tell(request, code, Later.MORE, TellForm)


@open_door
@never_cache
@turnstile
def not_mine(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """这不是我反映的事: asks to be taken out of the group."""
    return _tell(request, code, Later.NOT_MINE, NotMineForm, part)


@open_door
@never_cache
@turnstile
def unsolved(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """没有解决: what was answered is still so."""
    return _tell(request, code, Later.UNSOLVED, UnsolvedForm, part)


@open_door
@require_POST
def rate(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """请您评价: from the receipt to the look-back's own page, while its window is open."""
    found = Part.objects.live().filter(submission__receipt=typed(code), number=part).select_related("submission")
    asked = asked_of(get_object_or_404(found))
    if asked is None:
        raise Refused(_("这件事现在没有等您评价的回访。"))
    return redirect(f"{lookback.link(asked, by=Person.objects.clock(), on=localdate())}?receipt={typed(code)}")


def _tell(request: HttpRequest, code: str, kind: Later, form_class: type[TellForm], part: int = 1) -> HttpResponse:
    said = get_object_or_404(Submission.objects.select_related("round", "citizen"), receipt=typed(code))
    story = next((story for story in stories(said, localdate()) if story.number == part), None)
    if story is None:
        raise Http404
    form = form_class(request.POST or None, request.FILES or None, initial={"token": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid() and _told(form, said, kind, part):
        messages.success(request, _("收到了。工作人员看过后，答复会写在这一页。"))
        return redirect("publication:receipt", said.receipt)
    shut = request.method != "POST" and not story.may[kind]
    context = {"said": said, "form": form, "kind": kind, "story": story, "shut": shut}
    return render(request, "publication/tell.html", context)


def _told(form: TellForm, said: Submission, kind: Later, part: int) -> bool:
    photos = [file.read() for file in form.cleaned_data.get("photos", [])]
    try:
        acts.say_more(said, form.told(kind, part), photos=photos, by=Person.objects.clock(), on=localdate())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
