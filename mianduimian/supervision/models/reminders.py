"""催办: who was urged about what, once each."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.people.models import Person
from mianduimian.supervision.models.instructions import Instruction
from mianduimian.supervision.rules import Stage


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def seen_by(self, person: Person) -> Self:
        """Reminders about matters the person sees."""
        return self.filter(assignment__matter__in=Matter.objects.seen_by(person))

    def of(self, matter: Matter) -> Self:
        """The reminders about one matter."""
        return self.filter(assignment__matter=matter)


class Reminder(models.Model):
    """催办: told once per assignment (or instruction), stage and deadline."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    instruction = models.ForeignKey(Instruction, models.PROTECT, null=True, related_name="+")
    stage = models.CharField("阶段", max_length=10, choices=Stage.choices)
    due_on = models.DateField("截止")
    on = models.DateField("催办日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assignment", "stage", "due_on"], condition=Q(instruction=None), name="reminded_once_a_stage"
            ),
            models.UniqueConstraint(fields=["instruction", "stage", "due_on"], name="reminded_once_of_an_instruction"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {Stage.word_of(self.stage)}"

    @property
    def stage_word(self) -> str:
        """The stage in the reader's language."""
        return Stage.word_of(self.stage)
