"""工作台: the front hall of every role, the funnel with its answers, the roll-up."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.desks import briefing as brief
from mianduimian.desks import loop
from mianduimian.desks.context import CHOSEN, round_in_front
from mianduimian.desks.levels import FIGURES, roll_up
from mianduimian.desks.menu import rounds_of
from mianduimian.desks.waiting import Desk, waiting
from mianduimian.intake.models import Submission
from mianduimian.people.doors import door, open_door, person
from mianduimian.solicitation.models import Round
from mianduimian.triage.rules import Bucket

SIZE = 50


def find_round(request: HttpRequest, code: str) -> Round:
    """A round of the person's regions, or one in which a unit of theirs handles a matter."""
    rounds = Round.objects.filter(rounds_of(person(request))).select_related("region", "office")
    return get_object_or_404(rounds, code=code)


def _page(request: HttpRequest, found: QuerySet[Any], place: str = "pk") -> tuple[list[Any], Any]:
    """One page of rows behind the key given in the address, and the key of the next."""
    after = request.GET.get("after", "")
    if after.isdecimal():
        found = found.filter(**{f"{place}__gt": int(after)})
    shown = list(found[: SIZE + 1])
    return shown[:SIZE], getattr(shown[SIZE - 1], place) if len(shown) > SIZE else None


@open_door
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me now and why; a visitor who is not logged in goes to the public pages."""
    if not request.user.is_authenticated:
        return redirect("publication:rounds")
    who = person(request)
    who.must("desk.see")
    round = round_in_front(request, who)
    desk = Desk(who, round, localdate())
    others = Round.objects.filter(rounds_of(who)).exclude(pk=round.pk)[:8] if round else []
    context = {"sections": waiting(desk), "round": round, "others": others, "on": desk.on}
    return render(request, "desks/home.html", context)


@door("desk.see")
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Put another round in front of me; remembered until I log out."""
    request.session[CHOSEN] = find_round(request, code).code
    return redirect("desks:home")


@door("triage.see")
def funnel(request: HttpRequest, code: str) -> HttpResponse:
    """The funnel: collected = each bucket's sum, and every appeal walked to its answer."""
    round = find_round(request, code)
    return render(request, "desks/funnel.html", {"round": round, "story": loop.story(round), "on": localdate()})


@door("triage.see")
def bucket(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The submissions of one bucket of the funnel."""
    if key not in ("all", *Bucket):
        raise Http404
    round = find_round(request, code)
    found = loop.bucket(round, key)
    listed, following = _page(request, found)
    word = _("全部来件") if key == "all" else Bucket.word_of(key)
    context = {"round": round, "word": word, "total": found.count(), "submissions": listed, "next": following}
    return render(request, "desks/bucket.html", context)


@door("triage.see")
def appeals(request: HttpRequest, code: str) -> HttpResponse:
    """The appeals of a round with their voices and the matters they became."""
    round, only = find_round(request, code), request.GET.get("only", "")
    found = loop.appeals(round, only)
    listed, following = _page(request, found, "number")
    pairs = [(appeal, loop.matters_of(listed).get(appeal.pk)) for appeal in listed]
    context = {"round": round, "only": only, "total": found.count(), "pairs": pairs, "next": following}
    return render(request, "desks/appeals.html", context)


@door("triage.see")
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One click from a submission to its appeal, its matter, its answer and its visits."""
    who = person(request)
    found = Submission.objects.seen_by(who).select_related("round", "region", "citizen")
    one = get_object_or_404(found, pk=pk)
    hidden = one.confidential and not who.may("intake.see")
    context = {"submission": one, "hidden": hidden, "walked": loop.walk(one, who, localdate())}
    return render(request, "desks/submission.html", context)


@door("solicitation.see")
def rollup(request: HttpRequest) -> HttpResponse:
    """City, county and town: rounds and meetings held, and what came of them."""
    levels = roll_up(person(request))
    whole = [(_(word), sum(level.whole.figures[name] for level in levels)) for name, word in FIGURES.items()]
    rounds = Round.objects.seen_by(person(request)).select_related("region")[:60]
    return render(request, "desks/rollup.html", {"levels": levels, "whole": whole, "rounds": rounds})


@door("triage.see")
def briefing(request: HttpRequest, code: str) -> HttpResponse:
    """What the host reads before the meeting."""
    round, on = find_round(request, code), localdate()
    context = {
        "round": round,
        "story": loop.story(round),
        "hot": brief.hottest(round),
        "units": brief.concerned(round),
        "earlier": brief.earlier(round, on),
        "on": on,
    }
    return render(request, "desks/briefing.html", context)
