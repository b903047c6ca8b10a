"""视图: the questions a person keeps of the ledger, by name."""

from typing import ClassVar, Self

from django.db import models

from mianduimian.people.models import Person


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
