"""公开: which rounds are public, and what every source citizen was told."""

from typing import ClassVar, Self

from django.db import models

from mianduimian.intake.models import Submission
from mianduimian.journal.models import Line
from mianduimian.people.models import Person
from mianduimian.publication.rules import Delivery, Step
from mianduimian.solicitation.models import Round


class Release(models.Model):
    """公开发布: a round's page is open to everybody since a day, until withdrawn."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    on = models.DateField("发布日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField("撤下日期", null=True)
    why = models.CharField("撤下理由", max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round"], condition=models.Q(withdrawn_on=None), name="round_released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.on}"


class MessageQuerySet(models.QuerySet["Message"]):
    def queued(self) -> Self:
        """Messages that still have to go out, oldest first."""
        return self.filter(state=Delivery.QUEUED).order_by("pk")


class Message(models.Model):
    """告知: what one citizen is told of one journal line, once; its delivery has a state of its own."""

    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    step = models.CharField("环节", max_length=12, choices=Step.choices)
    text = models.TextField("内容")
    channel = models.CharField("发送方式", max_length=12, blank=True)
    state = models.CharField("送达状态", max_length=12, choices=Delivery.choices, default=Delivery.QUEUED, db_index=True)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    made_on = models.DateField("生成日期")
    sent_at = models.DateTimeField("发送时间", null=True)
    problem = models.CharField("失败原因", max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "submission", "step"], name="told_once_a_line")]

    def __str__(self) -> str:
        return f"{Step.word_of(self.step)} {self.submission}"


class Cursor(models.Model):
    """读到: up to which journal line the outbox has been read."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
