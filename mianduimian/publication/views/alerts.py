"""邮件提醒: asking for it, confirming it, ending it; a letter's link only shows a button, the button does it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language

from mianduimian.people.doors import open_door
from mianduimian.people.models import Person, Region
from mianduimian.publication import acts
from mianduimian.publication.forms import SubscribeForm
from mianduimian.publication.models import Subscription
from mianduimian.publication.signing import CONFIRM, END, opened
from mianduimian.publication.turnstile import turnstile


@open_door
@turnstile
def subscribe(request: HttpRequest) -> HttpResponse:
    """Where to write and about what; the answer is the same whether the address was known or not."""
    form = SubscribeForm(request.POST or None, initial={name: request.GET.get(name, "") for name in ("region", "theme")})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        wish = acts.Wish(Region.objects.filter(pk=typed["region"]).first(), typed["theme"], get_language() or "zh-hans")
        acts.subscribe(typed["email"], wish, by=Person.objects.clock(), on=localdate())
        return redirect("publication:asked")
    return render(request, "publication/subscribe.html", {"form": form})


@open_door
def asked(request: HttpRequest) -> HttpResponse:
    """A letter is on its way, if the address is one."""
    return render(request, "publication/asked.html", {"days": settings.ALERT_DAYS})


@open_door
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The address is theirs: a button, and then it holds."""
    found = _found(key, CONFIRM)
    if request.method == "POST" and found:
        found = acts.confirm(found, by=Person.objects.clock(), on=localdate())
    return _answer(request, {"found": found, "done": bool(found and found.confirmed_on), "ending": False})


@open_door
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """No more letters: a button, and then it has ended."""
    found = _found(key, END)
    if request.method == "POST" and found:
        found = acts.unsubscribe(found, by=Person.objects.clock(), on=localdate())
    return _answer(request, {"found": found, "done": bool(found and found.ended_on), "ending": True})


def _found(key: str, purpose: str) -> Subscription | None:
    pk = opened(key, purpose)
    return Subscription.objects.filter(pk=pk).select_related("region").first() if pk else None


def _answer(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    answer = render(request, "publication/subscription.html", context, status=200 if context["found"] else 404)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
