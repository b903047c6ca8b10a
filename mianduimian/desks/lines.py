"""台账: what a filter finds, and the sums that agree with it, asked of the glances in a fixed number of queries."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, Sum, Value
from django.db.models.functions import StrIndex

from mianduimian.desks.visits import visited
from mianduimian.ledger.models import AGREED, IN_HAND, Assignment, Glance, GlanceQuerySet, Matter, Passed
from mianduimian.ledger.models.matters import MatterQuerySet
from mianduimian.ledger.rules import Duty, Light, State, duty
from mianduimian.outcomes.models import ProblemClass
from mianduimian.people.models import Person, Region, Unit
from mianduimian.supervision.models import Accountability
from mianduimian.taskforce.models import Measure, Milestone

# 到了哪一步: the states in which a matter has come at least so far.
REACHED: dict[str, list[State]] = {
    "assigned": [state for state in State if state != State.OPEN],
    "accepted": [state for state in State if state not in (State.OPEN, State.ASSIGNED)],
    "replied": [State.REPLIED, State.STAGED, *AGREED],
    "settled": AGREED,
    "closed": [State.CLOSED],
}
MANY = 10_000  # lines: a page of so many is soon full, in whatever way it is walked through
# 日期栏: the days of a line by which it can be filtered.
DAYS = ("opened_on", "assigned_on", "reply_due_on", "replied_on", "solve_by", "moved_on", "settled_on", "closed_on")


def search(person: Person, wanted: dict[str, Any], on: date, *, walking: bool = False) -> GlanceQuerySet:
    """The lines this person sees that answer the filter; `walking`: for a page of so many that it is soon full."""
    found = _in_days(Glance.objects.seen_by(person), wanted)
    for name, value in wanted.items():
        if value not in (None, "", False) and name in ASKED:
            found = ASKED[name](found, value, on)
    words = wanted.get("words", "")
    return found.saying(words, wanted.get("where", ""), walking=walking) if words else found


def _in_days(found: GlanceQuerySet, wanted: dict[str, Any]) -> GlanceQuerySet:
    """One of the days of a line, from a day to a day."""
    name = wanted.get("day") or "reply_due_on"
    span = {f"{name}__gte": wanted.get("since"), f"{name}__lte": wanted.get("until")}
    return found.filter(**{key: day for key, day in span.items() if day}) if name in DAYS else found


def _by_category(found: GlanceQuerySet, key: str, on: date) -> GlanceQuerySet:
    return found.filter(Q(category=key) | Q(category__startswith=f"{key}."))


def _by_week(found: GlanceQuerySet, day: date, on: date) -> GlanceQuerySet:
    """Lines with a node in the week that begins on this day: a reply due, a milestone, the solution's date."""
    span = (day, day + timedelta(6))
    due = Milestone.objects.filter(due_on__range=span).order_by().values("measure")
    steps = Measure.objects.in_force().filter(pk__in=due).order_by().values("appeal")
    keys = Matter.objects.filter(appeal__in=steps).order_by().values_list("pk", flat=True)
    mine = Glance.objects.among(keys).order_by().values("pk")
    return found.filter(Q(reply_due_on__range=span) | Q(solve_by__range=span) | Q(pk__in=mine))


def _assisted(found: GlanceQuerySet, unit: Unit, on: date) -> GlanceQuerySet:
    return found.filter(matter__in=Assignment.objects.current().filter(assists=unit).order_by().values("matter"))


def _by_duty(found: GlanceQuerySet, key: str, on: date) -> GlanceQuerySet:
    blamed = Q(matter__in=Accountability.objects.standing().order_by().values("matter"))
    if key == Duty.ACCOUNT:
        return found.filter(blamed)
    return found.filter(~blamed, state__in=[state for state in State if duty(state) == key])


def _by_root(found: GlanceQuerySet, words: str, on: date) -> GlanceQuerySet:
    known = ProblemClass.objects.filter(Q(root__icontains=words) | Q(name__icontains=words))
    return found.filter(matter__appeal__in=known.order_by().values("appeals"))


def _by_person(found: GlanceQuerySet, name: str, on: date) -> GlanceQuerySet:
    """Lines whose people bear this name, read in one go; only for letters capitals are put aside, which takes its time."""
    named = Glance.objects.order_by().alias(said=StrIndex("people", Value(name)))
    named = named.filter(said__gt=0) if name == name.swapcase() else named.filter(people__icontains=name)
    return found.filter(pk__in=named.values("pk"))


