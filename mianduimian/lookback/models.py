"""回头看: verifications, visits with their attempts and answers, and what went back."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from mianduimian.intake.models import Submission
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.lookback.rules import Finding, Ground, Reached, Scale, Solved
from mianduimian.people.models import Person


class Verification(models.Model):
    """核查: somebody other than the handler looked whether it is so, once a turn."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    finding = models.CharField("结论", max_length=8, choices=Finding.choices)
    note = models.TextField("核查情况")
    on_site = models.BooleanField("现场核查", default=True)
    on = models.DateField("核查日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn"], name="verified_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {Finding.word_of(self.finding)}"


class VisitQuerySet(models.QuerySet["Visit"]):
    def answered(self) -> Self:
        """Visits with an answer: the reached."""
        return self.filter(Exists(Answer.objects.filter(visit=OuterRef("pk"))))

    def waiting(self) -> Self:
        """Visits without an answer."""
        return self.exclude(Exists(Answer.objects.filter(visit=OuterRef("pk"))))


class Visit(models.Model):
    """回访: asking one citizen about one matter, once a turn."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    planned_on = models.DateField("列入日期")

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "turn", "submission"], name="citizen_asked_once_a_turn")
        ]

    def __str__(self) -> str:
        return f"回访{self.pk}"


class Attempt(models.Model):
    """联系: one attempt to reach the citizen, with its result."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="attempts")
    at = models.DateTimeField("时间")
    result = models.CharField("结果", max_length=12, choices=Reached.choices)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return Reached.word_of(self.result)


class Answer(models.Model):
    """评价: what the citizen answered: five steps, solved or not, and why; `by` is empty when the citizen answered alone."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="answer")
    scale = models.CharField("满意度", max_length=1, choices=Scale.choices)
    solved = models.CharField("是否解决", max_length=8, choices=Solved.choices)
    contacted = models.BooleanField("承办单位是否联系过", null=True)
    reason = models.TextField("原因", blank=True)
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return Scale.word_of(self.scale)


class SendBack(models.Model):
    """退回重办: why a matter went back, from which turn, to which assignment."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    grounds = models.JSONField("理由")
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
        return "、".join(Ground.word_of(ground) for ground in self.grounds)
