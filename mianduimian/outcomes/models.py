"""成效: hotline counts, and the register of problem classes with root cause and standing remedy."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.ledger.models import Assignment, Matter, Reply, Settlement
from mianduimian.lookback.models import SendBack, Visit
from mianduimian.outcomes.rules import Figure, Share
from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Theme
from mianduimian.triage.models import Appeal


def shares(round: Round, on: date) -> list[Share]:
    """The round's figures on a day, each with its numerator and denominator (definitions: rules.DEFINITIONS)."""
    matters = Matter.objects.of(round)
    given = Assignment.objects.filter(matter__in=matters)
    replied = given.exclude(replied_on=None).count()
    late = Reply.objects.filter(matter__in=matters, late=True).values("assignment").distinct().count()
    owing = given.filter(replied_on=None, ended_on=None, reply_due_on__lt=on).count()
    asked = Visit.objects.filter(matter__in=matters).of_last_turn().share()
    settled_ever = Settlement.objects.filter(matter__in=matters).values("matter").distinct().count()
    back = SendBack.objects.filter(matter__in=matters).values("matter").distinct().count()
    return [
        Share(Figure.SETTLED, matters.settled().count(), Appeal.objects.filter(round=round).standing().count()),
        Share(Figure.ON_TIME, replied - late, replied + owing),
        Share(Figure.SATISFIED, asked.satisfied, asked.reached),
        Share(Figure.COVERAGE, asked.reached, asked.to_ask),
        Share(Figure.BACK, back, settled_ever),
    ]


class HotlineQuerySet(models.QuerySet["HotlineCount"]):
    def of(self, region: Region) -> Self:
        """The counts of one region."""
        return self.filter(region=region)

    def by_theme(self) -> dict[str, dict[tuple[int, int], int]]:
        """Theme → (year, month) → calls."""
        table: dict[str, dict[tuple[int, int], int]] = {}
        for row in self:
            table.setdefault(row.theme, {})[(row.month.year, row.month.month)] = row.calls
        return table


class HotlineCount(models.Model):
    """12345热线: how many calls named a theme in a month, as counted by the hotline."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    theme = models.CharField("主题", max_length=12, choices=Theme.choices)
    month = models.DateField("月份")
    calls = models.PositiveIntegerField("来电件数")
    source = models.CharField("来源", max_length=120)
    on = models.DateField("登记日期")

    objects = HotlineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["theme", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "theme", "month"], name="hotline_month_counted_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="hotline_month_is_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{Theme.word_of(self.theme)} {self.month:%Y-%m}"


class ProblemClass(models.Model):
    """一类问题: what many appeals have in common, its root cause, the standing remedy and who owns it."""

    name = models.CharField("一类问题", max_length=80, unique=True)
    category = models.CharField("类别", max_length=60, blank=True)
    root = models.TextField("根源")
    remedy = models.TextField("长效机制")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("建立时限", null=True)
    in_force_on = models.DateField("生效日期", null=True)
    on = models.DateField("登记日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    appeals = models.ManyToManyField(Appeal, related_name="+", verbose_name="诉求")

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name
