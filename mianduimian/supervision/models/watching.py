"""盯办: what is late, yellow, red or long-standing on a day, and who has taken charge of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q

from mianduimian.ledger.models import IN_HAND, Extension, Glance, Matter
from mianduimian.ledger.rules import Light, State
from mianduimian.people.models import Person
from mianduimian.supervision.models.notices import Notice
from mianduimian.supervision.models.reminders import Reminder
from mianduimian.supervision.rules import Lasting, Reason, lasting
from mianduimian.workdays import Calendar

DONE = [State.SETTLED, State.CLOSING, State.CLOSED]
OUT = [State.OPEN, *DONE]


class ChargeQuerySet(models.QuerySet["Charge"]):
    def current(self) -> Self:
        """Who is in charge now."""
        return self.filter(ended_on=None)


class Charge(models.Model):
    """包案: who sees to it that a long-standing or hard matter is solved, since when, until when."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="包案人")
    on = models.DateField("起")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_on = models.DateField("止", null=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter"], condition=Q(ended_on=None), name="one_in_charge_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}"


@dataclass(frozen=True)
class Watched:
    """盯办: a matter not yet settled, as supervision sees it on a day."""

    matter: Matter
    light: Light
    behind: int
    urged: int
    notices: int
    reasons: list[Reason] = field(default_factory=list)
    owner: Person | None = None

    @property
    def urgent(self) -> bool:
        """Whether its written reply is overdue or its light is not green."""
        return self.behind > 0 or self.light != Light.GREEN


def shining(person: Person, on: date) -> models.QuerySet[Glance]:
    """Matters the person sees that are not settled and whose light is yellow or red on a day."""
    return Glance.objects.seen_by(person).exclude(state__in=OUT).filter(yellow_from__lte=on)


def watched(person: Person, on: date, calendar: Calendar) -> list[Watched]:
    """Every matter the person sees that is behind or not green: the red first, then those longest behind."""
    seen = Glance.objects.seen_by(person).exclude(state__in=OUT)
    late = seen.filter(Q(yellow_from__lte=on) | Q(state__in=IN_HAND, reply_due_on__lt=on))
    return _sorted(_watched(late.values("matter"), on, calendar))


def lasting_ones(person: Person, on: date, calendar: Calendar) -> list[Watched]:
    """长期反映、解决难度大: found from the data, with reasons and owner; the most reasons first."""
    seen = Glance.objects.seen_by(person).exclude(state__in=OUT)
    noticed = Notice.objects.order_by().values("matter").annotate(n=Count("pk")).values("matter")
    extended = Extension.objects.filter(granted=True).values("assignment__matter")
    hard = Q(matter__in=noticed) | Q(matter__in=extended) | Q(yellow_from__lte=on)
    known = _watched(seen.filter(Q(turn__gt=1) | Q(opened_on__lt=on) | hard).values("matter"), on, calendar)
    return sorted((one for one in known if one.reasons), key=lambda one: (-len(one.reasons), one.matter.pk))


def _watched(keys: models.QuerySet, on: date, calendar: Calendar) -> list[Watched]:
    matters = Matter.objects.filter(pk__in=keys).lines()
    found = [matter.pk for matter in matters]
    urged = _counted(Reminder.objects.filter(assignment__ended_on=None, assignment__matter__in=found), "assignment__matter")
    noticed = _counted(Notice.objects.filter(matter__in=found), "matter")
    extended = _counted(Extension.objects.filter(granted=True, assignment__matter__in=found), "assignment__matter")
    owners = {one.matter_id: one.owner for one in Charge.objects.current().filter(matter__in=found).select_related("owner")}
    watched = []
    for matter in matters:
        due = matter.assignment.reply_due_on if matter.assignment and matter.state in IN_HAND else on
        light, notices = matter.light(on), noticed.get(matter.pk, 0)
        facts = Lasting(matter.turn, matter.opened_on, notices, extended.get(matter.pk, 0), matter.voices, light)
        reasons = lasting(facts, on, matter.appeal.round.rules)
        behind = max(calendar.between(due, on), 0)
        told = (urged.get(matter.pk, 0), notices, reasons, owners.get(matter.pk))
        watched.append(Watched(matter, light, behind, *told))
    return watched


def _counted(rows: models.QuerySet, of: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(of).annotate(times=Count("pk")))


def _sorted(found: Iterable[Watched]) -> list[Watched]:
    order = [Light.RED, Light.YELLOW, Light.GREEN]
    return sorted(found, key=lambda one: (order.index(one.light), -one.behind, one.matter.pk))
