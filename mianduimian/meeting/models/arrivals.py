"""参会证与签到: the paper that opens the hall to one seat, and who came when."""

from typing import ClassVar, Self

from django.db import models

from mianduimian.meeting.models.meetings import Meeting, Seat
from mianduimian.people.models import Person


class CardQuerySet(models.QuerySet["Card"]):
    def known(self) -> Self:
        """With seat, meeting and arrival at hand, in the order of the seats."""
        return self.select_related("seat__unit", "meeting__round__region", "arrival__by").order_by("seat")


class Card(models.Model):
    """参会证: an unguessable token in a QR code, and a short code to type where nothing can be scanned."""

    seat = models.OneToOneField(Seat, models.PROTECT, related_name="card")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="cards")
    token = models.CharField(max_length=32, unique=True)
    code = models.CharField("签到码", max_length=6)
    issued_on = models.DateField("制发日期")

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "code"], name="card_code_once_a_meeting")]

    def __str__(self) -> str:
        return f"参会证{self.pk}"

    @property
    def spelled(self) -> str:
        """The short code in two groups, as it is printed."""
        return f"{self.code[:3]} {self.code[3:]}"


class Arrival(models.Model):
    """签到: somebody came with their card; the first time counts."""

    card = models.OneToOneField(Card, models.PROTECT, related_name="arrival")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="经手人")

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"
