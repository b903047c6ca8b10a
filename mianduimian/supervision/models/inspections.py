"""督查: somebody goes and looks, announced or not, and brings photographs."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.supervision.rules import Going


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def seen_by(self, person: Person) -> Self:
        """Inspections of matters the person sees; what is still to come is seen by those who inspect alone."""
        found = self.filter(matter__in=Matter.objects.seen_by(person))
        return found if person.may("supervision.inspect") else found.exclude(on=None)

    def coming(self) -> Self:
        """Planned and not yet made."""
        return self.filter(on=None)


class Inspection(models.Model):
    """督查: planned for a day or unannounced; what was found where, and whether it agrees with what the unit says."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    going = models.CharField("方式", max_length=12, choices=Going.choices, default=Going.UNANNOUNCED)
    place = models.CharField("地点", max_length=120)
    planned_on = models.DateField("计划日期", null=True)
    planned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    finding = models.TextField("督查情况", blank=True)
    agrees = models.BooleanField("与反馈是否一致", null=True)
    on = models.DateField("日期", null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(on=None, by=None, finding="", planned_on__isnull=False, planned_by__isnull=False)
                | Q(on__isnull=False, by__isnull=False) & ~Q(finding=""),
                name="inspection_planned_or_made_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.finding[:40] or self.place

    @property
    def going_word(self) -> str:
        """The way in the reader's language."""
        return Going.word_of(self.going)


class Photo(models.Model):
    """督查照片: as it came, by its SHA-256, and the copy without hidden data that is shown."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="photos")
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspection", "digest"], name="photo_filed_once")]

    def __str__(self) -> str:
        return self.name
