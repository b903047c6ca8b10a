"""座谈会: seats, agenda, exchanges, promises, suggestions and handling opinions."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.intake.models import Submission
from mianduimian.meeting.rules import Handling, Presence, SeatKind
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal


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
    version = models.PositiveIntegerField(default=1)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_at"]

    def __str__(self) -> str:
        return f"{self.round.focus} 座谈会"


class Seat(models.Model):
    """席位: one place in the hall; a citizen representative is one of those who spoke."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="seats")
    kind = models.CharField("席别", max_length=10, choices=SeatKind.choices)
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来件")
    presence = models.CharField("到会", max_length=10, choices=Presence.choices, default=Presence.INVITED)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{SeatKind.word_of(self.kind)} {self.name}"


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

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="exchange_number_once")]

    def __str__(self) -> str:
        return f"问答{self.number}"


class Promise(models.Model):
    """承诺: what a unit promised in the hall, with its date."""

    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="promises")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承诺单位")
    text = models.TextField("承诺")
    due_on = models.DateField("完成日期")

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
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(adopted=None) | ~Q(why=""), name="suggestion_answered_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def in_force(self) -> Self:
        """The opinion that holds for each appeal."""
        return self.filter(replaced_on=None)


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
    replaced_on = models.DateField(null=True)

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
