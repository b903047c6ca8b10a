"""座谈会: one meeting on one focus, and the seats in its hall."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime

from mianduimian.intake.models import Submission
from mianduimian.meeting.rules import ASKING, Presence, SeatKind
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def seen_by(self, person: Person) -> Self:
        """Meetings of the person's regions, and those at which one of their units sits."""
        seated = Seat.objects.filter(unit__in=person.units).values("meeting")
        return self.filter(Q(round__in=Round.objects.seen_by(person)) | Q(pk__in=seated))

    def without_minutes(self) -> Self:
        """Meetings that were held and whose minutes are not issued yet."""
        return self.filter(held_on__isnull=False, minutes_on=None)


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
