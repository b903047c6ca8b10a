"""告知: what every source citizen was told, and how far the journal has been read for it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count

from mianduimian.intake.models import Submission
from mianduimian.journal.models import Line
from mianduimian.publication.rules import Delivery, Step


class MessageQuerySet(models.QuerySet["Message"]):
    def queued(self) -> Self:
        """Messages that still have to go out, oldest first."""
        return self.filter(state=Delivery.QUEUED).order_by("pk")

    def tally(self) -> list[tuple[str, str, int]]:
        """How many messages are in each delivery state: key, word, number."""
        counted = dict(self.order_by().values_list("state").annotate(Count("pk")))
        return [(state.value, state.word, counted.get(state.value, 0)) for state in Delivery]


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
