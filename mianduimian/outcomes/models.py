"""成效: hotline counts, and the register of problem classes with root cause and standing remedy."""

from typing import ClassVar

from django.db import models

from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.rules import Theme
from mianduimian.triage.models import Appeal


class HotlineCount(models.Model):
    """12345热线: how many calls named a theme in a month, as counted by the hotline."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    theme = models.CharField("主题", max_length=12, choices=Theme.choices)
    month = models.DateField("月份")
    calls = models.PositiveIntegerField("来电件数")
    source = models.CharField("来源", max_length=120)
    on = models.DateField("登记日期")

    class Meta:
        ordering: ClassVar = ["theme", "month"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "theme", "month"], name="hotline_month_counted_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="hotline_month_is_its_first_day"),
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
