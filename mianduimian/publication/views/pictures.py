"""公开图片工作台: what must not be seen is boxed by one person and looked at by another."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.ledger.models import Evidence
from mianduimian.people.doors import door, person
from mianduimian.publication import acts
from mianduimian.publication.forms import PictureForm, WithdrawForm
from mianduimian.publication.models import Picture, inner_file
from mianduimian.publication.views.desk import mine


@door("publication.draft")
def gallery(request: HttpRequest, code: str) -> HttpResponse:
    """The pictures of a round: to be boxed, to be looked at, public."""
    one = mine(request, code)
    filed = Evidence.objects.filter(matter__appeal__round=one, kind__startswith="image/").select_related("matter")
    made = Picture.objects.of(one).select_related("evidence__matter", "by")
    stands = made.filter(withdrawn_on=None).values("evidence")
    context = {
        "round": one,
        "unready": filed.exclude(pk__in=stands),
        "waiting": made.waiting(),
        "shown": made.filter(released_on__isnull=False, withdrawn_on=None),
        "withdrawn": made.filter(released_on__isnull=False, withdrawn_on__isnull=False),
        "reader": person(request),
    }
    return render(request, "publication/gallery.html", context)


def _filed(request: HttpRequest, code: str, pk: int) -> Evidence:
    filed = Evidence.objects.filter(matter__appeal__round=mine(request, code), kind__startswith="image/")
    return get_object_or_404(filed.select_related("matter__appeal"), pk=pk)


@door("publication.draft")
def prepare(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Draw the boxes, or type them, and say what the picture shows."""
    filed = _filed(request, code, pk)
    form = PictureForm(request.POST or None, initial={"caption": filed.place})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        acts.prepare_picture(filed, typed["caption"], typed["boxes"], by=person(request), on=localdate())
        messages.success(request, _("已备好，由另一个人看过后公开。"))
        return redirect("publication:gallery", code)
    return render(request, "publication/prepare.html", {"round": filed.matter.appeal.round, "filed": filed, "form": form})


@door("publication.draft")
def inner(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The office's own copy, to draw boxes on."""
    return _jpeg(inner_file(_filed(request, code, pk)), "image/*")


@door("publication.draft")
def proof(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """The picture as everybody will see it."""
    found = get_object_or_404(Picture.objects.of(mine(request, code)), pk=pk)
    return _jpeg(found.path(), "image/jpeg")


def _jpeg(path: object, kind: str) -> FileResponse:
    if not path.exists():  # type: ignore[attr-defined]
        raise Http404
    handed = FileResponse(path.open("rb"), content_type=kind)  # type: ignore[attr-defined]
    handed["X-Content-Type-Options"] = "nosniff"
    return handed


@door("publication.release")
def release(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The second hand has looked at it."""
    if request.method != "POST":
        raise Http404
    found = get_object_or_404(Picture.objects.of(mine(request, code)), pk=pk)
    acts.release_picture(found, by=person(request), on=localdate())
    messages.success(request, _("图片已公开。"))
    return redirect("publication:gallery", code)


@door("publication.release")
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The picture leaves the public page at once."""
    one = mine(request, code)
    found = get_object_or_404(Picture.objects.of(one).filter(withdrawn_on=None), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.withdraw_picture(found, why=form.cleaned_data["why"], by=person(request), on=localdate())
        return redirect("publication:gallery", code)
    context = {"round": one, "form": form, "title": _("撤回图片"), "button": _("撤回"), "back": "publication:gallery"}
    return render(request, "publication/reason.html", context)
