"""公开征集: a round on one focus, and its call."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q

from mianduimian.mechanism import Rulebook, rulebook
from mianduimian.people.models import Person, Region, Unit
from mianduimian.people.rules import Level
from mianduimian.solicitation.rules import Channel, Notice, Theme


class RoundQuerySet(models.QuerySet["Round"]):
    def seen_by(self, person: Person) -> Self:
        """The rounds of the regions in which the person's posts reach."""
        return self.filter(region__in=person.region_codes)

    def running(self) -> Self:
        """Rounds that have not ended."""
        return self.filter(ended_on=None)


class Round(models.Model):
    """一期: one focus, one level, one host: from the call to the outcome."""

    code = models.CharField("期号", max_length=24, unique=True)
    number = models.PositiveSmallIntegerField("序号")
    year = models.PositiveSmallIntegerField("年度")
    focus = models.CharField("焦点", max_length=60)
    theme = models.CharField("主题", max_length=12, choices=Theme.choices)
    level = models.CharField("层级", max_length=8, choices=Level.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    host = models.CharField("主持人", max_length=60)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="专班牵头单位")
    rulebook = models.CharField("规则版本", max_length=40)
    opened_on = models.DateField("开启日期")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_on = models.DateField("结束日期", null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "year", "number"], name="round_number_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.focus}"

    @property
    def call(self) -> "Call | None":
        """The call in force."""
        return self.calls.filter(replaced_on=None).first()

    @property
    def theme_word(self) -> str:
        """The theme in the reader's language."""
        return Theme.word_of(self.theme)

    @property
    def rules(self) -> Rulebook:
        """The rulebook this round began with."""
        return rulebook(self.rulebook)


class CallQuerySet(models.QuerySet["Call"]):
    def open_on(self, day: date) -> Self:
        """Calls whose window is open that day and which have not been replaced."""
        return self.filter(opens_on__lte=day, closes_on__gte=day, replaced_on=None)


class Call(models.Model):
    """征集: the public notice with its window, scope and channels; an extension is a new row."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="calls")
    number = models.CharField("文号", max_length=40)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    scope = models.TextField("范围")
    channels = models.JSONField("渠道", default=list)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    issued_on = models.DateField("发布日期")
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replaced_on = models.DateField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="call_closes_after_it_opens"),
            models.UniqueConstraint(fields=["round"], condition=Q(replaced_on=None), name="call_in_force_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round.focus} {self.opens_on}–{self.closes_on}"

    @property
    def notice(self) -> Notice:
        """What this call says."""
        return Notice(self.opens_on, self.closes_on, self.scope, self.channels, self.contact)

    @property
    def channel_words(self) -> list[str]:
        """The channels in the reader's language."""
        return [Channel.word_of(channel) for channel in self.channels]


class Series(models.Model):
    """发文字号: the last number given under one mark in one year; locked while the next is taken."""

    mark = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mark", "year"], name="series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.last}"


class WishQuerySet(models.QuerySet["Wish"]):
    def seen_by(self, person: Person) -> Self:
        """Wishes for the regions in which the person's posts reach."""
        return self.filter(region__in=person.region_codes)

    def waiting(self) -> Self:
        """Those nobody of the office has looked at."""
        return self.filter(shown_on=None, dropped_on=None)

    def shown(self) -> Self:
        """Those everybody may read and back."""
        return self.filter(shown_on__isnull=False, dropped_on=None)

    def by_backing(self) -> Self:
        """With `backed`, by how many; the most backed first."""
        return self.annotate(backed=Count("backings")).order_by("-backed", "-pk")


class Wish(models.Model):
    """点题: a focus that citizens propose for a next round; public once somebody of the office has looked at it."""

    focus = models.CharField("想谈什么", max_length=60)
    why = models.CharField("为什么", max_length=300, blank=True)
    theme = models.CharField("主题", max_length=12, choices=Theme.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    token = models.CharField(max_length=80, unique=True)
    on = models.DateField("日期")
    shown_on = models.DateField("公开日期", null=True)
    shown_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    dropped_on = models.DateField("不公开日期", null=True)
    dropped_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    dropped_why = models.CharField("不公开理由", max_length=200, blank=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shown_by=None, shown_on=None) | Q(shown_by__isnull=False, shown_on__isnull=False),
                name="wish_shown_by_someone_some_day",
            ),
            models.CheckConstraint(
                condition=Q(dropped_by=None, dropped_on=None, dropped_why="")
                | Q(dropped_by__isnull=False, dropped_on__isnull=False) & ~Q(dropped_why=""),
                name="wish_dropped_by_someone_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.focus

    @property
    def theme_word(self) -> str:
        """The theme in the reader's language."""
        return Theme.word_of(self.theme)


class Backing(models.Model):
    """附议: one browser that wants a wish talked about, once; of the browser a fingerprint is kept and nothing else."""

    wish = models.ForeignKey(Wish, models.PROTECT, related_name="backings")
    backer = models.CharField(max_length=64)
    on = models.DateField("日期")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["wish", "backer"], name="wish_backed_once_a_browser")]

    def __str__(self) -> str:
        return f"{self.wish} {self.on}"
