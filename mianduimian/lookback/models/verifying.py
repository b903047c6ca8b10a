"""核查: what somebody other than the handler found, with photographs; who may not look."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.ledger.rules import State
from mianduimian.lookback.rules import Finding, Tick, checklist
from mianduimian.people.models import Person, Post
from mianduimian.people.rules import Role, holders
from mianduimian.vocabulary import say

AGREED = [State.SETTLED, State.CLOSING]
ANSWERED = [State.REPLIED, State.STAGED, *AGREED]


class Recusal(models.Model):
    """回避: a person with an interest in a matter neither verifies, visits, sends back nor closes it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="回避人")
    why = models.CharField("理由", max_length=200)
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "person"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.matter} {self.person}"


def matters_for(person: Person) -> models.QuerySet[Matter]:
    """Matters whose look-back the person may see: none that their units handle or handled, none they recused from."""
    assists = Assignment.assists.through.objects.filter(unit__in=person.units).values("assignment")
    handled = Assignment.objects.filter(Q(lead__in=person.units) | Q(pk__in=assists)).order_by()
    recused = Recusal.objects.filter(person=person, matter=OuterRef("pk"))
    return Matter.objects.seen_by(person).exclude(pk__in=handled.values("matter")).exclude(Exists(recused))


def strangers(permission: str, by: Person) -> models.QuerySet[Person]:
    """Who in the regions of a planner holds a post with this permission; whether they are strangers to a matter, the acts say."""
    posts = Post.objects.filter(role__in=set(holders(permission)) - {Role.CLOCK}, until=None, unit__region__in=by.region_codes)
    return Person.objects.filter(is_active=True, pk__in=posts.values("person")).order_by("name", "pk")


class Verification(models.Model):
    """核查: somebody other than the handler looked whether it is so, once a turn; and once `again` where a draw asks for it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    again = models.BooleanField("抽查复核", default=False)
    finding = models.CharField("结论", max_length=8, choices=Finding.choices)
    note = models.TextField("核查情况")
    points = models.JSONField("清单", default=dict)
    on_site = models.BooleanField("现场核查", default=True)
    on = models.DateField("核查日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    token = models.CharField(max_length=80, null=True, unique=True)
    body = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn", "again"], name="verified_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {self.finding_word}"

    @property
    def finding_word(self) -> str:
        """The finding in the reader's language."""
        return Finding.word_of(self.finding)

    @property
    def ticked(self) -> list[tuple[str, str, str]]:
        """The points of the checklist that were ticked: words, key of the tick, its word."""
        known = checklist(self.matter.appeal.round.rules)
        return [
            (say(one.word), self.points[one.key], Tick.word_of(self.points[one.key])) for one in known if one.key in self.points
        ]


class Snapshot(models.Model):
    """现场照片: as it was taken, and a copy without place and camera, which is what is shown."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="photos")
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["verification", "digest"], name="photo_once_a_verification")]

    def __str__(self) -> str:
        return self.name
