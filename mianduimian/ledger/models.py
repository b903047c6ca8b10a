"""台账: matters, and the rows that each move of their life adds."""

from datetime import date
from functools import cached_property
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from mianduimian.ledger.rules import Light, Moment, Node, State, light
from mianduimian.meeting.models import Opinion
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.taskforce.models import Measure, Milestone
from mianduimian.triage.models import Appeal

IN_HAND = [State.ASSIGNED, State.ACCEPTED, State.OBJECTED]
AGREED = [State.SETTLED, State.CLOSING, State.CLOSED]


class MatterQuerySet(models.QuerySet["Matter"]):
    def seen_by(self, person: Person) -> Self:
        """Matters of the person's regions, and those one of their units leads or assists."""
        office = Q(appeal__round__in=Round.objects.seen_by(person))
        return self.filter(office | Q(pk__in=Matter.objects.held_by(person).values("pk")))

    def held_by(self, person: Person) -> Self:
        """Matters which the person's units handle now, as lead or assisting."""
        held = Assignment.objects.filter(Q(lead__in=person.units) | Q(assists__in=person.units), ended_on=None)
        return self.filter(pk__in=held.values("matter"))

    def led_by(self, person: Person) -> Self:
        """Matters for which one of the person's units is responsible now."""
        return self.filter(pk__in=Assignment.objects.filter(lead__in=person.units, ended_on=None).values("matter"))

    def of(self, round: Round) -> Self:
        """The matters of a round."""
        return self.filter(appeal__round=round)

    def unreplied(self) -> Self:
        """Matters in a unit's hands whose written reply is still owed."""
        return self.filter(state__in=IN_HAND)

    def overdue(self, on: date) -> Self:
        """Matters whose written reply is owed and past its day."""
        return self.unreplied().filter(pk__in=Assignment.objects.filter(ended_on=None, reply_due_on__lt=on).values("matter"))

    def settled(self) -> Self:
        """办结: the unit says done and the task force agrees; staged is not counted."""
        return self.filter(state__in=AGREED)

    def lines(self) -> list["Matter"]:
        """The matters with everything a ledger line shows, in a fixed number of queries."""
        rows = [
            models.Prefetch("assignments", Assignment.objects.with_units(), to_attr="all_assignments"),
            models.Prefetch("passed", to_attr="all_passed"),
            models.Prefetch("replies", to_attr="all_replies"),
            models.Prefetch("settlements", to_attr="all_settlements"),
        ]
        matters = list(self.select_related("appeal__round", "appeal__region", "opinion").prefetch_related(*rows))
        measures = Measure.objects.in_force().filter(appeal__in=[matter.appeal_id for matter in matters])
        by_appeal: dict[int, list[Measure]] = {}
        for measure in measures.select_related("lead").prefetch_related("milestones", "assists"):
            by_appeal.setdefault(measure.appeal_id, []).append(measure)
        for matter in matters:
            matter.all_measures = by_appeal.get(matter.appeal_id, [])
        return matters


class Matter(models.Model):
    """事项: the ledger line: one appeal being handled."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=40, unique=True)
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="+", verbose_name="办理意见")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN, db_index=True)
    turn = models.PositiveSmallIntegerField("轮次", default=0)
    opened_on = models.DateField("入账日期")
    solve_by = models.DateField("完成时限", null=True)
    version = models.PositiveIntegerField(default=1)

    all_assignments: "list[Assignment]"
    all_passed: "list[Passed]"
    all_replies: "list[Reply]"
    all_settlements: "list[Settlement]"
    all_measures: list[Measure]

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.appeal.title}"

    @property
    def state_word(self) -> str:
        """The state in the reader's language."""
        return State.word_of(self.state)

    @cached_property
    def assignment(self) -> "Assignment | None":
        """The assignment in force; None before the first."""
        if hasattr(self, "all_assignments"):
            return next((a for a in reversed(self.all_assignments) if a.ended_on is None), None)
        return Assignment.objects.with_units().filter(matter=self, ended_on=None).first()

    def nodes(self) -> list[Node]:
        """By what the light is judged: the written reply of this turn, milestones, the solution's date; needs `lines`."""
        replies = [Node(a.reply_due_on, a.replied_on) for a in self.all_assignments if a.ended_on is None]
        done = {passed.milestone_id: passed.on for passed in self.all_passed}
        steps = [Node(step.due_on, done.get(step.pk)) for measure in self.all_measures for step in measure.milestones.all()]
        solved = [Node(self.solve_by, self.settled_on)] if self.solve_by else []
        return replies + steps + solved

    @property
    def settled_on(self) -> date | None:
        """The day it was settled in this turn; None before; needs `lines`."""
        return next((s.on for s in self.all_settlements if s.turn == self.turn), None)

    def light(self, on: date) -> Light:
        """The light of this line on a day; needs `lines`."""
        return light(self.nodes(), on, self.appeal.round.rules)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def with_units(self) -> Self:
        """With lead and assisting units at hand, oldest first."""
        return self.select_related("lead__region").prefetch_related("assists").order_by("pk")

    def current(self) -> Self:
        """Assignments in force."""
        return self.filter(ended_on=None)


