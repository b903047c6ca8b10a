"""批示: a leader's word on a matter, with its own clock."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person


class InstructionQuerySet(models.QuerySet["Instruction"]):
    def seen_by(self, person: Person) -> Self:
        """Instructions on matters the person sees."""
        return self.filter(matter__in=Matter.objects.seen_by(person))

    def waiting(self) -> Self:
        """Instructions on which nobody has reported yet."""
        return self.filter(reported_on=None)

    def overdue(self, on: date) -> Self:
        """Not reported on and past their day."""
        return self.waiting().filter(due_on__lt=on)


class Instruction(models.Model):
    """批示: a leader's word on a matter, with its own deadline, until the unit reports back."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    text = models.TextField("批示")
    due_on = models.DateField("报告时限")
    provisional = models.BooleanField("暂定", default=False)
    on = models.DateField("批示日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    report = models.TextField("落实情况", blank=True)
    reported_on = models.DateField("报告日期", null=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = InstructionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("on")), name="instruction_due_after_it_is_given"),
            models.CheckConstraint(
                condition=Q(reported_by=None, reported_on=None) | Q(reported_by__isnull=False, reported_on__isnull=False),
                name="instruction_reported_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def late(self) -> bool:
        """Whether it was reported on past its day."""
        return self.reported_on is not None and self.reported_on > self.due_on
