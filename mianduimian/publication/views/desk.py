"""公开: the office's page about what is public and what was told."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.people.doors import door, person
from mianduimian.publication import acts
from mianduimian.publication.forms import WithdrawForm
from mianduimian.publication.models import Alert, Draft, Message, Ready, Release
from mianduimian.publication.rules import Delivery
from mianduimian.solicitation.models import Round


def mine(request: HttpRequest, code: str) -> Round:
    """A round within the person's reach."""
    return get_object_or_404(Round.objects.seen_by(person(request)), code=code)


@door("publication.see")
def manage(request: HttpRequest, code: str) -> HttpResponse:
    """For the office: whether the round is public, and what was told to whom with which result."""
    one = mine(request, code)
    told = Message.objects.filter(submission__round=one)
    context = {
        "round": one,
        "release": Release.objects.filter(round=one, withdrawn_on=None).first(),
        "ready": Ready.objects.filter(round=one, used_on=None).select_related("by").first(),
        "waiting": Draft.objects.of(one).waiting().count(),
        "shown": Draft.objects.of(one).shown().count(),
        "tally": told.tally(),
        "newest": told.for_desk(person(request)).order_by("-pk").select_related("submission")[:30],
        "doubts": told.open_questions().select_related("submission")[:50],
        "letters": told.letters().count(),
        "alerts": Alert.objects.open_questions().count(),
        "failed": told.filter(state=Delivery.FAILED).count(),
    }
    return render(request, "publication/manage.html", context)


@door("publication.draft")
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """The first hand: the round's page is ready."""
    if request.method != "POST":
        raise Http404
    acts.propose(mine(request, code), by=person(request), on=localdate())
    messages.success(request, _("已提请公开，由另一个人核对后公开。"))
    return redirect("publication:manage", code)


@door("publication.release")
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Open the round's page."""
    if request.method != "POST":
        raise Http404
    acts.release(mine(request, code), by=person(request), on=localdate())
    messages.success(request, _("已公开。"))
    return redirect("publication:manage", code)


@door("publication.release")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the round's page down, with a reason."""
    one = get_object_or_404(Release.objects.filter(withdrawn_on=None), round=mine(request, code))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.withdraw(one, **form.cleaned_data, by=person(request), on=localdate())
        return redirect("publication:manage", code)
    return render(request, "publication/withdraw.html", {"round": one.round, "form": form})


@door("publication.release")
def retry(request: HttpRequest, code: str) -> HttpResponse:
    """Send failed messages again."""
    if request.method != "POST":
        raise Http404
    count = acts.retry(mine(request, code), by=person(request), on=localdate())
    messages.success(request, _("%(n)s 条重新排队。") % {"n": count})
    return redirect("publication:manage", code)
