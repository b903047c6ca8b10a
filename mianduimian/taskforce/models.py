"""5+N 专班: its members, the work plan with measures, and their milestones."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from mianduimian.meeting.models import Opinion, unheard
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.taskforce.rules import MemberKind, Needed, Step, Work, propose
from mianduimian.triage.models import Appeal


class MemberQuerySet(models.QuerySet["Member"]):
    def of(self, round: Round) -> Self:
        """The task force of a round."""
        return self.filter(round=round).select_related("unit")


class Member(models.Model):
    """专班成员: a unit in the task force of a round, and why."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("成员类别", max_length=12, choices=MemberKind.choices)
    reason = models.CharField("理由", max_length=200, blank=True)
    contact = models.CharField("联络员", max_length=40, blank=True)
    since = models.DateField("加入日期")

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-kind", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "unit"], name="unit_in_the_task_force_once")]

    def __str__(self) -> str:
        return f"{self.unit}"

    @property
    def kind_word(self) -> str:
        """Whether the office is standing or came with the focus."""
        return MemberKind.word_of(self.kind)


def needed(round: Round) -> list[Needed]:
    """The N units proposed: from the opinions in force, and where there is none yet from the appeal's suggested unit."""
    opinions = Opinion.objects.in_force().of(round)
    leads = [*opinions.values_list("lead", flat=True), *_suggested(round)]
    assists = Opinion.assists.through.objects.filter(opinion__in=opinions).values_list("unit", flat=True)
    return propose(leads, assists)


def _suggested(round: Round) -> list[int]:
    return [unit for unit in unheard(round).order_by().values_list("unit", flat=True) if unit]


class PlanQuerySet(models.QuerySet["Plan"]):
    def of(self, round: Round) -> Self:
        """The versions of a round's plan, newest first."""
        return self.filter(round=round)

    def seen_by(self, person: Person) -> Self:
        """Plans of the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def issued(self) -> Self:
        """Versions that were issued; the newest of them is in force."""
        return self.filter(issued_on__isnull=False)


class Plan(models.Model):
    """工作方案: one version of the round's work plan; a new version replaces it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField("版次")
    basis = models.TextField("依据")
    goal = models.TextField("目标")
    drafted_on = models.DateField("起草日期")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_on = models.DateField("印发日期", null=True)
    number = models.CharField("文号", max_length=40, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "version"], name="plan_version_once"),
            models.CheckConstraint(
                condition=Q(issued_on=None, number="") | Q(issued_on__isnull=False) & ~Q(number=""),
                name="plan_issued_with_a_number",
            ),
            models.UniqueConstraint(fields=["round"], condition=Q(issued_on=None), name="plan_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round.focus} 工作方案 第{self.version}版"


class MeasureQuerySet(models.QuerySet["Measure"]):
    def in_force(self) -> Self:
        """Measures of the newest issued version of each round's plan."""
        newer = Plan.objects.filter(
            round=models.OuterRef("plan__round"), issued_on__isnull=False, version__gt=models.OuterRef("plan__version")
        )
        return self.filter(~models.Exists(newer), plan__issued_on__isnull=False)

    def seen_by(self, person: Person) -> Self:
        """Measures of the plans of rounds the person sees."""
        return self.filter(plan__round__in=Round.objects.seen_by(person))

    def saying(self, words: str) -> Self:
        """Measures whose text or appeal has these words."""
        return self.filter(Q(text__icontains=words) | Q(appeal__title__icontains=words))

    def with_rows(self) -> Self:
        """Each with its appeal, units and milestones, in a fixed number of queries."""
        return self.select_related("appeal__region", "lead").prefetch_related("assists", "milestones")


class Measure(models.Model):
    """工作措施: what is done about one appeal, who leads, who assists, who answers for it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures")
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+")
    text = models.TextField("工作措施")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    assists = models.ManyToManyField(Unit, related_name="+", verbose_name="配合单位", blank=True)
    leader = models.CharField("责任领导", max_length=40, blank=True)
    responsible = models.CharField("责任人", max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["appeal__number", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "appeal"], name="measure_once_an_appeal")]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def work(self) -> Work:
        """What this measure says; with the units at hand it asks nothing of the database."""
        assists = tuple(unit.key for unit in self.assists.all())
        return Work(self.appeal_id, self.text, self.lead.key, assists, self.leader, self.responsible)


class Milestone(models.Model):
    """节点: a step of a measure with its dates."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="milestones")
    text = models.CharField("节点", max_length=120)
    starts_on = models.DateField("开始日期")
    due_on = models.DateField("完成日期")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="milestone_due_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def step(self) -> Step:
        """What this milestone says."""
        return Step(self.text, self.starts_on, self.due_on)
