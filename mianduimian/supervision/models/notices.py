"""督办单: drafted where a light calls for it, issued by a person, answered by the unit."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.supervision.rules import Rung, Sent, rung_of


class NoticeQuerySet(models.QuerySet["Notice"]):
    def seen_by(self, person: Person) -> Self:
        """Notices of the person's regions, and those to their units."""
        office = Q(matter__appeal__round__in=Round.objects.seen_by(person))
        assisting = Notice.assists.through.objects.filter(unit__in=person.units).values("notice")
        return self.filter(office | Q(unit__in=person.units) | Q(pk__in=assisting))

    def to(self, person: Person) -> Self:
        """Notices which one of the person's units must answer."""
        return self.filter(unit__in=person.units)

    def waiting(self) -> Self:
        """Notices nobody has answered yet."""
        return self.filter(answered_on=None)

    def overdue(self, on: date) -> Self:
        """Unanswered and past their day."""
        return self.waiting().filter(due_on__lt=on)


class Notice(models.Model):
    """督办单: to the responsible unit and those assisting, copied to the leaders, with number, step, demand and deadline."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次", default=1)
    number = models.CharField("文号", max_length=40, unique=True)
    rung = models.CharField("级别", max_length=12, blank=True)
    since = models.DateField("节点到期日", null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    assists = models.ManyToManyField(Unit, related_name="+", verbose_name="配合单位", blank=True)
    leaders = models.CharField("抄送领导", max_length=200, blank=True)
    failing = models.TextField("未完成情况")
    demand = models.TextField("要求")
    due_on = models.DateField("限期")
    provisional = models.BooleanField("暂定", default=False)
    on = models.DateField("印发日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.TextField("整改回复", blank=True)
    answered_on = models.DateField("回复日期", null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_on=None) | Q(answered_by__isnull=False, answered_on__isnull=False),
                name="notice_answered_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def assist_words(self) -> str:
        """The assisting units in one line."""
        return "、".join(unit.short for unit in self.assists.all())

    @property
    def step(self) -> Rung:
        """Its step, as the round's rulebook has it."""
        return rung_of(self.matter.appeal.round.rules, self.rung)

    @property
    def sent(self) -> Sent:
        """What counts of it for the next step."""
        return Sent(self.rung, self.due_on, self.since)

    @property
    def late(self) -> bool:
        """Whether it was answered past its day."""
        return self.answered_on is not None and self.answered_on > self.due_on


class DraftQuerySet(models.QuerySet["Draft"]):
    def seen_by(self, person: Person) -> Self:
        """Drafts of the regions in which the person's posts reach."""
        return self.filter(matter__appeal__round__in=Round.objects.seen_by(person))

    def waiting(self) -> Self:
        """Drafts neither issued, dropped nor lapsed."""
        return self.filter(ended_on=None)


class Draft(models.Model):
    """拟稿: the notice that a light calls for, drafted by the clock; a person issues it or says why not."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    rung = models.CharField("级别", max_length=12)
    light = models.CharField("灯", max_length=8)
    since = models.DateField("节点到期日")
    failing = models.TextField("未完成情况")
    on = models.DateField("拟稿日期")
    ended_on = models.DateField("处理日期", null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    notice = models.OneToOneField(Notice, models.PROTECT, null=True, related_name="draft")
    why = models.CharField("不发的理由", max_length=200, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "turn", "rung", "since"], name="drafted_once_a_step_and_node"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None, notice=None, why="")
                | Q(ended_on__isnull=False, ended_by__isnull=False)
                & (Q(notice__isnull=False, why="") | Q(notice=None) & ~Q(why="")),
                name="draft_issued_or_dropped_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.failing[:40]

    @property
    def step(self) -> Rung:
        """Its step, as the round's rulebook has it."""
        return rung_of(self.matter.appeal.round.rules, self.rung)
