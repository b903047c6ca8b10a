"""公开: which rounds are public: said ready by one hand, opened by another."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from mianduimian.people.models import Person
from mianduimian.solicitation.models import Call, Round


def open_calls(on: date) -> models.QuerySet[Call]:
    """Calls whose window is open that day, for the public page."""
    return Call.objects.open_on(on).select_related("round__region")


class Ready(models.Model):
    """提请公开: one hand says that a round's page is ready; another one opens it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    on = models.DateField("提请日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    used_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round"], condition=models.Q(used_on=None), name="round_ready_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.on}"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def standing(self) -> Self:
        """Rounds whose pages are open now."""
        return self.filter(withdrawn_on=None).select_related("round__region")


class Release(models.Model):
    """公开发布: a round's page is open to everybody since a day, until withdrawn."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    on = models.DateField("发布日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField("撤下日期", null=True)
    why = models.CharField("撤下理由", max_length=200, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round"], condition=models.Q(withdrawn_on=None), name="round_released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.on}"
