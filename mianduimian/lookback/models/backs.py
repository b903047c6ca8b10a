"""退回与例外: what went back and why, what the machine doubts, what was closed by exception, what came again."""

from collections import Counter
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.ledger.models import Assignment, Matter, Reply
from mianduimian.lookback.rules import Ground, Verdict, Waiver
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Part
from mianduimian.vocabulary import say

MEASURE = 2  # the grade of the reading engine from which a reply names a concrete measure


class SendBack(models.Model):
    """退回重办: why a matter went back, from which turn, to which assignment, overseen by whom."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    grounds = models.JSONField("理由")
    why = models.TextField("说明", blank=True)
    overseer = models.CharField("提级督办领导", max_length=200, blank=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="+")
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn"], name="sent_back_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {self.turn}"

    @property
    def ground_words(self) -> str:
        """The grounds in the reader's language."""
        return say("、").join(Ground.word_of(ground) for ground in self.grounds)


class ReadingQuerySet(models.QuerySet["Reading"]):
    def doubtful(self) -> Self:
        """Replies of the present turn that the machine reads as without a measure, and nobody has decided about yet."""
        return self.filter(grade__lt=MEASURE, holds=None, turn=models.F("matter__turn"))


class Reading(models.Model):
    """机器读答复: how good the machine finds a reply and why; where it doubts a measure, a person confirms or dismisses that."""

    reply = models.OneToOneField(Reply, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    grade = models.PositiveSmallIntegerField("等级")
    machine = models.TextField("机器怎么读")
    on = models.DateField()
    holds = models.BooleanField("确无明确措施", null=True)
    why = models.CharField("理由", max_length=400, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(holds=None, decided_on=None, decided_by=None)
                | Q(holds__isnull=False, decided_on__isnull=False, decided_by__isnull=False),
                name="reading_decided_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return self.machine[:40]

    @property
    def doubted(self) -> bool:
        """Whether the machine misses a measure and nobody has decided about it yet."""
        return self.grade < MEASURE and self.holds is None


class Exemption(models.Model):
    """例外销号: a named approver lets a turn be closed without what is usually owed, with a reason; counted in public."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    waiver = models.CharField("情形", max_length=8, choices=Waiver.choices)
    why = models.TextField("理由")
    on = models.DateField("批准日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批准人")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn"], name="exempted_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {self.waiver_word}"

    @property
    def waiver_word(self) -> str:
        """The case in the reader's language."""
        return Waiver.word_of(self.waiver)


def exceptions(round: Round) -> dict[Waiver, int]:
    """例外销号 of a round, by case: how many of its matters were closed in a turn with an approved exception."""
    closed = Exemption.objects.filter(matter__appeal__round=round, matter__state="closed", turn=models.F("matter__turn"))
    counted = Counter(closed.values_list("waiver", flat=True))
    return {waiver: counted[waiver.value] for waiver in Waiver}


class RecurrenceQuerySet(models.QuerySet["Recurrence"]):
    def open(self) -> Self:
        """Those nobody has decided yet."""
        return self.filter(verdict="")


class Recurrence(models.Model):
    """疑似复发: a new submission about the same place and class, not long after the closing; a person decides what it is."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    place = models.CharField("同一地点", max_length=200)
    found_on = models.DateField("发现日期")
    verdict = models.CharField("认定", max_length=10, choices=Verdict.choices, blank=True)
    why = models.TextField("理由", blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = RecurrenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "matter", "turn"], name="recurrence_found_once"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_on=None, decided_by=None)
                | (~Q(verdict="") & Q(decided_on__isnull=False, decided_by__isnull=False)),
                name="recurrence_decided_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.part}"

    @property
    def verdict_word(self) -> str:
        """What it was found to be, in the reader's language."""
        return Verdict.word_of(self.verdict) if self.verdict else ""
