"""邮件提醒: who asked to be told of what becomes public, and what each was sent."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.intake.models import addressed
from mianduimian.intake.sealing import SealedField, fingerprint
from mianduimian.people.models import Region
from mianduimian.publication.gateways import Letter
from mianduimian.publication.rules import Delivery
from mianduimian.solicitation.rules import Theme


def known_by(email: str) -> str:
    """The fingerprint by which an address is found again without opening its seal."""
    return fingerprint("alert", email.strip().lower())


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def standing(self) -> Self:
        """Subscriptions that were confirmed and not ended."""
        return self.filter(confirmed_on__isnull=False, ended_on=None)


class Subscription(models.Model):
    """订阅: an address, sealed like a citizen's, for a region and a theme; it holds only once its owner has confirmed it."""

    email = SealedField(blank=True)
    email_index = models.CharField(max_length=64, blank=True, db_index=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="区划")
    theme = models.CharField("主题", max_length=12, choices=Theme.choices, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    asked_on = models.DateField("申请日期")
    confirmed_on = models.DateField("确认日期", null=True)
    ended_on = models.DateField("退订日期", null=True)
    told_until = models.DateField("已告知到", null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email_index", "region", "theme"],
                condition=Q(ended_on=None, region__isnull=False),
                name="subscription_once_an_address",
            ),
            models.UniqueConstraint(
                fields=["email_index", "theme"],
                condition=Q(ended_on=None, region=None),
                name="subscription_everywhere_once_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"订阅{self.pk}"

    @property
    def about(self) -> str:
        """What it is about, in the reader's language."""
        region = self.region.name if self.region else ""
        return " · ".join(filter(None, (region, Theme.word_of(self.theme) if self.theme else "")))


class AlertQuerySet(models.QuerySet["Alert"]):
    def queued(self) -> Self:
        """Letters that still have to go out, oldest first."""
        return self.filter(state=Delivery.QUEUED).order_by("pk")

    def due(self, at: datetime) -> Self:
        """Those whose time has come."""
        return self.queued().filter(Q(due_at=None) | Q(due_at__lte=at))

    def open_questions(self) -> Self:
        """Those of which nobody knows whether they arrived: a person looks."""
        return self.filter(state=Delivery.UNKNOWN)


class Alert(models.Model):
    """提醒: one letter to a subscriber: whether the address is theirs, or the news of a day, once."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="+")
    on = models.DateField("日期")
    asks = models.BooleanField("请求确认", default=False)
    subject = models.CharField("标题", max_length=120)
    text = models.TextField("内容")
    state = models.CharField("送达状态", max_length=12, choices=Delivery.choices, default=Delivery.QUEUED, db_index=True)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    due_at = models.DateTimeField("何时再发", null=True)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    doubtful_since = models.DateTimeField("何时起不明", null=True)
    sent_at = models.DateTimeField("发送时间", null=True)
    problem = models.CharField("失败原因", max_length=200, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["subscription", "on", "asks"], name="alert_once_a_day")]

    def __str__(self) -> str:
        return self.subject

    @property
    def letter(self) -> Letter:
        """What a gateway is given; the key is the letter's own in every try."""
        text, words = f"{self.subject}\n\n{self.text}", {"step": self.subject}
        return Letter(f"mianduimian-alert-{self.pk}", self.subscription.email, text, words)


addressed(Subscription, "email", "email_index", ended="ended_on", found=lambda email: Q(email_index=known_by(email)))
