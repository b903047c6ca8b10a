"""后话: what a citizen says later, on the receipt, about what was said before; each waits for an answer of the desk."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.intake.models.submissions import Submission
from mianduimian.intake.rules import Later
from mianduimian.people.models import Person


class AfterwordQuerySet(models.QuerySet["Afterword"]):
    def seen_by(self, person: Person) -> Self:
        """Afterwords to the submissions the person sees."""
        return self.filter(submission__in=Submission.objects.seen_by(person))

    def waiting(self) -> Self:
        """Those nobody has answered."""
        return self.filter(answered_on=None)


class Afterword(models.Model):
    """后话: something to add, that a group is not theirs, or that it is not solved; with the desk's answer."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="afterwords")
    kind = models.CharField("种类", max_length=12, choices=Later.choices)
    part = models.PositiveSmallIntegerField("第几件事", default=1)
    text = models.TextField("内容", blank=True)
    token = models.CharField(max_length=80, unique=True)
    on = models.DateField("日期")
    granted = models.BooleanField("采纳", null=True)
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = AfterwordQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_on=None, granted=None, answer="")
                | Q(answered_by__isnull=False, answered_on__isnull=False, granted__isnull=False) & ~Q(answer=""),
                name="afterword_answered_by_someone_some_day",
            ),
            models.UniqueConstraint(
                fields=["submission", "part", "kind"],
                condition=Q(answered_on=None) & ~Q(kind=Later.MORE.value),
                name="afterword_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_word} {self.submission}"

    @property
    def kind_word(self) -> str:
        """What it is, in the reader's language."""
        return Later.word_of(self.kind)
