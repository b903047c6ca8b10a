"""梳理: parts of submissions, and the representative appeals distilled from them."""

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mianduimian.intake.models import Submission, copied
from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage.rules import Bucket, Place, Reason, category_word, taxonomy
from mianduimian.vocabulary import say


class AppealQuerySet(models.QuerySet["Appeal"]):
    def seen_by(self, person: Person) -> Self:
        """Appeals of the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def of(self, round: Round) -> Self:
        """All appeals of a round, also those that have lost every part."""
        return self.filter(round=round)

    def standing(self) -> Self:
        """Appeals that speak for at least one part: the 件 that are counted."""
        return self.filter(Exists(Part.objects.filter(appeal=OuterRef("pk"))))

    def worded(self, words: str) -> Self:
        """Appeals with these words in title or wording."""
        return self.filter(Q(title__icontains=words) | Q(wording__icontains=words)) if words else self

    def of_class(self, category: str) -> Self:
        """Appeals of a class, or of any kind under it."""
        return self.filter(Q(category=category) | Q(category__startswith=f"{category}.")) if category else self

    def with_voices(self) -> Self:
        """Each with `voices`, the number of submissions (宗) it speaks for."""
        mine = Part.objects.filter(appeal=OuterRef("pk")).order_by().values("appeal")
        voices = mine.annotate(n=Count("submission", distinct=True)).values("n")
        return self.annotate(voices=Coalesce(Subquery(voices, output_field=models.IntegerField()), 0))


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

    @property
    def category_word(self) -> str:
        """The words of its class."""
        return category_word(self.category)

    @property
    def goods_words(self) -> str:
        """The goods of livelihood its class touches, such as 学有所教."""
        known = taxonomy().words.get(self.category)
        return "、".join(taxonomy().goods[good] for good in known.goods) if known else ""


class PartQuerySet(models.QuerySet["Part"]):
    def live(self) -> Self:
        """Parts that count; one whose cut was undone has its words in the first part again."""
        return self.filter(joined_on=None)

    def of(self, round: Round) -> Self:
        """All parts of a round's submissions."""
        return self.live().filter(submission__round=round)

    def seen_by(self, person: Person) -> Self:
        """Parts of the rounds the person sees."""
        return self.live().filter(submission__round__in=Round.objects.seen_by(person))

    def for_list(self) -> Self:
        """With everything a list shows of each."""
        return self.select_related("submission__region", "submission__citizen", "appeal", "earlier__round")

    def saying(self, round: Round, words: str) -> Self:
        """Parts of a round that contain these words, in their text or in the submission's title."""
        said = Q(text__icontains=words) | Q(text="", submission__text__icontains=words) | Q(submission__title__icontains=words)
        return self.of(round).filter(said).for_list().order_by("pk")

    def as_seen(self, versions: Mapping[int, int]) -> list["Part"]:
        """These parts as the person saw them: each carries the version that stood on the page."""
        parts: list[Part] = list(self.filter(pk__in=versions).select_related("submission__citizen").order_by("pk"))
        for part in parts:
            part.version = versions[part.pk]
        return parts

    def undecided(self) -> Self:
        """Parts nobody has decided yet."""
        return self.live().filter(bucket=Bucket.UNDECIDED)

    def doubted(self, sure_from: float) -> Self:
        """Undecided parts the machine is unsure of: in their class, or in what belongs together."""
        weak = Part.proposals.through.objects.filter(part=OuterRef("pk"), proposal__answer="", proposal__sure__lt=sure_from)
        return self.undecided().filter(Q(confidence__lt=sure_from) | Exists(weak))


class Part(models.Model):
    """部分: one matter within a submission; most have one part, their whole text. A class `labelled_by` a person is no guess."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("序号", default=1)
    text = models.TextField("内容", blank=True)
    bucket = models.CharField("去向", max_length=12, choices=Bucket.choices, default=Bucket.UNDECIDED, db_index=True)
    reason = models.CharField("理由", max_length=24, choices=Reason.choices, blank=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="parts")
    earlier = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="+", verbose_name="往期诉求")
    note = models.CharField("往期说明", max_length=200, blank=True)
    joined_on = models.DateField("并回日期", null=True)
    category = models.CharField("类别", max_length=60, blank=True)
    confidence = models.FloatField("把握", null=True)
    labelled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="定类别的人")
    version = models.PositiveIntegerField(default=1)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["submission_id", "number"]
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
            models.CheckConstraint(
                condition=(
                    Q(bucket=Bucket.REPEAT) & (Q(earlier__isnull=False) | ~Q(note=""))
                    | ~Q(bucket=Bucket.REPEAT) & Q(earlier=None, note="")
                ),
                name="part_names_what_it_repeats_exactly_when_a_repeat",
            ),
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(bucket=Bucket.UNDECIDED), name="part_joined_again_is_in_no_other_bucket"
            ),
        ]

    def __str__(self) -> str:
        return f"来件{self.submission_id}-{self.number}"

    @property
    def words(self) -> str:
        """What this part says: its own cut, or the whole submission."""
        return self.text or self.submission.text

    @property
    def shown(self) -> str:
        """Its words with the personal data starred."""
        return self.submission.veiled(self.words)

    @property
    def spot(self) -> str:
        """The place the citizen named, a home's door starred."""
        return self.submission.spot

    @property
    def place(self) -> Place:
        """Where it is now."""
        return Place(self.bucket, self.reason, self.appeal_id, self.earlier_id, self.note, self.joined_on is not None)

    @property
    def bucket_word(self) -> str:
        """Where it is, in words, with the reason if there is one."""
        why = Reason.word_of(self.reason) if self.reason else ""
        return Bucket.word_of(self.bucket) + say("（") + why + say("）") if why else Bucket.word_of(self.bucket)

    @property
    def category_word(self) -> str:
        """The words of the class the machine read."""
        return category_word(self.category)

    @property
    def seen(self) -> str:
        """What a form carries of it: which part, and in which version the person saw it."""
        return f"{self.pk}:{self.version}"


copied(Part, "text", "note", citizen="submission__citizen")
copied(Appeal, "title", "wording", "place", citizen="parts__submission__citizen")
