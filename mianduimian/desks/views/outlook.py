"""热点与选题的页面: what many people speak of, and what the next round could be about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from mianduimian.desks import hot as heat
from mianduimian.desks.forms import HotForm
from mianduimian.desks.topics import advise
from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round, Wish

WISHES = 10  # of what citizens propose


@door("triage.see")
def hot(request: HttpRequest, code: str = "") -> HttpResponse:
    """The hot issues of a round's intake, or of all rounds within reach."""
    who = person(request)
    rounds = Round.objects.seen_by(who)
    round = get_object_or_404(rounds.select_related("region"), code=code) if code else None
    usual = heat.usual_window(rounds, round, localdate())
    form = HotForm(request.GET or None, person=who, usual=usual)
    asked = form.asked(Round.objects.filter(pk=round.pk) if round else rounds)
    rules = round.rules if round else heat.newest()
    context = {"round": round, "form": form, "asked": asked, "found": heat.find(asked, rules), "rules": rules.sections["hot"]}
    return render(request, "desks/hot.html", context)


@door("solicitation.see")
def topics(request: HttpRequest) -> HttpResponse:
    """What the next round could be about, each topic with its grounds."""
    rules = heat.newest()
    advice = advise(person(request), rules, localdate())
    opening = person(request).may("solicitation.open")
    wishes = Wish.objects.seen_by(person(request)).shown().by_backing().select_related("region")[:WISHES]
    context = {"advice": advice, "opening": opening, "rules": rules.sections["topics"], "wishes": wishes}
    return render(request, "desks/topics.html", context)
