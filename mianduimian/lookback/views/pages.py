"""队列与事项: what is to verify, whom to ask, what goes back, what may be closed; and everything about one matter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop

from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import State
from mianduimian.lookback.forms import CallersForm
from mianduimian.lookback.models import (
    ANSWERED,
    Exemption,
    Recurrence,
    Recusal,
    SendBack,
    Verification,
    Visit,
    look,
    queues,
    strangers,
)
from mianduimian.lookback.rules import Look, Queue
from mianduimian.lookback.views.finding import found, reading
from mianduimian.people.doors import door, person
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import say

PAGE = 50
BUTTONS = (
    ("verify", "lookback.verify", gettext_noop("核查")),
    ("plan", "lookback.visit", gettext_noop("列入回访")),
    ("judge_reading", "lookback.send_back", gettext_noop("认定答复有无措施")),
    ("send_back", "lookback.send_back", gettext_noop("退回重办")),
    ("close", "lookback.close", gettext_noop("销号")),
    ("exempt", "lookback.exempt", gettext_noop("批准例外销号")),
    ("recuse", "lookback.visit", gettext_noop("我要回避")),
)


@door("lookback.see")
def home(request: HttpRequest) -> HttpResponse:
    """Four queues: to verify, to ask, to send back, to close; and what the citizens said so far."""
    by = person(request)
    waiting = queues(by)
    asked = request.GET.get("show", "")
    show = Queue(asked) if asked in Queue else next((queue for queue in Queue if waiting[queue]), Queue.VERIFY)
    after = request.GET.get("after", "0")
    start = int(after) if after.isdecimal() else 0
    mine = request.GET.get("mine") == "1"
    rows = [line for line in waiting[show] if not mine or line.visit is None or line.visit.caller_id == by.pk]
    context = {
        "mine": mine,
        "tabs": [{"key": queue.value, "word": queue.word, "count": len(rows)} for queue, rows in waiting.items()],
        "show": show.value,
        "rows": rows[start : start + PAGE],
        "next": start + PAGE if len(rows) > start + PAGE else None,
        "share": Visit.objects.seen_by(by).filter(matter__appeal__round__ended_on=None).of_last_turn().share(),
        "rounds": Round.objects.seen_by(by).filter(ended_on=None).order_by("-pk")[:3],
        "may_visit": by.may("lookback.visit"),
        "may_send_back": by.may("lookback.send_back"),
        "callers": CallersForm(people=strangers("lookback.visit", by)) if by.may("lookback.plan") else None,
    }
    return render(request, "lookback/home.html", context)


@door("lookback.see")
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: verifications, visits, what went back, and what is missing before it may be closed."""
    by = person(request)
    here = found(by, pk)
    seen, reply = look(here), here.replies.order_by("pk").last()
    context = {
        "matter": here,
        "look": seen,
        "reply": reply,
        "reading": reading(here),
        "verifications": Verification.objects.filter(matter=here)
        .select_related("by", "matter__appeal__round")
        .prefetch_related("photos"),
        "visits": list(Visit.objects.filter(matter=here).order_by("-turn", "pk").with_rows()),
        "backs": SendBack.objects.filter(matter=here).select_related("by", "assignment__lead"),
        "missing": seen.missing if here.state in ANSWERED else [],
        "moves": _moves(by, here, seen),
        "may_visit": by.may("lookback.visit"),
        "exemption": Exemption.objects.filter(matter=here, turn=here.turn).select_related("by").first(),
        "recusals": Recusal.objects.filter(matter=here).select_related("person"),
        "recurrences": Recurrence.objects.filter(matter=here).select_related("part__submission", "decided_by"),
    }
    return render(request, "lookback/matter.html", context)


def _moves(by: Person, found: Matter, seen: Look) -> list[dict[str, Any]]:
    due = {
        "verify": found.state in ANSWERED and (not seen.finding or seen.rechecks > 0),
        "plan": found.state in ANSWERED and seen.sources > seen.share.to_ask,
        "send_back": found.state in ANSWERED,  # a person may find a reply vague where no rule does
        "close": found.state == State.CLOSING and not seen.missing,
        "judge_reading": bool(seen.vague),
        "exempt": found.state in ANSWERED and not seen.waiver and bool(seen.missing),
        "recuse": found.state in ANSWERED,
    }
    verbs = [(verb, say(word)) for verb, permission, word in BUTTONS if due[verb] and by.may(permission)]
    return [
        {
            "url": reverse(f"lookback:{verb}", args=[found.pk]),
            "word": word,
            "post": verb == "plan",
            "tone": "primary" if _urgent(verb, seen) else "",
        }
        for verb, word in verbs
    ]


def _urgent(verb: str, seen: Look) -> bool:
    """Whether this is what one is here for; the exception and standing aside are not."""
    return verb not in ("exempt", "recuse", "send_back") or (verb == "send_back" and bool(seen.grounds))
