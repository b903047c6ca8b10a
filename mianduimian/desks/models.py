"""视图 and 印发的台账: the questions a person keeps of the ledger, and the number under which a round's ledger is issued."""

from typing import ClassVar, Self

from django.db import models

from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, person: Person) -> Self:
        """The views a person kept; nobody sees another's."""
        return self.filter(person=person)


class SavedView(models.Model):
    """视图: a filter of the ledger under a name of the person's own."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=30)
    asked = models.CharField("筛选", max_length=2000, blank=True)
    on = models.DateField("保存日期")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "name"], name="view_name_once_a_person")]

    def __str__(self) -> str:
        return self.name


class IssuedLedger(models.Model):
    """印发的台账: the number under which the ledger of a round is issued, since when, by whom; a change is its next version."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="+", verbose_name="期")
    number = models.CharField("文号", max_length=40, unique=True)
    on = models.DateField("首次印发日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number
