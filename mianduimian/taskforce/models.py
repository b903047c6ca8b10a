"""5+N 专班: its members, the work plan with measures, and their milestones."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mianduimian.meeting.models import Opinion, Promise, unheard
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.taskforce.rules import (
    HEAVIEST,
    Change,
    Conflict,
    Frame,
    MemberKind,
    Needed,
    Said,
    Step,
    Work,
    change,
    conflicts_of_step,
    conflicts_of_work,
    differing,
    frame,
    propose,
)
from mianduimian.triage.models import Appeal
from mianduimian.workdays import calendar


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

    @property
    def said(self) -> Said:
        """This measure with its milestones, to be compared; needs `with_rows`."""
        return replace(self.work, assists=tuple(sorted(self.work.assists))), tuple(step.step for step in self.milestones.all())


class Milestone(models.Model):
    """节点: a step of a measure with its dates."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="milestones")
    text = models.CharField("节点", max_length=120)
    starts_on = models.DateField("开始日期")
    due_on = models.DateField("完成日期")
    weight = models.PositiveSmallIntegerField("权重", default=1, db_default=1)
    responsible = models.CharField("责任人", max_length=40, blank=True, db_default="")
    approval = models.CharField("批准", max_length=120, blank=True, db_default="")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["due_on", "measure"], name="milestone_due")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="milestone_due_after_it_starts"),
            models.CheckConstraint(condition=Q(weight__range=(1, HEAVIEST)), name="milestone_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def step(self) -> Step:
        """What this milestone says."""
        return Step(self.text, self.starts_on, self.due_on, self.weight, self.responsible, self.approval)


def frames(plan: Plan, appeals: Iterable[int]) -> dict[int, Frame]:
    """What was decided on each of these appeals before the plan, in a fixed number of queries.

    The plan does not know when a matter will be assigned: the reply's deadline is counted as if on the day of the draft.
    """
    reply_due = calendar(settings.CALENDARS).add(plan.drafted_on, plan.round.rules.reply["within"]).on
    wanted = list(appeals)
    opinions = {row.appeal_id: row for row in Opinion.objects.in_force().filter(appeal__in=wanted).select_related("lead")}
    promised: dict[int, list[date]] = {}
    exchanges = [row.exchange_id for row in opinions.values() if row.exchange_id]
    for exchange, due_on in Promise.objects.filter(exchange__in=exchanges).values_list("exchange", "due_on"):
        promised.setdefault(exchange, []).append(due_on)
    return {appeal: _frame(opinions.get(appeal), promised, reply_due) for appeal in wanted}


def _frame(opinion: Opinion | None, promised: dict[int, list[date]], reply_due: date) -> Frame:
    if opinion is None:
        return frame(reply_due, None, ())
    said = promised.get(opinion.exchange_id or 0, [])
    return frame(reply_due, opinion.solve_by, said, opinion.lead.key, opinion.lead.short)


def conflicts(plan: Plan) -> list[tuple[Measure, Conflict]]:
    """Everything in a plan that cannot stand together, measure by measure, in a fixed number of queries."""
    rows = list(plan.measures.with_rows())
    fixed = frames(plan, [row.appeal_id for row in rows])
    return [(row, one) for row in rows for one in _conflicts_of(row, fixed[row.appeal_id])]


def _conflicts_of(measure: Measure, fixed: Frame) -> list[Conflict]:
    work = measure.work
    found = conflicts_of_work(work.lead, work.assists, fixed)
    for step in measure.milestones.all():
        found += conflicts_of_step(step.starts_on, step.due_on, step.approval, fixed)
    return found


@dataclass(frozen=True)
class Pair:
    """对照: one appeal's measure in two versions of the plan, what became of it, which parts and steps read differently."""

    appeal: Appeal
    was: Measure | None
    now: Measure | None
    change: Change
    parts: set[str] = field(default_factory=set)
    steps: set[Step] = field(default_factory=set)


def compared(was: Plan, now: Plan) -> list[Pair]:
    """Every measure of either version, by the appeal's number, in a fixed number of queries."""
    left, right = ({row.appeal_id: row for row in plan.measures.with_rows()} for plan in (was, now))
    rows = sorted({**left, **right}.values(), key=lambda row: row.appeal.number)
    return [_pair(left.get(row.appeal_id), right.get(row.appeal_id), row.appeal) for row in rows]


def _pair(was: Measure | None, now: Measure | None, appeal: Appeal) -> Pair:
    left, right = (row.said if row else None for row in (was, now))
    steps = set(left[1]) ^ set(right[1]) if left and right else set()
    return Pair(appeal, was, now, change(left, right), differing(left, right), steps)
