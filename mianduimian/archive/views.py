"""存档页面: the register of issued papers, a kept file, and the wording of the fixed sentences."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.archive import acts
from mianduimian.archive.forms import FindForm, PhraseForm
from mianduimian.archive.handing import hand_over
from mianduimian.archive.models import Document, Wording, wording
from mianduimian.archive.rules import Kind, Sentence, check_text, sentences
from mianduimian.people.doors import door, person
from mianduimian.people.models import Region
from mianduimian.refusal import Refused

PAGE = 50


@door("archive.see")
def register(request: HttpRequest) -> HttpResponse:
    """发文登记簿: every paper kept in the person's regions, the newest first."""
    form = FindForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Document.objects.seen_by(person(request)).matching(**wanted).select_related("by", "region")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "archive/register.html", {"form": form, "page": page})


@door("archive.see")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """One kept paper as Word or PDF."""
    return hand_over(request, get_object_or_404(Document.objects.seen_by(person(request)), pk=pk))


@door("archive.word")
def wordings(request: HttpRequest) -> HttpResponse:
    """Every fixed sentence of every paper as this region says it now."""
    region = _region(request)
    groups = [(Kind(kind), _lines(Kind(kind), region)) for kind in sentences()]
    return render(request, "archive/wordings.html", {"groups": groups, "region": region})


def _lines(kind: Kind, region: Region) -> list[tuple[Sentence, str, bool]]:
    """Each sentence of a kind, how it is said now, and whether that is not as the house ships it."""
    texts = wording(kind, region).texts
    return [(one, texts[key], texts[key] != one.text) for key, one in sentences()[kind].items()]


def _region(request: HttpRequest) -> Region:
    """The region whose papers this person words: that of the first post."""
    regions = person(request).regions
    if not regions:
        raise Http404
    return regions[0]


def _sentence(kind: str, key: str) -> Sentence:
    found = sentences().get(kind, {}).get(key)
    if found is None:
        raise Http404
    return found


@door("archive.word")
def phrase(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Word one sentence: look at it filled in, then keep it as the next version."""
    sentence, by, region = _sentence(kind, key), person(request), _region(request)
    now = wording(Kind(kind), region).texts[key]
    form = PhraseForm(request.POST or None, sentence=sentence, regions=by.regions, initial={"text": now})
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        made = acts.phrase(sentence, **form.cleaned_data, by=by, on=localdate())
        messages.success(request, _("已保存为第%(n)s版，以后印发的公文按新措辞；已印发的不变。") % {"n": made.version})
        return redirect("archive:wordings")
    context = {"sentence": sentence, "kind": Kind(kind), "form": form, **_seen(sentence, form, now)}
    history = Wording.objects.of(sentence, region).select_related("by")
    return render(request, "archive/phrase.html", {**context, "history": history})


def _seen(sentence: Sentence, form: PhraseForm, now: str) -> dict[str, Any]:
    """The sentence with the blanks filled by examples, or why it cannot stand."""
    text = form.cleaned_data.get("text", now) if form.is_bound and form.is_valid() else now
    try:
        check_text(sentence, text)
    except Refused as refused:
        return {"wrong": str(refused)}
    return {"shown": sentence.filled(text, sentence.samples)}
