"""公开稿: the words of a matter or a promise for everybody: written by one hand, released by another, corrected by the next."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from mianduimian.intake.models import copied
from mianduimian.ledger.models import Matter, Reply, Staging
from mianduimian.meeting.models import Promise
from mianduimian.people.models import Person
from mianduimian.publication.models.voices import voices
from mianduimian.publication.wording import Change, Words
from mianduimian.solicitation.models import Round
from mianduimian.text.normalise import plain


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, round: Round) -> Self:
        """The public texts of a round."""
        return self.filter(round=round)

    def waiting(self) -> Self:
        """Drafts that wait for a second hand."""
        return self.filter(released_on=None, returned_on=None)

    def in_force(self) -> Self:
        """Of each subject the text that was released last, also one that was withdrawn."""
        return self.filter(released_on__isnull=False, replaced_on=None)

    def shown(self) -> Self:
        """What everybody may read now."""
        return self.in_force().filter(withdrawn_on=None)

    def told(self) -> Self:
        """Everything that ever was public: released, corrected or withdrawn."""
        return self.filter(released_on__isnull=False)

    def saying(self, words: str) -> Self:
        """Texts in which every one of the words stands, whatever the width, case or script."""
        found = self
        for word in plain(words).split():
            found = found.filter(searched__contains=word)
        return found


class Draft(models.Model):
    """公开稿: one version of what is public about a matter, or of a promise; a correction is the next version."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="+")
    version = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("标题", max_length=120, blank=True)
    wording = models.TextField("公开表述")
    place = models.CharField("地点", max_length=200, blank=True)
    answer = models.TextField("公开答复", blank=True)
    unsolved = models.TextField("尚未解决的原因", blank=True)
    searched = models.TextField(default="")
    source = models.CharField(max_length=64)
    change = models.CharField("变动", max_length=12, choices=Change.choices, default=Change.FIRST)
    why = models.CharField("更正理由", max_length=200, blank=True)
    on = models.DateField("起草日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    returned_on = models.DateField("退回日期", null=True)
    returned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    returned_why = models.CharField("退回理由", max_length=200, blank=True)
    released_on = models.DateField("公开日期", null=True, db_index=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replaced_on = models.DateField("替换日期", null=True)
    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField("撤回理由", max_length=200, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(matter=None, promise__isnull=False) | Q(matter__isnull=False, promise=None),
                name="draft_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("by")), name="draft_released_by_a_second_hand"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None, released_on=None) | Q(released_by__isnull=False, released_on__isnull=False),
                name="draft_released_by_someone_some_day",
            ),
            models.CheckConstraint(condition=~Q(change=Change.CORRECTION) | ~Q(why=""), name="draft_correction_says_why"),
            models.CheckConstraint(condition=Q(withdrawn_on=None) | ~Q(withdrawn_why=""), name="draft_withdrawal_says_why"),
            models.UniqueConstraint(fields=["matter", "version"], name="draft_version_once_a_matter"),
            models.UniqueConstraint(fields=["promise", "version"], name="draft_version_once_a_promise"),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(released_on=None, returned_on=None), name="draft_waits_once_a_matter"
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=Q(released_on__isnull=False, replaced_on=None), name="draft_in_force_once_a_matter"
            ),
            models.UniqueConstraint(
                fields=["promise"], condition=Q(released_on__isnull=False, replaced_on=None), name="draft_in_force_once_a_promise"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter.number if self.matter else self.promise_id} v{self.version}"

    @property
    def words(self) -> Words:
        """What it says."""
        return Words(self.title, self.wording, self.place, self.answer, self.unsolved)

    @property
    def change_word(self) -> str:
        """First, update or correction, in the reader's language."""
        return Change.word_of(self.change)


def inner_words(matters: Iterable[Matter]) -> dict[int, Words]:
    """Matter → what stands inside for its public text, as it is now: nothing of it is public yet."""
    held = {matter.pk: matter for matter in matters}
    answers = dict(Reply.objects.filter(matter__in=held).order_by("pk").values_list("matter", "public"))
    parked = dict(Staging.objects.filter(matter__in=held, turn=F("matter__turn")).order_by("pk").values_list("matter", "reason"))
    return {
        pk: Words(one.appeal.title, one.appeal.wording, one.appeal.place, answers.get(pk, ""), parked.get(pk, ""))
        for pk, one in held.items()
    }


def names_of(matters: Iterable[Matter]) -> dict[int, set[str]]:
    """Matter → the names of those who spoke for it."""
    held = {matter.appeal_id: matter.pk for matter in matters}
    found = voices(held)
    return {pk: found.get(appeal, set()) for appeal, pk in held.items()}


def promise_names(promises: Iterable[Promise]) -> dict[int, set[str]]:
    """Promise → the names of those who spoke for its appeal."""
    held = {promise.pk: promise.exchange.appeal_id for promise in promises}
    found = voices([appeal for appeal in held.values() if appeal])
    return {pk: found.get(appeal, set()) if appeal else set() for pk, appeal in held.items()}


copied(Draft, "title", "wording", "answer", "unsolved", "searched", citizen="matter__appeal__parts__submission__citizen")
