"""问责: a record with its ground and decision, the unit's answer, and what became of it."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.supervision.rules import Account, Verdict


class AccountabilityQuerySet(models.QuerySet["Accountability"]):
    def standing(self) -> Self:
        """Records that were not withdrawn."""
        return self.exclude(verdict=Verdict.WITHDRAWN)

    def seen_by(self, person: Person) -> Self:
        """Records of the person's regions, and those of their units."""
        return self.filter(Q(matter__appeal__round__in=Round.objects.seen_by(person)) | Q(unit__in=person.units))


class Accountability(models.Model):
    """问责: an accountability record with its ground and decision; the unit may answer, a second person decides on that."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    kind = models.CharField("方式", max_length=12, choices=Account.choices)
    ground = models.TextField("事由")
    decision = models.TextField("决定")
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer_by = models.DateField("陈述申辩截止", null=True)
    statement = models.TextField("陈述申辩", blank=True)
    stated_on = models.DateField("陈述日期", null=True)
    stated_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField("复核结论", max_length=12, choices=Verdict.choices, blank=True)
    verdict_why = models.TextField("复核理由", blank=True)
    decided_on = models.DateField("复核日期", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = AccountabilityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stated_on=None, stated_by=None, statement="") | Q(stated_on__isnull=False, stated_by__isnull=False),
                name="accountability_answered_by_someone_some_day",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_on=None, decided_by=None)
                | ~Q(verdict="") & Q(decided_on__isnull=False, decided_by__isnull=False),
                name="accountability_reviewed_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.kind_word}"

    @property
    def kind_word(self) -> str:
        """The way in the reader's language."""
        return Account.word_of(self.kind)

    @property
    def verdict_word(self) -> str:
        """The review in the reader's language."""
        return Verdict.word_of(self.verdict)

    def answerable(self, on: date) -> bool:
        """Whether the unit may still answer."""
        return self.stated_on is None and (self.answer_by is None or on <= self.answer_by)
