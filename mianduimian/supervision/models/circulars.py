"""通报: the figures of a period, kept as issued, and what they are counted from."""

from dataclasses import asdict
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from mianduimian.ledger.models import Assignment, Matter, Reply, Settlement
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.supervision.models.reminders import Reminder
from mianduimian.supervision.models.watching import DONE
from mianduimian.supervision.rules import DEFINITIONS, Held, Kin, Stage, check_period, examples, figures, silent, total
from mianduimian.workdays import Calendar, calendar


class CircularQuerySet(models.QuerySet["Circular"]):
    def seen_by(self, person: Person) -> Self:
        """Circulars of the person's regions, and of rounds in which their units handle something."""
        handles = Assignment.objects.filter(
            Q(lead__in=person.units) | Q(assists__in=person.units), matter__appeal__round=OuterRef("round")
        )
        return self.filter(Q(round__in=Round.objects.seen_by(person)) | Exists(handles))


class Circular(models.Model):
    """通报: figures per unit of a period, kept as issued."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.CharField("文号", max_length=40, unique=True)
    begins_on = models.DateField("期间起")
    ends_on = models.DateField("期间止")
    figures = models.JSONField("分单位数据")
    good = models.TextField("好的做法", blank=True)
    bad = models.TextField("存在问题", blank=True)
    text = models.TextField("下一步要求", blank=True)
    on = models.DateField("印发日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = CircularQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="circular_period_runs_forward")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The lines, like beside like."""
        lines = self.figures["units"]
        groups = [(kin.word, [line for line in lines if line["kin"] == kin]) for kin in Kin]
        return [(word, mine) for word, mine in groups if mine]


def held_in(round: Round, on: date) -> list[Held]:
    """Every assignment of a round as a circular counts it, with the lights of the day it is issued."""
    assignments = list(
        Assignment.objects.filter(matter__appeal__round=round).select_related("lead", "matter__appeal").order_by("matter", "pk")
    )
    first: dict[int, Reply] = {}
    for written in Reply.objects.filter(matter__appeal__round=round).order_by("pk"):
        first.setdefault(written.assignment_id, written)
    settled = {(s.matter_id, s.turn): s.on for s in Settlement.objects.filter(matter__appeal__round=round)}
    lights = {matter.pk: matter.light(on) for matter in Matter.objects.of(round).exclude(state__in=DONE).lines()}
    last = {(one.matter_id, one.turn): one.pk for one in assignments}
    begun = {(one.matter_id, one.turn): one.on for one in reversed(assignments)}
    held = []
    for one in assignments:
        reply, closes_turn = first.get(one.pk), last[one.matter_id, one.turn] == one.pk
        held.append(
            Held(
                unit=one.lead.short,
                kind=one.lead.kind,
                on=one.on,
                due_on=one.reply_due_on,
                ended_on=one.ended_on,
                replied_on=reply.on if reply else None,
                late=bool(reply and reply.late),
                settled_on=settled.get((one.matter_id, one.turn)) if closes_turn else None,
                sent_back_on=begun.get((one.matter_id, one.turn + 1)) if closes_turn else None,
                light=lights.get(one.matter_id, "") if one.ended_on is None else "",
                number=one.matter.number,
                title=one.matter.appeal.title,
            )
        )
    return held


def drafted(round: Round, begins: date, ends: date, on: date, calendar: Calendar) -> dict[str, Any]:
    """What a circular of a period says in figures, as far as they are known on a day: nothing in it is typed."""
    held = held_in(round, on)
    units = figures(held, begins, ends, round.rules)
    good, bad = examples(held, begins, ends)
    named = [
        {
            "number": one.assignment.matter.number,
            "title": one.assignment.matter.appeal.title,
            "unit": one.assignment.lead.short,
            "due_on": one.due_on.isoformat(),
            "urged_on": one.on.isoformat(),
        }
        for one in silent_in(round, on, calendar)
    ]
    return {
        "units": units,
        "total": total(units),
        "named": named,
        "good": [asdict(one) for one in good],
        "bad": [asdict(one) for one in bad],
        "definitions": [list(pair) for pair in DEFINITIONS],
        "rank_from": round.rules.figures["rank_from"],
        "silence": round.rules.reminder["silence"],
    }


def propose(round: Round, begins_on: date, ends_on: date, on: date) -> Circular:
    """A circular as it would be issued on a day; not kept."""
    check_period(begins_on, ends_on, on)
    figures = drafted(round, begins_on, ends_on, on, calendar(settings.CALENDARS))
    return Circular(round=round, number="", begins_on=begins_on, ends_on=ends_on, figures=figures, on=on)


def silent_in(round: Round, on: date, calendar: Calendar) -> list[Reminder]:
    """点名: reminders of overdue replies which nobody has answered for the rulebook's working days, the oldest first."""
    urged = Reminder.objects.filter(
        assignment__matter__appeal__round=round, assignment__ended_on=None, instruction=None, stage=Stage.OVERDUE
    )
    rows = urged.filter(due_on=F("assignment__reply_due_on")).select_related("assignment__lead", "assignment__matter__appeal")
    return [one for one in rows.order_by("pk") if silent(one.on, one.assignment.replied_on, on, round.rules, calendar)]
