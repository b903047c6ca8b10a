"""回访: in the words of the database what `Visit.outcome` says of one visit, to filter the ledger by it and to sum it up."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from mianduimian.ledger.models import GlanceQuerySet, Matter
from mianduimian.lookback.models import REACHABLE, Attempt, Visit, VisitQuerySet
from mianduimian.lookback.rules import Outcome, Reached, Scale, Share, satisfied, share
from mianduimian.mechanism import Rulebook, rulebook
from mianduimian.solicitation.models import Round

TURNS = 1_000  # more than any matter has: with it a matter and its turn are one number


def _by_rulebook(condition: Callable[[Rulebook], Q]) -> Q:
    """A condition that the rulebook of the round decides; where all rounds have one rulebook, nothing is joined for it."""
    books = list(Round.objects.order_by().values_list("rulebook", flat=True).distinct())
    if len(books) == 1:
        return condition(rulebook(books[0]))
    wanted = Q(pk__in=[])
    for key in books:
        wanted |= Q(matter__appeal__round__rulebook=key) & condition(rulebook(key))
    return wanted


def _tried(times: int) -> "QuerySet[Attempt, Any]":
    """The visits whose citizen was tried so often."""
    return Attempt.objects.order_by().values("visit").annotate(n=Count("pk")).filter(n__gte=times).values("visit")


def _unsatisfied() -> VisitQuerySet:
    low = _by_rulebook(lambda rules: Q(scale__in=[step.value for step in Scale if not satisfied(step.value, rules)]))
    return Visit.objects.filter(low)


def _left() -> Q:
    """Whose citizen neither declined nor was tried as often as the rulebook asks."""
    declined = Attempt.objects.filter(result=Reached.REFUSED).order_by().values("visit")
    return _by_rulebook(lambda rules: ~Q(pk__in=_tried(rules.visit["attempts"]))) & ~Q(pk__in=declined)


def _waiting() -> VisitQuerySet:
    return Visit.objects.unanswered().filter(REACHABLE & _left())


def _unreached() -> VisitQuerySet:
    return Visit.objects.unanswered().exclude(REACHABLE & _left())


KINDS: dict[str, Callable[[], VisitQuerySet]] = {
    "any": Visit.objects.all,
    "reached": Visit.objects.reached,
    "waiting": _waiting,
    "unreached": _unreached,
    "unsatisfied": _unsatisfied,
}
MOST = ("any", "reached")  # which most lines have once they are settled


def visited(found: GlanceQuerySet, kind: str) -> GlanceQuerySet:
    """The lines with such a visit in their present turn; where few have, SQLite makes a list, or it would ask for each line."""
    visits = KINDS[kind]().order_by()
    if kind in MOST or connections[found.db].vendor != "sqlite":
        return found.filter(Exists(visits.filter(matter=OuterRef("matter"), turn=OuterRef("turn"))))
    turn = ExpressionWrapper(F("matter_id") * TURNS + F("turn"), BigIntegerField())
    return found.alias(now=turn).filter(now__in=visits.annotate(then=turn).values("then"))


def shares(matters: Iterable[Matter]) -> dict[int, Share]:
    """Matter → how its visits of this turn stand, in one query that opens nobody's name."""
    known = {matter.pk: matter.appeal.round.rules for matter in matters}
    told: dict[int, list[tuple[Outcome, str]]] = {pk: [] for pk in known}
    for one in Visit.objects.filter(matter__in=known).of_this_turn().standings():
        told[one.matter].append((one.outcome, one.scale))
    return {pk: share(visits_told, known[pk]) for pk, visits_told in told.items()}
