"""复核: each month somebody who opens no seals looks at who opened them, and why."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from mianduimian.journal.models import Line, LineQuerySet
from mianduimian.people.models import Person

# the verbs of the journal by which somebody saw who a citizen is
OPENED = ("intake.unmask", "intake.open_paper", "publication.open_letters")


class Review(models.Model):
    """复核: one month of opened seals, looked at by one person."""

    month = models.DateField("月份", unique=True)
    opened = models.PositiveIntegerField("查看次数")
    note = models.CharField("复核意见", max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField("复核日期")

    class Meta:
        ordering: ClassVar = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


def opened_in(month: date) -> LineQuerySet:
    """Every opening of a seal in the month that begins on this day, oldest first."""
    after = (month + timedelta(days=32)).replace(day=1)
    return Line.objects.filter(verb__in=OPENED, on__gte=month, on__lt=after).order_by("number")


def unreviewed(on: date) -> list[date]:
    """The months that are over, in which seals were opened, and at which nobody has looked; oldest first."""
    months = Line.objects.filter(verb__in=OPENED, on__lt=on.replace(day=1)).order_by().dates("on", "month")
    return sorted(set(months) - set(Review.objects.values_list("month", flat=True)))
