"""满意率: a round's shares by unit and by turn, each beside its denominator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from mianduimian.lookback.models import exceptions, shares
from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round
from mianduimian.supervision.models import held_in
from mianduimian.supervision.rules import figures


@door("lookback.see")
def share(request: HttpRequest, code: str) -> HttpResponse:
    """Satisfaction and coverage by unit and turn, on-time replies with the overdue in the denominator, exceptions counted."""
    one = get_object_or_404(Round.objects.seen_by(person(request)).select_related("region"), code=code)
    today = localdate()
    context = {
        "round": one,
        "shares": shares(one),
        "exceptions": [(waiver, n) for waiver, n in exceptions(one).items() if n],
        "on_time": figures(held_in(one, today), one.opened_on, today, one.rules),
        "rank_from": one.rules.figures["rank_from"],
    }
    return render(request, "lookback/shares.html", context)
