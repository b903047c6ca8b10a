"""一览: what is seen of each matter at a glance, derived from its rows and kept beside it, so that the ledger answers at once."""

from collections.abc import Iterable
from datetime import date
from json import dumps
from typing import Any, ClassVar, Self

from django.db import connections, models
from django.db.models import Case, Q, Value, When
from django.db.models.expressions import RawSQL

from mianduimian.intake.models import indexed
from mianduimian.ledger.models.assignments import Assignment
from mianduimian.ledger.models.matters import IN_HAND, Matter
from mianduimian.ledger.models.search import many, question
from mianduimian.ledger.rules import Light, State, Turning
from mianduimian.people.models import Person, Region, Unit
from mianduimian.solicitation.models import Round
from mianduimian.text.normalise import neighbours

# What the sums of a filter ask of a line.
SUMS = ("state", "red_from", "yellow_from", "reply_due_on", "voices", "turn", "matter")
# What they and most filters ask of it: the index alone answers both.
SUMMED = (
    "state", "yellow_from", "red_from", "reply_due_on", "voices", "region", "category", "lead", "first", "round", "channels",
    "turn", "solved", "matter",
)  # fmt: skip
EACH = "SELECT value FROM json_each(%s)"
ELEMENTS = "SELECT value::bigint FROM json_array_elements_text(%s::json)"


def sees_all(person: Person) -> bool:
    """Whether no line is hidden from the person: every round is of their regions."""
    here = set(Round.objects.order_by().values_list("region", flat=True).distinct()) if person.region_codes else set()
    return bool(person.region_codes) and here <= set(person.region_codes)


class GlanceQuerySet(models.QuerySet["Glance"]):
    def seen_by(self, person: Person) -> Self:
        """Lines of the person's regions, and those one of their units leads or assists; nothing is asked of who sees all."""
        if sees_all(person):
            return self.all()
        office = Q(round__in=Round.objects.seen_by(person).values("pk"))
        return self.filter(office | Q(matter__in=Assignment.objects.matters_held_by(person.units)))

    def shining(self, light: str, on: date) -> Self:
        """Lines whose light is this one on a day."""
        not_yet = {name: Q(**{name: None}) | Q(**{f"{name}__gt": on}) for name in ("yellow_from", "red_from")}
        wanted = {
            Light.RED: Q(red_from__lte=on),
            Light.YELLOW: Q(yellow_from__lte=on) & not_yet["red_from"],
            Light.GREEN: not_yet["yellow_from"],
        }
        return self.filter(wanted[Light(light)])

    def among(self, keys: Iterable[int]) -> Self:
        """The lines of these matters, however many they are."""
        known = dumps(list(keys))
        postgres = connections[self.db].vendor == "postgresql"
        return self.filter(matter__in=RawSQL(ELEMENTS if postgres else EACH, [known]))  # noqa: S611

    def with_names(self) -> Self:
        """With what names a line at hand: its appeal and round, its region and its lead unit."""
        own = ("number", "voices", "state", "turn", "solve_by", "reply_due_on", "yellow_from", "red_from")
        far = ("number", "state", "appeal__title", "appeal__round__rulebook")
        found = self.select_related("matter__appeal__round", "region", "lead")
        return found.only(*own, *(f"matter__{name}" for name in far), "region__name", "lead__short")

    def overdue(self, on: date) -> Self:
        """Lines whose written reply is owed and past its day."""
        return self.filter(state__in=IN_HAND, reply_due_on__lt=on)

    def saying(self, words: str, where: str = "", *, walking: bool = False) -> Self:
        """Lines in which every one of the words stands: anywhere, or in one of PARTS; punctuation alone is nowhere.

        Where so many say it that a page is soon full, `walking` has PostgreSQL look at each line in order, not find all first.
        """
        asked = question(words, where, self.db, walking=walking)
        if asked is None:
            return self.none()
        if (walking and connections[self.db].vendor == "postgresql") or not many(asked, self.db):
            return self.filter(matter__in=asked)
        said = Case(When(matter__in=asked, then=Value(True)), default=Value(False), output_field=models.BooleanField())
        return self.alias(said=said).filter(said=True)  # each line is looked up among those found, not those found one by one


class Glance(models.Model):
    """一览: one line of the ledger as it is filtered, sorted and counted; whoever doubts it has it derived anew."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="glance")
    place = models.BigIntegerField("排序", unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.CharField("编号", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    category = models.CharField("类别", max_length=60, blank=True)
    channels = models.CharField("来源渠道", max_length=200, blank=True)
    voices = models.PositiveIntegerField("来件宗数", default=0)
    state = models.CharField("状态", max_length=12, choices=State.choices)
    turn = models.PositiveSmallIntegerField("轮次", default=0)
    first = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="首接单位")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="牵头单位")
    people = models.TextField("领导、责任人", blank=True)
    solved = models.BooleanField("是否解决", null=True)
    opened_on = models.DateField("入账日期")
    assigned_on = models.DateField("交办日期", null=True)
    reply_due_on = models.DateField("书面反馈截止", null=True)
    solve_by = models.DateField("完成时限", null=True)
    replied_on = models.DateField("反馈日期", null=True)
    moved_on = models.DateField("最近进展", null=True)
    settled_on = models.DateField("办结日期", null=True)
    closed_on = models.DateField("销号日期", null=True)
    yellow_from = models.DateField("黄灯起", null=True)
    red_from = models.DateField("红灯起", null=True)

    objects = GlanceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["place"]
        indexes: ClassVar = [
            models.Index(fields=SUMMED, name="glance_summed"),
            models.Index(fields=SUMS, name="glance_sums"),
            models.Index(fields=["category"], name="glance_category"),
            models.Index(fields=["reply_due_on"], name="glance_reply_due"),
            models.Index(fields=["solve_by"], name="glance_solve_by"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def facts(self) -> dict[str, Any]:
        """Everything derived, by name."""
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}

    def light(self, on: date) -> Light:
        """The light of this line on a day, by the days that are kept."""
        return Turning(self.yellow_from, self.red_from).light(on)


class Words(models.Model):
    """检索词: the words of each matter in pairs of characters, in four parts; the database keeps its search index from them."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="+")
    asked = models.TextField("诉求")
    planned = models.TextField("措施与节点")
    done = models.TextField("进展")
    answered = models.TextField("答复")

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def facts(self) -> dict[str, Any]:
        """Everything derived, by name."""
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}


indexed(Words, "asked", "planned", "done", "answered", written=neighbours)


class Mark(models.Model):
    """书签: up to which line of the journal the ledger has taken over what earlier rooms changed."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.number}"
