"""学习: what the machine learnt from the city's own decisions, how that was tried, and which model reads now."""

from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from mianduimian.people.models import Person, Region
from mianduimian.text.verdict import Kind, Measured, Step, Trial
from mianduimian.triage.rules import Run, Verb
from mianduimian.vocabulary import _, say

QUIET = timedelta(minutes=15)  # one step of learning from a hundred thousand texts takes less

TAUGHT = {
    "texts": _("来件 %(n)s 段"),
    "classes": _("类别 %(n)s 个"),
    "matters": _("诉求 %(n)s 件"),
    "apart": _("人说不是一件的 %(n)s 对"),
}


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
    def figures(self) -> dict[str, str]:
        """Before, after and their difference in words, each with its interval."""
        trial = self.tried
        if trial is None:
            return {}
        known = {"before": trial.before, "after": trial.after, "gain": trial.gain}
        return {name: shown(measured, self.kind, signed=name == "gain") for name, measured in known.items()}

    @property
    def step_number(self) -> int:
        """How many steps it has behind it."""
        return list(Step).index(Step(self.step))

    @property
    def taught(self) -> list[str]:
        """What it was learnt from, in words: how much, and by which decisions of people."""
        counted = [say(word) % {"n": self.sources[key]} for key, word in TAUGHT.items() if self.sources.get(key)]
        steps = [(Verb(key).word, n) for key, n in self.sources.items() if key in list(Verb) and n]
        return counted + [say(_("%(step)s %(n)s 次")) % {"step": word, "n": n} for word, n in steps]

    @property
    def folder(self) -> Path:
        """Where models lie: plain numbers, beside the other files of the city."""
        return Path(settings.MEDIA_ROOT) / "models"

    @property
    def path(self) -> Path:
        """The file of this model."""
        return self.folder / self.file


def shown(measured: Measured, kind: str, *, signed: bool = False) -> str:
    """A figure with its interval: a share of labels in per cent, F1 between 0 and 1."""
    form = "{:+.1%}" if kind == Kind.CLASS and signed else "{:.1%}" if kind == Kind.CLASS else "{:+.3f}" if signed else "{:.3f}"
    value, low, high = (form.format(one).replace("-", "−") for one in measured)
    return say(_("%(value)s（%(low)s 至 %(high)s）")) % {"value": value, "low": low, "high": high}


def changed_by(person: Person) -> bool:
    """Whether a person may change what the machine reads with: it reads for every level, so it is the whole city's."""
    reach = Region.objects.filter(parent=None).exclude(pk__in=person.region_codes)
    return person.may("triage.learn") and not reach.exists()
