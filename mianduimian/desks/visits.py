"""回访筛选: in the words of the database what `Visit.outcome` says of one visit, so that the ledger can be filtered by it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce

from mianduimian.lookback.models import Attempt, Visit, VisitQuerySet
from mianduimian.lookback.rules import Reached
from mianduimian.mechanism import Rulebook, rulebook
from mianduimian.solicitation.models import Round


def _by_rulebook(visits: VisitQuerySet, condition: Callable[[Rulebook], Q]) -> VisitQuerySet:
    """Visits that meet a condition of the rulebook of their round."""
    books = Round.objects.order_by().values_list("rulebook", flat=True).distinct()
    wanted = Q(pk__in=[])
    for key in books:
        wanted |= Q(matter__appeal__round__rulebook=key) & condition(rulebook(key))
    return visits.filter(wanted)


def _unsatisfied(visits: VisitQuerySet) -> VisitQuerySet:
    steps = visits.filter(answer__isnull=False).annotate(step=Cast("answer__scale", IntegerField()))
    return _by_rulebook(steps, lambda rules: Q(step__lt=rules.visit["satisfied_from"]))


def _tried(visits: VisitQuerySet) -> VisitQuerySet:
    """Unanswered visits with `tried`, the number of attempts, and `declined`."""
    mine = Attempt.objects.filter(visit=OuterRef("pk")).order_by()
    times = mine.values("visit").annotate(n=Count("pk")).values("n")
    return visits.filter(answer=None).annotate(
        tried=Coalesce(Subquery(times), 0), declined=Exists(mine.filter(result=Reached.REFUSED))
    )


REACHABLE = Q(citizen__agreed=True, citizen__erased_on=None) & (~Q(citizen__phone_index="") | ~Q(citizen__email=""))


def _waiting(visits: VisitQuerySet) -> VisitQuerySet:
    open_still = _tried(visits).filter(REACHABLE, Q(declined=False))
    return _by_rulebook(open_still, lambda rules: Q(tried__lt=rules.visit["attempts"]))


def _unreached(visits: VisitQuerySet) -> VisitQuerySet:
    lost = _tried(visits)
    spent = _by_rulebook(lost, lambda rules: Q(tried__gte=rules.visit["attempts"]) | Q(declined=True)).values("pk")
    beyond = ~Q(pk__in=lost.filter(REACHABLE).values("pk"))
    return lost.filter(beyond | Q(pk__in=spent))


KINDS: dict[str, Callable[[VisitQuerySet], VisitQuerySet]] = {
    "any": lambda visits: visits,
    "reached": lambda visits: visits.filter(answer__isnull=False),
    "waiting": _waiting,
    "unreached": _unreached,
    "unsatisfied": _unsatisfied,
}


def visited(kind: str) -> Any:
    """The matters with such a visit in their present turn."""
    return KINDS[kind](Visit.objects.of_this_turn()).order_by().values("matter")
