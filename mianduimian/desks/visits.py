"""回访: in the words of the database what `Visit.outcome` says of one visit, to filter the ledger by it and to sum it up."""

from collections.abc import Callable, Iterable

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from mianduimian.ledger.models import Matter
from mianduimian.lookback.models import REACHABLE, Answer, Attempt, Visit, VisitQuerySet
from mianduimian.lookback.rules import Outcome, Reached, Scale, Share, satisfied, share
from mianduimian.mechanism import Rulebook, rulebook
from mianduimian.solicitation.models import Round


def _by_rulebook(condition: Callable[[Rulebook], Q], way: str = "matter__appeal__round__rulebook") -> Q:
    """A condition that the rulebook of the round decides; where all rounds have one rulebook, nothing is joined for it."""
    books = list(Round.objects.order_by().values_list("rulebook", flat=True).distinct())
    if len(books) == 1:
        return condition(rulebook(books[0]))
    wanted = Q(pk__in=[])
    for key in books:
        wanted |= Q(**{way: key}) & condition(rulebook(key))
    return wanted


def _tried(visits: VisitQuerySet) -> VisitQuerySet:
    """Unanswered visits with `tried`, the number of attempts, `declined`, and whether their citizen `can_be_reached`."""
    mine = Attempt.objects.filter(visit=OuterRef("pk")).order_by()
    times = mine.values("visit").annotate(n=Count("pk")).values("n")
    return visits.unanswered().annotate(
        tried=Coalesce(Subquery(times), 0),
        declined=Exists(mine.filter(result=Reached.REFUSED)),
        can_be_reached=Case(When(REACHABLE, then=Value(True)), default=Value(False), output_field=BooleanField()),
    )


def _unsatisfied() -> QuerySet[Answer]:
    low = _by_rulebook(
        lambda rules: Q(scale__in=[step.value for step in Scale if not satisfied(step.value, rules)]),
        "visit__matter__appeal__round__rulebook",
    )
    return Answer.objects.filter(low)


def _waiting() -> VisitQuerySet:
    open_still = _tried(Visit.objects.all()).filter(Q(can_be_reached=True) & Q(declined=False))
    return open_still.filter(_by_rulebook(lambda rules: Q(tried__lt=rules.visit["attempts"])))


def _unreached() -> VisitQuerySet:
    spent = _by_rulebook(lambda rules: Q(tried__gte=rules.visit["attempts"])) | Q(declined=True)
    return _tried(Visit.objects.all()).filter(Q(can_be_reached=False) | spent)


KINDS: dict[str, Callable[[], QuerySet]] = {
    "any": Visit.objects.all,
    "reached": Answer.objects.all,
    "waiting": _waiting,
    "unreached": _unreached,
    "unsatisfied": _unsatisfied,
}
USUAL = ("any", "reached", "waiting")


def visited(kind: str) -> Exists | Q:
    """Whether a line of the ledger has such a visit in its present turn: the usual is asked of each line, the rest listed."""
    found = KINDS[kind]()
    way = "visit__" if found.model is Answer else ""
    if kind in USUAL:
        return Exists(found.filter(**{f"{way}matter": OuterRef("matter"), f"{way}turn": OuterRef("turn")}))
    now = found.filter(**{f"{way}turn": F(f"{way}matter__turn")})
    return Q(matter__in=now.order_by().values(f"{way}matter"))


def shares(matters: Iterable[Matter]) -> dict[int, Share]:
    """Matter → how its visits of this turn stand, in one query that opens nobody's name."""
    known = {matter.pk: matter.appeal.round.rules for matter in matters}
    told: dict[int, list[tuple[Outcome, str]]] = {pk: [] for pk in known}
    for one in Visit.objects.filter(matter__in=known).of_this_turn().standings():
        told[one.matter].append((one.outcome, one.scale))
    return {pk: share(visits_told, known[pk]) for pk, visits_told in told.items()}
