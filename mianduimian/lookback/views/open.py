"""链接评价: the page on which a citizen answers without logging in; it needs no script, and shows nobody's name or number."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from mianduimian.lookback import acts
from mianduimian.lookback.forms import SayForm
from mianduimian.lookback.models import Link, told
from mianduimian.lookback.rules import LinkStand, digest
from mianduimian.people.callers import caller, counted
from mianduimian.people.doors import open_door
from mianduimian.people.models import Person

POSTS_PER_LINK = 20  # an hour: nobody needs more to answer once


@never_cache
@open_door
def say(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens: the question and five steps; once answered or over, one plain sentence."""
    known = Link.objects.with_visit().filter(digest=digest(token)).first()
    if _too_many(f"link {known.pk}" if known else f"links {caller(request)}", request.method == "POST" or not known, bool(known)):
        return render(request, "429.html", status=429)
    stand = known.stand(localdate()) if known else LinkStand.UNKNOWN
    if known is None or stand != LinkStand.OPEN:
        return _over(request, stand, known)
    form = SayForm(request.POST or None, round=known.visit.matter.appeal.round)
    if request.method == "POST" and form.is_valid():
        acts.answer_by_link(known, form.said(), by=Person.objects.clock(), on=localdate())
        return redirect(request.get_full_path())
    context = {"form": form, "told": told(known.visit.matter), "until": known.until, "receipt": _receipt(request)}
    return _private(render(request, "lookback/say.html", context))


def _over(request: HttpRequest, stand: LinkStand, known: Link | None) -> HttpResponse:
    status = {LinkStand.USED: 200, LinkStand.UNKNOWN: 404}.get(stand, 410)
    context = {"stand": stand, "link": known, "receipt": _receipt(request)}
    return _private(render(request, "lookback/said.html", context, status=status))


def _receipt(request: HttpRequest) -> str:
    """The way back to the receipt from which the citizen came; the link itself never gives a receipt away."""
    code = request.GET.get("receipt", "")
    return settings.RECEIPT % code if code.isalnum() and code.isascii() else ""


def _private(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_many(key: str, counts: bool, known: bool) -> bool:
    """Whether too much came in this hour: posts on one link, or links that lead nowhere from one address."""
    if not counts:
        return False
    return counted(f"say {key}")[0] > (POSTS_PER_LINK if known else settings.RATE_PER_HOUR)