class Assignment(models.Model):
    """交办: giving a matter to a unit, which as the first receiver is responsible to the end (首接责任制)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    turn = models.PositiveSmallIntegerField("轮次")
    number = models.CharField("文号", max_length=40, unique=True)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    assists = models.ManyToManyField(Unit, related_name="+", verbose_name="配合单位", blank=True)
    requirement = models.TextField("要求")
    on = models.DateField("交办日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reply_due_on = models.DateField("书面反馈截止", db_index=True)
    provisional = models.BooleanField("暂定", default=False)
    accepted_on = models.DateField("签收日期", null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replied_on = models.DateField("反馈日期", null=True)
    ended_on = models.DateField("终止日期", null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
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


class Reply(models.Model):
    """书面反馈: the unit's written answer; internal account and public wording apart."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="replies")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    founded = models.BooleanField("诉求属实", default=True)
    solved = models.BooleanField("是否解决", default=False)
    account = models.TextField("办理情况（内部）")
    public = models.TextField("公开答复")
    measure = models.TextField("具体措施", blank=True)
    solve_by = models.DateField("完成时限", null=True)
    signed_by = models.CharField("审签人", max_length=40)
    contacted_on = models.DateField("联系群众日期", null=True)
    late = models.BooleanField("逾期反馈", default=False)
    on = models.DateField("反馈日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.public[:40]

    @property
    def concrete(self) -> bool:
        """Whether it names a measure with a date, or says it is solved."""
        return bool(self.solved or (self.measure.strip() and self.solve_by))


class Progress(models.Model):
    """进展: what the unit says has happened."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="progress")
    text = models.TextField("进展")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Evidence(models.Model):
    """佐证: a photo or paper before or after, with quantity and place."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="evidence")
    moment = models.CharField("时点", max_length=8, choices=Moment.choices)
    name = models.CharField("文件名", max_length=200)
    stored = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True)
    measure = models.CharField("单位", max_length=12, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(quantity=None) | ~Q(measure=""), name="quantity_has_a_unit")]

    def __str__(self) -> str:
        return self.name


class Passed(models.Model):
    """完成节点: the day a milestone was reached."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="passed")
    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.milestone} {self.on}"


class Staging(models.Model):
    """阶段性办结: conditions are not ripe; kept with a planned date and a reason; not counted as settled."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="stagings")
    turn = models.PositiveSmallIntegerField()
    planned_on = models.DateField("计划办结日期")
    reason = models.TextField("理由")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.reason[:40]


class Settlement(models.Model):
    """办结: the unit says done and the task force agrees."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="settlements")
    turn = models.PositiveSmallIntegerField()
    note = models.TextField("意见", blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn"], name="settled_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {self.on}"


class Closing(models.Model):
    """销号: proposed by the first hand, confirmed by a second one that is somebody else."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="closings")
    turn = models.PositiveSmallIntegerField()
    note = models.TextField("理由", blank=True)
    on = models.DateField("提请日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_on = models.DateField("销号日期", null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ground = models.TextField("销号依据", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "turn"], name="closing_proposed_once_a_turn"),
            models.CheckConstraint(condition=Q(closed_by=None) | ~Q(closed_by=F("by")), name="closed_by_a_second_hand"),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_on=None) | Q(closed_by__isnull=False, closed_on__isnull=False),
                name="closed_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.on}"
