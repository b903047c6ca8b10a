"""媒体跟踪报道: what was said of a matter, and what happened after it."""

from typing import ClassVar, Self

from django.db import models

from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round


class PressItemQuerySet(models.QuerySet["PressItem"]):
    def seen_by(self, person: Person) -> Self:
        """Press about matters of the person's regions."""
        return self.filter(matter__appeal__round__in=Round.objects.seen_by(person))


class PressItem(models.Model):
    """媒体跟踪报道: what a paper or station said of a matter."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    outlet = models.CharField("媒体", max_length=60)
    title = models.CharField("标题", max_length=120)
    link = models.URLField("链接", blank=True)
    published_on = models.DateField("刊播日期")
    after = models.TextField("报道之后", blank=True)
    on = models.DateField("登记日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = PressItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Aftermath(models.Model):
    """报道之后: what happened, told later, as often as something happens."""

    item = models.ForeignKey(PressItem, models.PROTECT, related_name="aftermath")
    text = models.TextField("报道之后")
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]
