"""公开稿工作台: personal data marked, internal and public words apart, a second person releases, corrections and withdrawals."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.people.doors import door, person
from mianduimian.publication import acts
from mianduimian.publication.bench import Sheet, queue, sheet
from mianduimian.publication.forms import DraftForm, WithdrawForm
from mianduimian.publication.models import Draft
from mianduimian.publication.views.desk import mine

PAGE = 20


@door("publication.draft")
def drafts(request: HttpRequest, code: str) -> HttpResponse:
    """What waits: to be drafted, to be released by another hand, changed inside since it was released."""
    one, after = mine(request, code), request.GET.get("after", "")
    bench = queue(one, person(request), int(after[:18]) if after.isdecimal() else 0, PAGE)
    return render(request, "publication/drafts.html", {"round": one, "bench": bench, "next": bench.next})


@door("publication.draft")
def draft_all(request: HttpRequest, code: str) -> HttpResponse:
    """Masked drafts of everything that has none."""
    _only_post(request)
    count = acts.draft_all(mine(request, code), by=person(request), on=localdate())
    messages.success(request, _("起草了 %(n)s 份，请另一个人逐份看过后公开。") % {"n": count})
    return redirect("publication:drafts", code)


@door("publication.draft")
def draft(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """One sheet: the words inside with what is personal marked, beside them the words for everybody."""
    found = _sheet(request, code, kind, pk)
    form = DraftForm(request.POST or None, told=found.told is not None, promise=kind == "promise", initial=found.initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        changed = acts.Changed(typed.get("change") or acts.Changed().change, typed.get("why", ""))
        acts.draft(found.subject, form.words, changed, by=person(request), on=localdate())
        messages.success(request, _("已存为待公开稿，由另一个人看过后公开。"))
        return redirect("publication:drafts", code)
    return render(request, "publication/draft.html", {"round": found.round, "sheet": found, "form": form})


@door("publication.release")
def release_drafts(request: HttpRequest, code: str) -> HttpResponse:
    """The ticked drafts become public."""
    _only_post(request)
    keys = [int(pk) for pk in request.POST.getlist("draft") if pk.isdecimal()]
    known = Draft.objects.of(mine(request, code)).filter(pk__in=keys).values_list("pk", flat=True)
    count = acts.release_drafts(known, by=person(request), on=localdate())
    messages.success(request, _("公开了 %(n)s 份。") % {"n": count})
    return redirect("publication:drafts", code)


@door("publication.release")
def return_draft(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Back to the first hand, with what is to be changed."""
    return _with_reason(request, code, pk, acts.return_draft, _("退回这一稿"), _("退回"))


@door("publication.release")
def withdraw_draft(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The words leave the public page at once, the reason stands there."""
    return _with_reason(request, code, pk, acts.withdraw_draft, _("撤回公开文字"), _("撤回"))


def _with_reason(request: HttpRequest, code: str, pk: int, verb: object, title: str, button: str) -> HttpResponse:
    one = mine(request, code)
    found = get_object_or_404(Draft.objects.of(one), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb(found, why=form.cleaned_data["why"], by=person(request), on=localdate())  # type: ignore[operator]
        return redirect("publication:drafts", code)
    context = {"round": one, "form": form, "title": title, "button": button, "draft": found}
    return render(request, "publication/reason.html", context)


def _sheet(request: HttpRequest, code: str, kind: str, pk: int) -> Sheet:
    found = sheet(mine(request, code), kind, pk)
    if found is None:
        raise Http404
    return found


def _only_post(request: HttpRequest) -> None:
    if request.method != "POST":
        raise Http404
