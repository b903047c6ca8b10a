"""学习: what the machine learnt from the city's own decisions, how that was tried, and which model reads now."""

from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from mianduimian.people.models import Person
from mianduimian.text.verdict import Kind, Step, Trial
from mianduimian.triage.rules import Run

QUIET = timedelta(minutes=15)  # one step of learning from a hundred thousand texts takes less


class LessonQuerySet(models.QuerySet["Lesson"]):
    def at_work(self) -> Self:
        """Lessons that wait for the worker or are in its hands."""
        return self.filter(state__in=[Run.WAITING, Run.RUNNING])

    def silent(self) -> Self:
        """Lessons nobody works on although they are not at their end."""
        return self.at_work().filter(heard_at__lte=Now() - QUIET)

    def learnt(self) -> Self:
        """Lessons that left a model."""
        return self.filter(state=Run.DONE)

    def active(self, kind: str) -> "Lesson | None":
        """The lesson whose model reads now; None while the shipped one does."""
        return self.filter(kind=kind, active=True).select_related("before", "adopted_by").first()


class Lesson(models.Model):
    """学习: one learning from decided parts: asked by a person, tried on what was held out, adopted or not by a person."""

    kind = models.CharField("学什么", max_length=8, choices=Kind.choices)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField("日期")
    state = models.CharField("状态", max_length=12, choices=Run.choices, default=Run.WAITING)
    step = models.CharField("步骤", max_length=8, choices=Step.choices, default=Step.COLLECT)
    heard_at = models.DateTimeField("最近动静")
    problem = models.CharField("问题", max_length=300, blank=True)
    finished_on = models.DateField(null=True)
    rows = models.PositiveIntegerField("学了多少", default=0)
    sources = models.JSONField("学自", default=dict)
    trial = models.JSONField("试用", default=dict)
    file = models.CharField(max_length=80, blank=True)
    digest = models.CharField("指纹", max_length=64, blank=True)
    active = models.BooleanField("启用", default=False)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    adopted_on = models.DateField("启用日期", null=True)
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name="启用前的模型")

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=Q(active=True), name="lesson_active_once_a_kind"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state__in=["waiting", "running"]), name="lesson_at_work_once_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished_on__isnull=False, rows__gt=0) & ~Q(file="") & ~Q(digest="")
                | ~Q(state="done") & Q(finished_on=None, file="", digest=""),
                name="lesson_done_leaves_a_model",
            ),
            models.CheckConstraint(
                condition=Q(adopted_by=None, adopted_on=None, before=None, active=False)
                | Q(adopted_by__isnull=False, adopted_on__isnull=False, state="done"),
                name="lesson_adopted_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"学习{self.pk}"

    @property
    def kind_word(self) -> str:
        """What was learnt, in words."""
        return Kind.word_of(self.kind)

    @property
    def step_word(self) -> str:
        """What it does now, in words."""
        return Step.word_of(self.step)

    @property
    def tried(self) -> Trial | None:
        """The figures before and after; None while there are none."""
        return Trial.of(self.trial) if self.trial else None

    @property
    def folder(self) -> Path:
        """Where models lie: plain numbers, beside the other files of the city."""
        return Path(settings.MEDIA_ROOT) / "models"

    @property
    def path(self) -> Path:
        """The file of this model."""
        return self.folder / self.file
