"""梳理: parts of submissions, the representative appeals distilled from them, every decision reversible."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q

from mianduimian.intake.models import Submission
from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage.rules import Bucket, Reason


class AppealQuerySet(models.QuerySet["Appeal"]):
    def seen_by(self, person: Person) -> Self:
        """Appeals of the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def standing(self) -> Self:
        """Appeals that speak for at least one part: the 件 that are counted."""
        return self.filter(Q(pk__in=Part.objects.filter(bucket=Bucket.DISTILLED).values("appeal")))

    def with_voices(self) -> Self:
        """Each with `voices`, the number of submissions (宗) it speaks for."""
        return self.annotate(voices=Count("parts__submission", distinct=True))


class Appeal(models.Model):
    """诉求: a representative valid appeal with its own wording (counted in 件)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    title = models.CharField("标题", max_length=120)
    wording = models.TextField("诉求表述")
    category = models.CharField("类别", max_length=60, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="区划")
    place = models.CharField("地点", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议牵头单位")
    made_on = models.DateField("形成日期")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    fixed_on = models.DateField("入账日期", null=True)
    version = models.PositiveIntegerField(default=1)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "number"], name="appeal_number_once")]

    def __str__(self) -> str:
        return f"诉求{self.number} {self.title}"


class PartQuerySet(models.QuerySet["Part"]):
    def of(self, round: Round) -> Self:
        """All parts of a round's submissions."""
        return self.filter(submission__round=round)

    def seen_by(self, person: Person) -> Self:
        """Parts of the rounds the person sees."""
        return self.filter(submission__round__in=Round.objects.seen_by(person))

    def undecided(self) -> Self:
        """Parts nobody has decided yet."""
        return self.filter(bucket=Bucket.UNDECIDED)


class Part(models.Model):
    """部分: one matter within a submission; most submissions have one part, their whole text."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("序号", default=1)
    text = models.TextField("内容", blank=True)
    bucket = models.CharField("去向", max_length=12, choices=Bucket.choices, default=Bucket.UNDECIDED, db_index=True)
    reason = models.CharField("理由", max_length=24, choices=Reason.choices, blank=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="parts")
    earlier = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="+", verbose_name="往期诉求")
    category = models.CharField("类别", max_length=60, blank=True)
    confidence = models.FloatField("把握", null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["submission", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="part_number_once"),
            models.CheckConstraint(
                condition=(Q(bucket=Bucket.DISTILLED, appeal__isnull=False) | (~Q(bucket=Bucket.DISTILLED) & Q(appeal=None))),
                name="part_has_an_appeal_exactly_when_distilled",
            ),
            models.CheckConstraint(
                condition=(
                    Q(bucket__in=[Bucket.INVALID, Bucket.ELSEWHERE]) & ~Q(reason="")
                    | ~Q(bucket__in=[Bucket.INVALID, Bucket.ELSEWHERE]) & Q(reason="")
                ),
                name="part_has_a_reason_exactly_when_one_is_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"来件{self.submission_id}-{self.number}"

    @property
    def words(self) -> str:
        """What this part says: its own cut, or the whole submission."""
        return self.text or self.submission.text


class Decision(models.Model):
    """决定: one step of a person in triage, with everything it moved, so that it can be undone."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=24)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_on=None) | Q(undone_by__isnull=False, undone_on__isnull=False),
                name="decision_undone_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"


class Moved(models.Model):
    """移动: one part moved by a decision: where it was, where it went."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="moves")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    was = models.JSONField()
    now = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["decision", "part"], name="part_moved_once_a_decision")]

    def __str__(self) -> str:
        return f"{self.part}: {self.was} → {self.now}"


class Proposal(models.Model):
    """机器建议: parts that seem to be about one event; a person confirms or rejects it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    parts = models.ManyToManyField(Part, related_name="proposals")
    representative = models.ForeignKey(Part, models.PROTECT, related_name="+")
    sure = models.FloatField("把握")
    why = models.CharField("依据", max_length=200)
    category = models.CharField("类别", max_length=60, blank=True)
    made_on = models.DateField()
    answer = models.CharField(max_length=12, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-sure", "pk"]

    def __str__(self) -> str:
        return f"建议{self.pk}"
