"""点题: what citizens want to talk about next; anybody proposes, anybody backs, once a browser."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mianduimian.intake.sealing import fingerprint
from mianduimian.people.doors import open_door
from mianduimian.people.models import Person
from mianduimian.publication.forms import WishForm
from mianduimian.publication.turnstile import turnstile
from mianduimian.solicitation import acts
from mianduimian.solicitation.models import Backing, Wish

BACKER = "backer"
YEAR = 366 * 24 * 3600


@open_door
@never_cache
@turnstile
def wishes(request: HttpRequest) -> HttpResponse:
    """Propose a topic, and see what others proposed; the browser gets the mark by which it backs each once."""
    form = WishForm(request.POST or None, initial={"token": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        acts.wish(form.wished, token=form.cleaned_data["token"], by=Person.objects.clock(), on=localdate())
        messages.success(request, _("收到了。工作人员看过没有个人信息和广告，就公开让大家附议。"))
        return redirect("publication:wishes")
    shown = Wish.objects.shown().by_backing().select_related("region")
    mark = request.COOKIES.get(BACKER) or secrets.token_urlsafe(24)
    mine = set(Backing.objects.filter(backer=fingerprint(mark)).values_list("wish", flat=True))
    answer = render(request, "publication/wishes.html", {"form": form, "wishes": shown, "mine": mine})
    answer.set_cookie(BACKER, mark, YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return answer


@open_door
@require_POST
@turnstile
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back a topic once a browser."""
    wish, mark = get_object_or_404(Wish.objects.shown(), pk=pk), request.COOKIES.get(BACKER)
    if not mark:
        messages.warning(request, _("请再点一次附议：浏览器刚才没有记下您。"))
    elif acts.back(wish, fingerprint(mark), by=Person.objects.clock(), on=localdate()):
        messages.success(request, _("已附议。"))
    else:
        messages.info(request, _("您已经附议过这个题目。"))
    return redirect("publication:wishes")
