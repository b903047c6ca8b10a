"""督办: reminders, notices, instructions, inspections, press, circulars and accountability."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from mianduimian.ledger.models import IN_HAND, Assignment, Matter, Reply, Settlement
from mianduimian.ledger.rules import Light, State
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.supervision.rules import Account, Held, Kin, Stage, long_standing
from mianduimian.workdays import Calendar

DONE = [State.SETTLED, State.CLOSING, State.CLOSED]


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def seen_by(self, person: Person) -> Self:
        """Reminders about matters the person sees."""
        return self.filter(assignment__matter__in=Matter.objects.seen_by(person))

    def of(self, matter: Matter) -> Self:
        """The reminders about one matter."""
        return self.filter(assignment__matter=matter)


class Reminder(models.Model):
    """催办: told once per assignment, stage and deadline."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    stage = models.CharField("阶段", max_length=10, choices=Stage.choices)
    due_on = models.DateField("书面反馈截止")
    on = models.DateField("催办日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["assignment", "stage", "due_on"], name="reminded_once_a_stage")]

    def __str__(self) -> str:
        return f"{self.assignment} {Stage.word_of(self.stage)}"

    @property
    def stage_word(self) -> str:
        """The stage in the reader's language."""
        return Stage.word_of(self.stage)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def seen_by(self, person: Person) -> Self:
        """Notices of the person's regions, and those to their units or copied to them."""
        office = Q(matter__appeal__round__in=Round.objects.seen_by(person))
        copied = Notice.copies.through.objects.filter(unit__in=person.units).values("notice")
        return self.filter(office | Q(unit__in=person.units) | Q(pk__in=copied))

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
    """督办单: to the responsible unit (and those assisting), with number, demand and deadline; answered in writing."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    number = models.CharField("文号", max_length=40, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    copies = models.ManyToManyField(Unit, related_name="+", verbose_name="抄送", blank=True)
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
    def copy_words(self) -> str:
        """The units it is copied to, in one line."""
        return "、".join(unit.short for unit in self.copies.all())

    @property
    def late(self) -> bool:
        """Whether it was answered past its day."""
        return self.answered_on is not None and self.answered_on > self.due_on


class InstructionQuerySet(models.QuerySet["Instruction"]):
    def seen_by(self, person: Person) -> Self:
        """Instructions on matters the person sees."""
        return self.filter(matter__in=Matter.objects.seen_by(person))

    def waiting(self) -> Self:
        """Instructions on which nobody has reported yet."""
        return self.filter(reported_on=None)


class Instruction(models.Model):
    """批示: a leader's word on a matter, with its own deadline, until the unit reports back."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    text = models.TextField("批示")
    due_on = models.DateField("报告时限")
    on = models.DateField("批示日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    report = models.TextField("落实情况", blank=True)
    reported_on = models.DateField("报告日期", null=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = InstructionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("on")), name="instruction_due_after_it_is_given"),
            models.CheckConstraint(
                condition=Q(reported_by=None, reported_on=None) | Q(reported_by__isnull=False, reported_on__isnull=False),
                name="instruction_reported_by_someone_some_day",
            ),
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


class PressItemQuerySet(models.QuerySet["PressItem"]):
    def seen_by(self, person: Person) -> Self:
        """Press about matters of the person's regions."""
        return self.filter(matter__appeal__round__in=Round.objects.seen_by(person))


class PressItem(models.Model):
    """媒体跟踪报道: what a paper or station said of a matter."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    outlet = models.CharField("媒体", max_length=60)
    title = models.CharField("标题", max_length=120)
    link = models.URLField("链接", blank=True)
    published_on = models.DateField("刊播日期")
    after = models.TextField("报道之后", blank=True)
    on = models.DateField("登记日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = PressItemQuerySet.as_manager()

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
        return f"{self.unit} {self.kind_word}"

    @property
    def kind_word(self) -> str:
        """The way in the reader's language."""
        return Account.word_of(self.kind)


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
    assignments = list(Assignment.objects.filter(matter__appeal__round=round).select_related("lead").order_by("matter", "pk"))
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
            )
        )
    return held


@dataclass(frozen=True)
class Watched:
    """盯办: a matter not yet settled, as supervision sees it on a day."""

    matter: Matter
    light: Light
    behind: int
    urged: int
    long: bool

    @property
    def urgent(self) -> bool:
        """Whether its written reply is overdue or its light is not green."""
        return self.behind > 0 or self.light != Light.GREEN


def watched(person: Person, on: date, calendar: Calendar) -> list[Watched]:
    """Every matter the person sees that is not yet settled: the red first, then those longest behind."""
    matters = Matter.objects.seen_by(person).exclude(state__in=[State.OPEN, *DONE]).lines()
    urged = dict(
        Reminder.objects.filter(assignment__ended_on=None, assignment__matter__in=[matter.pk for matter in matters])
        .order_by()
        .values_list("assignment__matter")
        .annotate(times=Count("pk"))
    )
    found = []
    for matter in matters:
        due = matter.assignment.reply_due_on if matter.assignment and matter.state in IN_HAND else on
        lasting = long_standing(matter.turn, matter.opened_on, on, matter.appeal.round.rules)
        behind = max(calendar.between(due, on), 0)
        found.append(Watched(matter, matter.light(on), behind, urged.get(matter.pk, 0), lasting))
    order = [Light.RED, Light.YELLOW, Light.GREEN]
    return sorted(found, key=lambda one: (order.index(one.light), -one.behind, one.matter.pk))
