"""公开: pages that anybody may read, the form through which a citizen speaks, and the receipt."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.intake import acts as intake
from mianduimian.intake.models import Submission
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import State
from mianduimian.meeting.models import Meeting, Promise
from mianduimian.people.doors import door, open_door, person
from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.forms import ReceiptForm, SpeakForm, WithdrawForm
from mianduimian.publication.models import Message, Release, open_calls, outcome, public_lines
from mianduimian.publication.passages import stories
from mianduimian.publication.rules import Delivery, spaced, typed
from mianduimian.solicitation.models import Call, Round
from mianduimian.solicitation.rules import Channel

PAGE = 30


@open_door
def rounds(request: HttpRequest) -> HttpResponse:
    """What is being asked now, and what came of what was asked before."""
    released = Release.objects.filter(withdrawn_on=None).select_related("round__region")
    context = {"calls": open_calls(localdate()), "releases": released, "form": ReceiptForm(), "speaking": settings.PUBLIC_FORM}
    return render(request, "publication/rounds.html", context)


def _released(code: str) -> Round:
    return get_object_or_404(Round.objects.filter(pk__in=Release.objects.filter(withdrawn_on=None).values("round")), code=code)


@open_door
def round(request: HttpRequest, code: str) -> HttpResponse:
    """A round as everybody may see it: the notice, the funnel, the promises, and what came of it."""
    one = _released(code)
    context = {
        "round": one,
        "call": Call.objects.filter(round=one, replaced_on=None).first(),
        "outcome": outcome(one, localdate()),
        "meeting": Meeting.objects.filter(round=one).exclude(held_on=None).first(),
        "promises": Promise.objects.filter(exchange__meeting__round=one).select_related("unit", "exchange__appeal"),
    }
    return render(request, "publication/round.html", context)


@open_door
def matters(request: HttpRequest, code: str) -> HttpResponse:
    """The matters of a round with stage, light and public answer, a page at a time."""
    one = _released(code)
    state, words, after = request.GET.get("state", ""), request.GET.get("q", "")[:60], request.GET.get("after", "")
    found = Matter.objects.of(one).order_by("pk")
    found = found.filter(state=state) if state in State else found
    found = found.matching(words) if words else found
    lines = public_lines(found.filter(pk__gt=int(after) if after.isdecimal() else 0)[: PAGE + 1], localdate())
    following = lines[PAGE - 1].pk if len(lines) > PAGE else None
    context = {"round": one, "lines": lines[:PAGE], "next": following, "states": list(State), "state": state, "q": words}
    return render(request, "publication/matters.html", context)


@open_door
def speak(request: HttpRequest, code: str) -> HttpResponse:
    """One problem, your words: the public form, while the call is open and the form is switched on."""
    call = get_object_or_404(Call.objects.open_on(localdate()).select_related("round__region"), round__code=code)
    if not settings.PUBLIC_FORM or Channel.WEB not in call.channels:
        return render(request, "publication/elsewhere.html", {"call": call})
    form = SpeakForm(request.POST or None, region=call.round.region, initial={"token": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        if _too_many(request):
            return render(request, "429.html", status=429)
        clock = Person.objects.clock()
        said = intake.speak(call.round, form.said, token=form.cleaned_data["token"], by=clock, on=localdate())
        messages.success(request, _("已收到。请记下回执码：%(code)s") % {"code": spaced(said.receipt)})
        return redirect("publication:receipt", said.receipt)
    return render(request, "publication/speak.html", {"call": call, "form": form})


def _too_many(request: HttpRequest) -> bool:
    """Whether this address has posted more in this hour than the house allows; a forwarded header changes nothing."""
    key = f"posts-{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, 3600)
    return cache.incr(key) > settings.RATE_PER_HOUR


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
    context: dict[str, Any] = {"said": said, "code": spaced(typed(code)), "stories": stories(said) if said else []}
    answer = render(request, "publication/receipt.html", context, status=200 if said else 404)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _mine(request: HttpRequest, code: str) -> Round:
    return get_object_or_404(Round.objects.seen_by(person(request)), code=code)


@door("publication.see")
def manage(request: HttpRequest, code: str) -> HttpResponse:
    """For the office: whether the round is public, and what was told to whom with which result."""
    one = _mine(request, code)
    told = Message.objects.filter(submission__round=one)
    context = {
        "round": one,
        "release": Release.objects.filter(round=one, withdrawn_on=None).first(),
        "tally": told.tally(),
        "newest": told.order_by("-pk").select_related("submission")[:30],
        "failed": told.filter(state=Delivery.FAILED).count(),
    }
    return render(request, "publication/manage.html", context)


@door("publication.release")
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Open the round's page."""
    if request.method != "POST":
        raise Http404
    acts.release(_mine(request, code), by=person(request), on=localdate())
    messages.success(request, _("已公开。"))
    return redirect("publication:manage", code)


@door("publication.release")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the round's page down, with a reason."""
    one = get_object_or_404(Release.objects.filter(withdrawn_on=None), round=_mine(request, code))
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
    count = acts.retry(_mine(request, code), by=person(request), on=localdate())
    messages.success(request, _("%(n)s 条重新排队。") % {"n": count})
    return redirect("publication:manage", code)
