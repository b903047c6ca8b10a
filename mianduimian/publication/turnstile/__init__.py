"""旋转门: before a public form is read, so that a flood is cheap to turn away and a person still gets through."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from mianduimian.people.callers import caller, counted
from mianduimian.publication.turnstile.lane import Answer, Limits, Seen, answer

View = Callable[..., HttpResponse]
ASKS = 20  # so often a form asks beside what is typed while one submission is written
LATE = 900  # seconds for which a pass is good


def turnstile(view: View) -> View:
    """Let a post through, have it wait once with everything typed kept, or say where else to speak."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        said = _judge(request) if request.method == "POST" else Answer.IN
        if said == Answer.IN:
            return view(request, *args, **kwargs)
        context = {"closed": said == Answer.CLOSED, "seconds": settings.PUBLIC_WAIT, "pass": _pass(request)}
        context |= {"kept": _kept(request), "photos": bool(request.FILES)}
        held = HttpResponse(render_to_string("publication/wait.html", context), status=429)  # no database is asked
        held._has_been_logged = True  # type: ignore[attr-defined]  # a flood in the street is no flood in the log
        held["Retry-After"], held["Cache-Control"] = str(settings.PUBLIC_WAIT), "no-store"
        return held

    return inside


def too_many_asks(request: HttpRequest) -> bool:
    """Whether more is asked beside the forms than people who write them ask: by one form, from one address, by everybody."""
    who, token = caller(request), request.POST.get("token", "")[:80]
    by_form = counted(f"ask {who} {token}")[0] if token else 0
    from_here, by_all = counted(f"ask {who}")[0], counted("ask *")[1]
    return by_form > 2 * ASKS or from_here > ASKS * settings.RATE_PER_HOUR or by_all > ASKS * settings.PUBLIC_RATES[0]


def _judge(request: HttpRequest) -> Answer:
    who, now, limits = caller(request), time.time(), Limits(settings.RATE_PER_HOUR, *settings.PUBLIC_RATES)
    seen = Seen(counted(who)[0], counted("*")[1])
    first = answer(seen, limits, waited=False)
    if first == Answer.IN or not _has_waited(request, now):
        return first
    slow = counted(f"slow {who}")[1], counted("slow *")[1]
    return answer(Seen(seen.mine, seen.everybody, *slow), limits, waited=True)


def _pass(request: HttpRequest) -> str:
    """A signed word from when on this one form may be sent; another form needs another."""
    return Signer(salt="turnstile").sign(f"{request.POST.get('token', '')[:80]}:{int(time.time()) + settings.PUBLIC_WAIT}")


def _has_waited(request: HttpRequest, now: float) -> bool:
    try:
        token, _colon, since = Signer(salt="turnstile").unsign(request.POST.get("pass", "")).rpartition(":")
    except BadSignature:
        return False
    return token == request.POST.get("token", "")[:80] and int(since) <= now <= int(since) + LATE


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was typed, to be sent again, with the form's own token."""
    return [(name, value) for name, values in request.POST.lists() if name != "pass" for value in values]
