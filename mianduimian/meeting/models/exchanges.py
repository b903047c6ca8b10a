"""会上: the agenda, what was asked and answered, promised and proposed."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from mianduimian.intake.models import copied
from mianduimian.meeting.models.meetings import Meeting, Seat
from mianduimian.people.models import Unit
from mianduimian.triage.models import Appeal


class Item(models.Model):
    """议题: an appeal on the agenda, at its place."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField("顺序")

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "appeal"], name="appeal_on_the_agenda_once"),
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_place_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.appeal.title}"


class Exchange(models.Model):
    """问答: who raised what, which unit answered, the cause, the measure, and what the representative said to it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="exchanges")
    number = models.PositiveSmallIntegerField("序号")
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="诉求")
    raised_by = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name="提出人")
    question = models.TextField("问题")
    answered_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="回应单位")
    speaker = models.CharField("发言人", max_length=40, blank=True)
    cause = models.TextField("原因", blank=True)
    measure = models.TextField("措施", blank=True)
    reaction = models.CharField("代表当场反应", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="exchange_number_once")]

    def __str__(self) -> str:
        return f"问答{self.number}"

    @property
    def said(self) -> dict[str, Any]:
        """What was said, for the journal's was → is."""
        names = ("raised_by_id", "question", "answered_by_id", "appeal_id", "speaker", "cause", "measure", "reaction")
        return {name.removesuffix("_id"): getattr(self, name) for name in names}


class Promise(models.Model):
    """承诺: what a unit promised in the hall, with its date."""

    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="promises")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承诺单位")
    text = models.TextField("承诺")
    due_on = models.DateField("完成日期")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def said(self) -> dict[str, Any]:
        """What was promised, for the journal's was → is."""
        return {"exchange": self.exchange.number, "unit": self.unit.key, "text": self.text, "due_on": self.due_on}


class Suggestion(models.Model):
    """建议: what a representative proposed; adopted or not, and why (问计)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="suggestions")
    raised_by = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name="提出人")
    text = models.TextField("建议")
    adopted = models.BooleanField("是否采纳", null=True)
    why = models.TextField("采纳情况说明", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(adopted=None) | ~Q(why=""), name="suggestion_answered_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


copied(Exchange, "question", citizen="appeal__parts__submission__citizen")
