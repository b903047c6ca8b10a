"""会场: what the hall's screen shows now, by which link, and what the recording desk has already delivered."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from mianduimian.meeting.models.exchanges import Exchange
from mianduimian.meeting.models.meetings import Meeting, Seat
from mianduimian.people.models import Unit
from mianduimian.triage.models import Appeal


class Display(models.Model):
    """大屏链接: the hall's screen needs no log-in, only this unguessable link; a new one ends the old."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="display")
    token = models.CharField(max_length=32, unique=True)
    made_on = models.DateField("生成日期")

    def __str__(self) -> str:
        return f"{self.meeting} {self.made_on}"


class Floor(models.Model):
    """正在讨论: what the recording desk has called up to the hall's screen; the exchange once it is recorded."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="floor")
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="+", verbose_name="诉求")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="回应单位")
    question = models.TextField("问题", blank=True)
    exchange = models.ForeignKey(Exchange, models.PROTECT, null=True, related_name="+", verbose_name="问答")

    def __str__(self) -> str:
        return f"{self.meeting}"


class Typed(models.Model):
    """一次: what the recording desk sent under one key is written once, however often it is sent."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    body = models.CharField(max_length=64)
    made = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "key"], name="typed_once")]

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True)
class Shown:
    """What the hall reads of the item on the floor; without a number it is called up and not yet recorded."""

    appeal: Appeal | None
    seat: Seat | None
    unit: Unit | None
    question: str
    answer: str = ""
    number: int | None = None


def on_the_floor(meeting: Meeting) -> Shown | None:
    """What was called up last, as it was recorded where it is; without a call the exchange recorded last."""
    exchanges = Exchange.objects.filter(meeting=meeting).select_related("raised_by__unit", "answered_by", "appeal")
    called = Floor.objects.filter(meeting=meeting).select_related("appeal", "seat__unit", "unit").first()
    said = exchanges.filter(pk=called.exchange_id or 0).first() if called else exchanges.last()
    if said:
        answer = said.measure or said.cause
        return Shown(said.appeal, said.raised_by, said.answered_by, said.question, answer, said.number)
    return Shown(called.appeal, called.seat, called.unit, called.question) if called else None
