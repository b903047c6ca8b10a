"""交办: a matter given to a unit, with the objections and extensions that follow."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from mianduimian.ledger.rules import Order, SettleRule, reply_due
from mianduimian.people.models import Person, Unit
from mianduimian.workdays import Calendar


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def with_units(self) -> Self:
        """With lead and assisting units at hand, oldest first."""
        rows = ("assists", "extensions", "contacts", "finishes__unit")
        return self.select_related("lead__region").prefetch_related(*rows).order_by("pk")

    def held_by(self, units: Sequence[Unit]) -> Self:
        """Assignments which one of these units leads or assists."""
        helped = Assignment.assists.through.objects.filter(unit__in=units).values("assignment")
        return self.filter(Q(lead__in=units) | Q(pk__in=helped)).order_by()

    def matters_held_by(self, units: Sequence[Unit]) -> "models.QuerySet[Assignment, dict[str, int]]":
        """The matters which one of these units leads or assists now, as two lists in one, each found by its own index."""
        led = self.current().filter(lead__in=units)
        return led.order_by().values("matter").union(self.assisted_by(units).values("matter"), all=True)

    def assisted_by(self, units: Sequence[Unit]) -> Self:
        """Assignments in force which one of these units assists."""
        helped = Assignment.assists.through.objects.filter(unit__in=units).values("assignment")
        return self.current().filter(pk__in=helped).order_by()

    def current(self) -> Self:
        """Assignments in force."""
        return self.filter(ended_on=None)

    def provisional(self) -> Self:
        """Assignments in force whose days reach beyond the years that were known."""
        return self.current().filter(provisional=True)


class Assignment(models.Model):
    """交办: giving a matter to a unit, which as the first receiver is responsible to the end (首接责任制)."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="assignments")
    turn = models.PositiveSmallIntegerField("轮次")
    number = models.CharField("文号", max_length=40, unique=True)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    assists = models.ManyToManyField(Unit, related_name="+", verbose_name="配合单位", blank=True)
    requirement = models.TextField("要求")
    rule = models.CharField("办结规则", max_length=8, choices=SettleRule.choices, default=SettleRule.LEAD)
    designated = models.BooleanField("指定承办", default=False)
    overseer = models.CharField("分管领导", max_length=40, blank=True)
    leader = models.CharField("责任领导", max_length=40, blank=True)
    responsible = models.CharField("责任人", max_length=40, blank=True)
    on = models.DateField("交办日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    accept_due_on = models.DateField("签收截止", null=True)
    contact_due_on = models.DateField("联系群众截止", null=True)
    reply_due_on = models.DateField("书面反馈截止", db_index=True)
    provisional = models.BooleanField("暂定", default=False)
    accepted_on = models.DateField("签收日期", null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replied_on = models.DateField("反馈日期", null=True)
    ended_on = models.DateField("终止日期", null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["lead", "matter"], condition=Q(ended_on=None), name="assignment_in_force")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter"], condition=Q(ended_on=None), name="one_responsible_unit_at_a_time"),
            models.CheckConstraint(
                condition=Q(accepted_by=None, accepted_on=None) | Q(accepted_by__isnull=False, accepted_on__isnull=False),
                name="assignment_accepted_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def assist_words(self) -> str:
        """The assisting units in one line."""
        return "、".join(unit.short for unit in self.assists.all())

    @property
    def rule_word(self) -> str:
        """Whose word settles it, in the reader's language."""
        return SettleRule.word_of(self.rule)

    def is_moved(self, known: Calendar) -> bool:
        """Whether its reply is due on another day by the calendar as it is known now."""
        due = reply_due(self.on, self.matter.appeal.round.rules, known)
        return (due.on, due.provisional) != (self.reply_due_on, self.provisional)

    @property
    def order(self) -> Order:
        """What this assignment orders, so that the next one may order the same."""
        assists = tuple(unit.key for unit in self.assists.all())
        return Order(self.lead.key, assists, self.requirement, self.rule, overseer=self.overseer)

    @property
    def done_by(self) -> dict[str, bool]:
        """The assisting units by name, and whether each has reported that its part is done."""
        done = {finish.unit_id for finish in self.finishes.all()}
        return {unit.short: unit.pk in done for unit in self.assists.all()}

    @property
    def waiting(self) -> "Extension | None":
        """The extension asked for and not yet decided."""
        return next((extension for extension in self.extensions.all() if extension.granted is None), None)


def to_recount(known: Calendar) -> list[int]:
    """The matters whose provisional day is another one by the calendar as it is known now."""
    waiting = Assignment.objects.provisional().select_related("matter__appeal__round")
    return [one.matter_id for one in waiting if one.is_moved(known)]


class Objection(models.Model):
    """异议: a unit says the matter is not its own, once, in time, with reasons; the task force decides."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="objection")
    reason = models.TextField("理由")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    upheld = models.BooleanField("是否采纳", null=True)
    why = models.TextField("裁定理由", blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(upheld=None, decided_on=None, decided_by=None)
                | Q(upheld__isnull=False, decided_on__isnull=False, decided_by__isnull=False),
                name="objection_decided_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:40]


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def waiting(self) -> Self:
        """Asked for and not yet decided."""
        return self.filter(granted=None)

    def granted_late(self) -> Self:
        """Granted after the earlier day had passed."""
        return self.filter(granted=True, decided_on__gt=F("was_due_on"))


class Extension(models.Model):
    """延期: asked before expiry with a reason and a new date; granted or declined."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="extensions")
    was_due_on = models.DateField("原时限")
    new_due_on = models.DateField("新时限")
    reason = models.TextField("理由")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted = models.BooleanField("是否同意", null=True)
    why = models.TextField("审批意见", blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(granted=None), name="one_extension_asked_at_a_time"),
            models.CheckConstraint(condition=Q(new_due_on__gt=F("was_due_on")), name="extension_is_later"),
            models.CheckConstraint(
                condition=Q(granted=None, decided_on=None, decided_by=None)
                | Q(granted__isnull=False, decided_on__isnull=False, decided_by__isnull=False),
                name="extension_decided_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was_due_on} → {self.new_due_on}"
