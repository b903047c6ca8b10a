"""办理意见: what was decided on each appeal."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.meeting.models.exchanges import Exchange
from mianduimian.meeting.rules import Decided, Handling
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def in_force(self) -> Self:
        """The opinion that holds for each appeal."""
        return self.filter(replaced_on=None)

    def of(self, round: Round) -> Self:
        """The opinions on a round's appeals."""
        return self.filter(appeal__round=round)


class Opinion(models.Model):
    """办理意见: what was decided on an appeal, in its exchange or in writing by the task force; a new one replaces the old."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+")
    exchange = models.ForeignKey(Exchange, models.PROTECT, null=True, related_name="+")
    handling = models.CharField("办理方式", max_length=16, choices=Handling.choices)
    text = models.TextField("办理意见")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    assists = models.ManyToManyField(Unit, related_name="+", verbose_name="配合单位", blank=True)
    solve_by = models.DateField("完成时限", null=True)
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replaced_on = models.DateField("替换日期", null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appeal"], condition=Q(replaced_on=None), name="opinion_in_force_once"),
            models.CheckConstraint(
                condition=~Q(handling=Handling.BY_A_DATE) | Q(solve_by__isnull=False), name="opinion_by_a_date_has_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal.title} {Handling.word_of(self.handling)}"

    @property
    def handling_word(self) -> str:
        """How the appeal is handled, in the reader's language."""
        return Handling.word_of(self.handling)

    @property
    def decided(self) -> Decided:
        """What this opinion says."""
        assists = tuple(unit.key for unit in self.assists.all())
        return Decided(self.handling, self.text, self.lead.key, assists, self.solve_by)


def unheard(round: Round) -> models.QuerySet[Appeal]:
    """待写办理意见: appeals of a round that count and on which nothing has been decided yet."""
    decided = Opinion.objects.in_force().of(round).values("appeal")
    return Appeal.objects.standing().filter(round=round).exclude(pk__in=decided)
