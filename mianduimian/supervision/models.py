"""督办: reminders, notices, instructions, inspections, press, circulars and accountability."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.supervision.rules import Account, Stage


class Reminder(models.Model):
    """催办: told once per assignment, stage and deadline."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=10, choices=Stage.choices)
    due_on = models.DateField("书面反馈截止")
    on = models.DateField("催办日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["assignment", "stage", "due_on"], name="reminded_once_a_stage")]

    def __str__(self) -> str:
        return f"{self.assignment} {Stage.word_of(self.stage)}"


class Notice(models.Model):
    """督办单: to the responsible unit (and those assisting), with number, demand and deadline; answered in writing."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    number = models.CharField("文号", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    copies = models.ManyToManyField(Unit, related_name="+", verbose_name="抄送", blank=True)
    failing = models.TextField("未完成情况")
    demand = models.TextField("要求")
    due_on = models.DateField("限期")
    on = models.DateField("印发日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.TextField("整改回复", blank=True)
    answered_on = models.DateField("回复日期", null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

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


class Instruction(models.Model):
    """批示: a leader's word on a matter, with its own deadline, until the unit reports back."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    text = models.TextField("批示")
    due_on = models.DateField("报告时限")
    on = models.DateField("批示日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    report = models.TextField("落实情况", blank=True)
    reported_on = models.DateField("报告日期", null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("on")), name="instruction_due_after_it_is_given")
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Inspection(models.Model):
    """督查: somebody went and looked."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    place = models.CharField("地点", max_length=120)
    finding = models.TextField("督查情况")
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.finding[:40]


class PressItem(models.Model):
    """媒体跟踪报道: what a paper or station said of a matter."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    outlet = models.CharField("媒体", max_length=60)
    title = models.CharField("标题", max_length=120)
    link = models.URLField("链接", blank=True)
    published_on = models.DateField("刊播日期")
    after = models.TextField("报道之后", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Accountability(models.Model):
    """问责: an accountability record with its ground and decision."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("方式", max_length=10, choices=Account.choices)
    ground = models.TextField("事由")
    decision = models.TextField("决定")
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.unit} {Account.word_of(self.kind)}"


class Circular(models.Model):
    """通报: figures per unit of a period, kept as issued."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.CharField("文号", max_length=40, unique=True)
    begins_on = models.DateField("期间起")
    ends_on = models.DateField("期间止")
    figures = models.JSONField("分单位数据")
    text = models.TextField("下一步要求", blank=True)
    on = models.DateField("印发日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="circular_period_runs_forward")
        ]

    def __str__(self) -> str:
        return self.number
