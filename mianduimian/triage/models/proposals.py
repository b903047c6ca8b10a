"""机器建议: what the machine read and proposed, and what a person answered."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Now

from mianduimian.intake.models import copied
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken
from mianduimian.solicitation.models import Round
from mianduimian.triage.models.appeals import Appeal, Part
from mianduimian.triage.models.decisions import Decision
from mianduimian.triage.rules import SILENT, Answer, Bucket, Run, Stage, category_word
from mianduimian.vocabulary import _


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def seen_by(self, person: Person) -> Self:
        """Proposals in the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def open(self) -> Self:
        """Proposals that wait for a person: unanswered, and with a part nobody has decided otherwise."""
        waiting = Proposal.parts.through.objects.filter(proposal=OuterRef("pk"), part__bucket=Bucket.UNDECIDED)
        return self.filter(Exists(waiting.filter(part__joined_on=None)), answer="")

    def with_members(self) -> Self:
        """Each with `members`, its parts that nobody has decided yet."""
        waiting = Part.objects.undecided().select_related("submission__region", "submission__citizen").order_by("pk")
        return self.prefetch_related(models.Prefetch("parts", queryset=waiting, to_attr="members"))

    def by_doubt(self) -> Self:
        """The most doubtful first."""
        return self.order_by("sure", "pk")

    def behind(self, sure: float, pk: int) -> Self:
        """Those that follow a place in that order."""
        return self.by_doubt().filter(Q(sure__gt=sure) | Q(sure=sure, pk__gt=pk))

    def ahead(self, sure: float, pk: int) -> Self:
        """Those before a place in that order, the nearest first."""
        return self.order_by("-sure", "-pk").filter(Q(sure__lt=sure) | Q(sure=sure, pk__lt=pk))

    def kept(self) -> Self:
        """Those a new reading leaves alone: what a person put together, and what a citizen asked to be part of."""
        return self.filter(Q(born_of__isnull=False) | Q(voiced=True))

    def sure_from(self, at: float, class_from: float) -> Self:
        """Those at least so sure, and sure enough of their class too where a new appeal would need one."""
        return self.filter(Q(representative__confidence__gte=class_from) | Q(appeal__isnull=False), sure__gte=at)


class Proposal(models.Model):
    """机器建议: parts that seem to be about one event; a person confirms or rejects it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    parts = models.ManyToManyField(Part, related_name="proposals")
    representative = models.ForeignKey(Part, models.PROTECT, related_name="+")
    sure = models.FloatField("把握")
    why = models.CharField("依据", max_length=200)
    reasons = models.JSONField("逐宗依据", default=dict)
    wording = models.TextField("建议表述", blank=True)
    category = models.CharField("类别", max_length=60, blank=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="+", verbose_name="归入")
    made_on = models.DateField()
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    born_of = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", verbose_name="由人改组")
    voiced = models.BooleanField("群众自己提出", default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sure", "pk"]
        indexes: ClassVar = [models.Index(fields=["round", "answer", "sure", "id"], name="proposal_by_doubt")]

    def __str__(self) -> str:
        return f"建议{self.pk}"

    @property
    def category_word(self) -> str:
        """The words of the class the machine read."""
        return category_word(self.category)

    def must_wait(self) -> None:
        """Refuse who would answer a group once more: who answered it, and how."""
        if self.answered_by:
            words = {"who": self.answered_by.name, "answer": Answer.word_of(self.answer)}
            raise Overtaken(_("这条建议已由%(who)s答复（%(answer)s），您的这一步没有执行。"), **words)

    @property
    def place(self) -> str:
        """Its place in the order of doubt, for the next page."""
        return f"{self.sure!r}_{self.pk}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    def unfinished(self) -> Self:
        """Readings that are not at their end, also those that stopped or broke."""
        return self.exclude(state=Run.DONE)

    def silent(self) -> Self:
        """Readings nobody works on although nobody stopped them: no worker took it up, or the one who did is heard no more."""
        heard = self.filter(state__in=[Run.WAITING, Run.RUNNING]).annotate(heard=Coalesce("heard_at", "asked_at"))
        return heard.filter(Q(heard=None) | Q(heard__lte=Now() - SILENT))


class Reading(models.Model):
    """机器梳理: one reading of a round's parts: asked for by a person, done step by step in the background."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField(null=True)
    state = models.CharField("状态", max_length=12, choices=Run.choices, default=Run.WAITING)
    stage = models.CharField("步骤", max_length=12, choices=Stage.choices, default=Stage.TAKE_UP)
    total = models.PositiveIntegerField("应读", default=0)
    texts = models.PositiveIntegerField("已读", default=0)
    last = models.PositiveBigIntegerField("读到", default=0)
    proposals = models.PositiveIntegerField(default=0)
    holder = models.CharField("读的作业", max_length=32, blank=True)
    heard_at = models.DateTimeField("最近动静", null=True)
    tries = models.PositiveSmallIntegerField("接手次数", default=0)
    problem = models.CharField("问题", max_length=300, blank=True)
    finished_on = models.DateField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=Run.DONE, finished_on__isnull=False) | ~Q(state=Run.DONE) & Q(finished_on=None),
                name="reading_done_on_some_day",
            ),
            models.CheckConstraint(
                condition=Q(state=Run.RUNNING) & ~Q(holder="") | ~Q(state=Run.RUNNING) & Q(holder=""),
                name="reading_runs_in_somebodys_hands",
            ),
        ]

    def __str__(self) -> str:
        return f"机器梳理{self.pk}"

    @property
    def state_word(self) -> str:
        """How it stands, in words."""
        return Run.word_of(self.state)

    @property
    def stage_word(self) -> str:
        """What it does now, in words."""
        return Stage.word_of(self.stage)


copied(Proposal, "wording", citizen="parts__submission__citizen")
