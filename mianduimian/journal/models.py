"""留痕: one line an act; the chain's head is locked while lines are added."""

from typing import Any, Self

from django.db import models

from mianduimian.journal.rules import GENESIS, changes, digest


class LineQuerySet(models.QuerySet["Line"]):
    def of(self, subject: models.Model) -> Self:
        """The lines about one thing, oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("number")

    def after(self, number: int) -> Self:
        """The lines behind a number, in the order they happened."""
        return self.filter(number__gt=number).order_by("number")


class Line(models.Model):
    """留痕: who did what, on which day, to what: was → is, and why."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    on = models.DateField()
    verb = models.CharField(max_length=64, db_index=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=32)
    subject_name = models.CharField(max_length=120, blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    sealed = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = LineQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "number"], name="line_of_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject_type}:{self.subject_id}"

    def facts(self) -> list[Any]:
        """Everything the hash covers, in one fixed order."""
        subject = [self.subject_type, self.subject_id, self.subject_name]
        actor = [self.actor_id, self.actor_name]
        return [self.number, self.at, self.on, self.verb, subject, actor, self.was, self.now, self.why, self.sealed]

    def digest(self) -> str:
        """The hash this line must carry."""
        return digest(self.previous, self.facts())

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """What changed, for the page: name, was, is."""
        return changes(self.was, self.now)


class Head(models.Model):
    """链头: how many lines there are and the hash of the last; locked while lines are added."""

    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"


class DayHead(models.Model):
    """每日链头: the last line and its hash as a day began; published, so that anybody can see whether history was rewritten."""

    on = models.DateField("日期", unique=True)
    number = models.BigIntegerField("最后一行")
    hash = models.CharField("指纹", max_length=64)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.number} {self.hash}"
