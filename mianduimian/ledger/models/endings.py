"""办结与销号: staged, settled, closed; each is a row with who and when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mianduimian.ledger.rules import Unripe
from mianduimian.people.models import Person


class Staging(models.Model):
    """阶段性办结: conditions are not ripe; kept with a planned date and a reason; not counted as settled."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="stagings")
    turn = models.PositiveSmallIntegerField()
    planned_on = models.DateField("计划办结日期")
    kind = models.CharField("情形", max_length=12, choices=Unripe.choices, default=Unripe.CONDITIONS)
    reason = models.TextField("理由")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    @property
    def kind_word(self) -> str:
        """Why it is not ripe, in the reader's language."""
        return Unripe.word_of(self.kind)

    times: int

    def __str__(self) -> str:
        return self.reason[:40]


class Settlement(models.Model):
    """办结: the unit says done and the task force agrees."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="settlements")
    turn = models.PositiveSmallIntegerField()
    note = models.TextField("意见", blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn"], name="settled_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {self.on}"


class Closing(models.Model):
    """销号: proposed by the first hand, confirmed by a second one that is somebody else."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="closings")
    turn = models.PositiveSmallIntegerField()
    note = models.TextField("理由", blank=True)
    on = models.DateField("提请日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_on = models.DateField("销号日期", null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ground = models.TextField("销号依据", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "turn"], name="closing_proposed_once_a_turn"),
            models.CheckConstraint(condition=Q(closed_by=None) | ~Q(closed_by=F("by")), name="closed_by_a_second_hand"),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_on=None) | Q(closed_by__isnull=False, closed_on__isnull=False),
                name="closed_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.on}"
