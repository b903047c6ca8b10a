"""台账: what a filter finds, with the lights, and the sums that agree with it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from mianduimian.ledger.models import AGREED, Assignment, Matter
from mianduimian.ledger.models.matters import MatterQuerySet
from mianduimian.ledger.rules import State, duty
from mianduimian.lookback.models import Visit, VisitQuerySet
from mianduimian.lookback.rules import satisfied
from mianduimian.people.models import Person, Region
from mianduimian.supervision.models import Accountability
from mianduimian.taskforce.models import Measure

# 到了哪一步: the states in which a matter has come at least so far.
REACHED: dict[str, list[State]] = {
    "assigned": [state for state in State if state != State.OPEN],
    "accepted": [state for state in State if state not in (State.OPEN, State.ASSIGNED)],
    "replied": [State.REPLIED, State.STAGED, *AGREED],
    "settled": AGREED,
    "closed": [State.CLOSED],
}


def search(person: Person, wanted: dict[str, Any], on: date) -> MatterQuerySet:
    """The matters this person sees that answer the filter, as far as the database can tell."""
    found = Matter.objects.seen_by(person)
    for name, value in wanted.items():
        if value and name in ASKED:
            found = ASKED[name](found, value, on)
    return found


def _by_region(found: MatterQuerySet, region: Region, on: date) -> MatterQuerySet:
    return found.filter(appeal__region__in=Region.objects.under(region))


def _by_category(found: MatterQuerySet, key: str, on: date) -> MatterQuerySet:
    return found.filter(Q(appeal__category=key) | Q(appeal__category__startswith=f"{key}."))


def _by_week(found: MatterQuerySet, day: date, on: date) -> MatterQuerySet:
    """Matters with a node in the week that begins on this day: a reply due, a milestone, the solution's date."""
    span = (day, day + timedelta(6))
    replies = Assignment.objects.current().filter(reply_due_on__range=span).values("matter")
    steps = Measure.objects.in_force().filter(milestones__due_on__range=span).values("appeal")
    return found.filter(Q(pk__in=replies) | Q(appeal__in=steps) | Q(solve_by__range=span))


def _by_visit(found: MatterQuerySet, kind: str, on: date) -> MatterQuerySet:
    """Matters with such a visit in their present turn."""
    mine = Visit.objects.filter(matter__in=found.order_by().values("pk")).of_this_turn()
    return found.filter(pk__in={visit.matter_id for visit in VISITS[kind](mine)})


def _unsatisfied(visits: VisitQuerySet) -> list[Visit]:
    """Visits whose answer does not count as satisfied, by the rulebook of their round."""
    return [visit for visit in visits.reached().with_rows() if not satisfied(visit.scale, visit.matter.appeal.round.rules)]


VISITS: dict[str, Callable[[VisitQuerySet], Iterable[Visit]]] = {
    "any": lambda visits: visits,
    "reached": lambda visits: visits.reached(),
    "waiting": lambda visits: visits.waiting(),
    "unreached": lambda visits: visits.unreached(),
    "unsatisfied": _unsatisfied,
}
ASKED = {
    "round": lambda found, round, on: found.of(round),
    "unit": lambda found, unit, on: found.led_in(unit),
    "region": _by_region,
    "category": _by_category,
    "state": lambda found, state, on: found.filter(state=state),
    "reached": lambda found, step, on: found.filter(state__in=REACHED[step]),
    "overdue": lambda found, yes, on: found.overdue(on),
    "again": lambda found, yes, on: found.filter(turn__gt=1),
    "week": _by_week,
    "visit": _by_visit,
    "words": lambda found, words, on: found.matching(words),
}


def lit(found: MatterQuerySet) -> list[Matter]:
    """The matters with just what their lights need, in a fixed number of queries."""
    rows = [
        Prefetch("assignments", Assignment.objects.current().select_related("lead"), to_attr="all_assignments"),
        Prefetch("passed", to_attr="all_passed"),
        Prefetch("settlements", to_attr="all_settlements"),
    ]
    matters = list(found.select_related("appeal__round").prefetch_related(*rows).order_by("pk"))
    steps: dict[int, list[Measure]] = {}
    measures = Measure.objects.in_force().filter(appeal__in=found.order_by().values("appeal"))
    for measure in measures.prefetch_related("milestones"):
        steps.setdefault(measure.appeal_id, []).append(measure)
    for matter in matters:
        matter.all_measures = steps.get(matter.appeal_id, [])
    return matters


def accountable(found: MatterQuerySet) -> set[int]:
    """Matters for which somebody was called to account."""
    return set(Accountability.objects.filter(matter__in=found.order_by().values("pk")).values_list("matter", flat=True))


@dataclass
class Seen:
    """What a filter shows: the keys in order, and the sums that agree with it."""

    keys: list[int] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    lights: Counter[str] = field(default_factory=Counter)
    duties: Counter[str] = field(default_factory=Counter)
    blamed: set[int] = field(default_factory=set)

    @property
    def total(self) -> int:
        """How many matters there are."""
        return len(self.keys)

    def after(self, key: int, size: int) -> tuple[list[int], int | None]:
        """The next page behind a key, and the key behind which the page after it begins."""
        rest = [one for one in self.keys if one > key][: size + 1]
        return rest[:size], rest[size - 1] if len(rest) > size else None


def look(person: Person, wanted: dict[str, Any], on: date) -> Seen:
    """Everything the filter finds: lights and duties are computed for every line, then counted."""
    found = search(person, wanted, on)
    seen = Seen(blamed=accountable(found))
    for matter in lit(found):
        shines, owes = matter.light(on).value, duty(matter.state, matter.pk in seen.blamed).value
        if wanted.get("light", "") not in ("", shines) or wanted.get("duty", "") not in ("", owes):
            continue
        seen.keys.append(matter.pk)
        seen.states[matter.state] += 1
        seen.lights[shines] += 1
        seen.duties[owes] += 1
    return seen
