"""座谈会: seats, agenda, exchanges, promises, suggestions and handling opinions."""

from collections import Counter
from datetime import date
from typing import Any, ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from mianduimian.intake.models import Citizen, Submission
from mianduimian.meeting.rules import ASKING, Decided, Handling, Presence, SeatKind, Voice
from mianduimian.people.models import Person, Unit
from mianduimian.people.rules import Level
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import Bucket


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def seen_by(self, person: Person) -> Self:
        """Meetings of the person's regions, and those at which one of their units sits."""
        seated = Seat.objects.filter(unit__in=person.units).values("meeting")
        return self.filter(Q(round__in=Round.objects.seen_by(person)) | Q(pk__in=seated))


class Meeting(models.Model):
    """座谈会: one meeting on one focus (一次会议破一题)."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("场次")
    host = models.CharField("主持人", max_length=60)
    place = models.CharField("地点", max_length=120)
    starts_at = models.DateTimeField("时间")
    held_on = models.DateField("召开日期", null=True)
    minutes_number = models.CharField("纪要文号", max_length=40, blank=True)
    minutes_on = models.DateField("纪要印发日期", null=True)
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes_on=None, minutes_number="") | Q(minutes_on__isnull=False) & ~Q(minutes_number=""),
                name="minutes_issued_with_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round.focus} 座谈会"

    @property
    def day(self) -> date:
        """The day for which the meeting is called."""
        return localtime(self.starts_at).date()


class SeatQuerySet(models.QuerySet["Seat"]):
    def asking(self) -> Self:
        """The seats of those who raise questions: citizens and deputies."""
        return self.filter(kind__in=ASKING)


class Seat(models.Model):
    """席位: one place in the hall; a citizen representative is one of those who spoke."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="seats")
    kind = models.CharField("席别", max_length=10, choices=SeatKind.choices)
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来件")
    presence = models.CharField("到会", max_length=10, choices=Presence.choices, default=Presence.INVITED)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=SeatKind.CITIZEN, submission__isnull=False) | ~Q(kind=SeatKind.CITIZEN) & Q(submission=None),
                name="seat_of_a_citizen_is_of_one_who_spoke",
            ),
            models.UniqueConstraint(fields=["meeting", "submission"], name="submission_seated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.called}"

    @property
    def word(self) -> str:
        """The kind of the seat in the reader's language."""
        return SeatKind.word_of(self.kind)

    @property
    def called(self) -> str:
        """What stands on the seat's sign: the name as typed, else the office held."""
        return self.name or " ".join(filter(None, (self.unit.short if self.unit else "", self.title)))

    @property
    def presence_word(self) -> str:
        """Whether they came, in the reader's language."""
        return Presence.word_of(self.presence)


class Item(models.Model):
    """议题: an appeal on the agenda, at its place."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField("顺序")

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "appeal"], name="appeal_on_the_agenda_once"),
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_place_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}. {self.appeal.title}"


class Exchange(models.Model):
    """问答: who raised what, which unit answered, the cause, the measure, and what the representative said to it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="exchanges")
    number = models.PositiveSmallIntegerField("序号")
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="诉求")
    raised_by = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name="提出人")
    question = models.TextField("问题")
    answered_by = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="回应单位")
    speaker = models.CharField("发言人", max_length=40, blank=True)
    cause = models.TextField("原因", blank=True)
    measure = models.TextField("措施", blank=True)
    reaction = models.CharField("代表当场反应", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="exchange_number_once")]

    def __str__(self) -> str:
        return f"问答{self.number}"

    @property
    def said(self) -> dict[str, Any]:
        """What was said, for the journal's was → is."""
        names = ("raised_by_id", "question", "answered_by_id", "appeal_id", "speaker", "cause", "measure", "reaction")
        return {name.removesuffix("_id"): getattr(self, name) for name in names}


class Promise(models.Model):
    """承诺: what a unit promised in the hall, with its date."""

    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="promises")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承诺单位")
    text = models.TextField("承诺")
    due_on = models.DateField("完成日期")

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Suggestion(models.Model):
    """建议: what a representative proposed; adopted or not, and why (问计)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="suggestions")
    raised_by = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name="提出人")
    text = models.TextField("建议")
    adopted = models.BooleanField("是否采纳", null=True)
    why = models.TextField("采纳情况说明", blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(adopted=None) | ~Q(why=""), name="suggestion_answered_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def in_force(self) -> Self:
        """The opinion that holds for each appeal."""
        return self.filter(replaced_on=None)

    def of(self, round: Round) -> Self:
        """The opinions on a round's appeals."""
        return self.filter(appeal__round=round)


class Opinion(models.Model):
    """办理意见: what was decided on an appeal, in its exchange or in writing by the task force; a new one replaces the old."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="+")
    exchange = models.ForeignKey(Exchange, models.PROTECT, null=True, related_name="+")
    handling = models.CharField("办理方式", max_length=16, choices=Handling.choices)
    text = models.TextField("办理意见")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    assists = models.ManyToManyField(Unit, related_name="+", verbose_name="配合单位", blank=True)
    solve_by = models.DateField("完成时限", null=True)
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    replaced_on = models.DateField("替换日期", null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appeal"], condition=Q(replaced_on=None), name="opinion_in_force_once"),
            models.CheckConstraint(
                condition=~Q(handling=Handling.BY_A_DATE) | Q(solve_by__isnull=False), name="opinion_by_a_date_has_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal.title} {Handling.word_of(self.handling)}"

    @property
    def handling_word(self) -> str:
        """How the appeal is handled, in the reader's language."""
        return Handling.word_of(self.handling)

    @property
    def decided(self) -> Decided:
        """What this opinion says."""
        assists = tuple(unit.key for unit in self.assists.all())
        return Decided(self.handling, self.text, self.lead.key, assists, self.solve_by)


def unheard(round: Round) -> models.QuerySet[Appeal]:
    """待写办理意见: appeals of a round that count and on which nothing has been decided yet."""
    decided = Opinion.objects.in_force().of(round).values("appeal")
    return Appeal.objects.standing().filter(round=round).exclude(pk__in=decided)


def voices(round: Round) -> list[Voice]:
    """Those who could represent an appeal: named, agreed to be asked, not under a whistle-blower's protection."""
    open_to_invite = Q(submission__confidential=False, submission__citizen__agreed=True, submission__citizen__erased_on=None)
    distilled = Part.objects.of(round).filter(bucket=Bucket.DISTILLED)
    named = distilled.filter(open_to_invite).order_by("submission").select_related("appeal__region__parent")
    pairs = distilled.order_by().values_list("appeal", "submission").distinct()
    spoke: Counter[int | None] = Counter(appeal for appeal, _submission in pairs)
    return [_voice(part, spoke[part.appeal_id]) for part in named.select_related("submission__citizen")]


def _voice(part: Part, count: int) -> Voice:
    appeal, citizen = cast(Appeal, part.appeal), cast(Citizen, part.submission.citizen)
    region = appeal.region
    if region and region.level == Level.TOWN and region.parent:
        region = region.parent
    known_as = citizen.phone_index or str(citizen.pk)
    return Voice(appeal.pk, appeal.title, region.name if region else "", count, part.submission_id, known_as)