Filter = Callable[[GlanceQuerySet, Any, date], GlanceQuerySet]
ASKED: dict[str, Filter] = {
    "round": lambda found, round, on: found.filter(round=round),
    "unit": lambda found, unit, on: found.filter(lead=unit),
    "first": lambda found, unit, on: found.filter(first=unit),
    "assist": _assisted,
    "region": lambda found, region, on: found.filter(region__in=Region.objects.under(region)),
    "category": _by_category,
    "channel": lambda found, channel, on: found.filter(channels__contains=f" {channel} "),
    "voices": lambda found, least, on: found.filter(voices__gte=least),
    "person": _by_person,
    "state": lambda found, state, on: found.filter(state=state),
    "reached": lambda found, step, on: found.filter(state__in=REACHED[step]),
    "light": lambda found, light, on: found.shining(light, on),
    "duty": _by_duty,
    "overdue": lambda found, yes, on: found.overdue(on),
    "again": lambda found, yes, on: found.filter(turn__gt=1),
    "turn": lambda found, turn, on: found.filter(turn=turn),
    "solved": lambda found, said, on: found.filter(solved={"yes": True, "no": False}.get(said)),
    "week": _by_week,
    "visit": lambda found, kind, on: visited(found, kind),
    "root": _by_root,
}


def lit(found: MatterQuerySet) -> list[Matter]:
    """The matters with just what their lights need, in a fixed number of queries."""
    rows = [
        Prefetch("assignments", Assignment.objects.current().select_related("lead"), to_attr="all_assignments"),
        Prefetch("passed", Passed.objects.select_related("milestone"), to_attr="all_passed"),
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
    standing = Accountability.objects.standing().filter(matter__in=found.order_by().values("pk"))
    return set(standing.values_list("matter", flat=True))


@dataclass
class Seen:
    """What a filter shows: its lines, the newest round first, and the sums that agree with them."""

    found: GlanceQuerySet
    walked: Callable[[], GlanceQuerySet]
    total: int = 0
    voices: int = 0
    overdue: int = 0
    states: Counter[str] = field(default_factory=Counter)
    lights: Counter[str] = field(default_factory=Counter)
    duties: Counter[str] = field(default_factory=Counter)

    @property
    def keys(self) -> list[int]:
        """The matters of all lines, in order."""
        return list(self.found.order_by("place").values_list("pk", flat=True))

    def add(self, row: dict[str, Any]) -> None:
        """Count the lines of one state."""
        self.total += row["n"]
        self.voices += row["said"]
        self.overdue += row["late"]
        self.states[row["state"]] += row["n"]
        shining = {Light.GREEN: row["n"] - row["bright"], Light.YELLOW: row["bright"] - row["red"], Light.RED: row["red"]}
        self.lights.update({light.value: n for light, n in shining.items()})
        self.duties.update({duty(row["state"]).value: row["n"] - row["called"], Duty.ACCOUNT.value: row["called"]})

    def after(self, place: int, size: int) -> tuple[list[int], int | None]:
        """The matters of the next page behind a place, and the place behind which the page after it begins."""
        if not self.total:
            return [], None
        found = self.walked() if self.total > MANY else self.found
        rest = list(found.filter(place__gt=place).order_by("place").values_list("pk", "place")[: size + 1])
        return [pk for pk, _place in rest[:size]], rest[size - 1][1] if len(rest) > size else None


def look(person: Person, wanted: dict[str, Any], on: date) -> Seen:
    """Everything the filter finds, counted state by state in one go: red is counted among those no longer green."""
    seen = Seen(search(person, wanted, on), lambda: search(person, wanted, on, walking=True))
    called = Q(matter__in=Accountability.objects.standing().order_by().values("matter"))
    sums = (
        seen.found.order_by()
        .values("state")
        .annotate(
            n=Count("*"),
            said=Sum("voices"),
            red=Count("pk", filter=Q(red_from__lte=on)),
            bright=Count("pk", filter=Q(yellow_from__lte=on)),
            late=Count("pk", filter=Q(state__in=IN_HAND, reply_due_on__lt=on)),
            called=Count("pk", filter=called),
        )
    )
    for row in sums:
        seen.add({**row})
    return seen
