"""时钟: when each job ran, how long, what it did."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models

from mianduimian.clock.rules import State


class RunQuerySet(models.QuerySet["Run"]):
    def of(self, job: str) -> Self:
        """The runs of one job, the newest slot first."""
        return self.filter(job=job).order_by("-slot")

    def wrong(self) -> Self:
        """Runs that failed or never ended."""
        return self.filter(state__in=[State.FAILED, State.RUNNING])


class Run(models.Model):
    """运行: one slot of one job, taken by one copy of the house; however many copies there are, a slot is one row."""

    job = models.CharField("作业", max_length=24)
    slot = models.CharField("时段", max_length=20)
    state = models.CharField("结果", max_length=8, choices=State.choices, default=State.RUNNING)
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)
    who = models.CharField("进程", max_length=80)
    tries = models.PositiveSmallIntegerField("第几次", default=1)
    said = models.TextField("做了什么", blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-began_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "slot"], name="job_once_a_slot")]
        indexes: ClassVar = [models.Index(fields=["-began_at"], name="run_by_time")]

    def __str__(self) -> str:
        return f"{self.job} {self.slot}"

    @property
    def state_word(self) -> str:
        """The result in the reader's language."""
        return State.word_of(self.state)

    @property
    def took(self) -> timedelta | None:
        """How long it ran."""
        return self.ended_at - self.began_at if self.ended_at else None

    def since(self, now: datetime) -> timedelta:
        """How long ago it began, or ended if it did."""
        return now - (self.ended_at or self.began_at)
