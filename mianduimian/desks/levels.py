"""三级汇总: rounds and meetings by level and place, and what came of them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as say

from mianduimian.intake.models import Submission
from mianduimian.ledger.models import AGREED, Matter
from mianduimian.meeting.models import Meeting
from mianduimian.people.models import Person, Region
from mianduimian.people.rules import Level
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _

FIGURES = {
    "rounds": _("期数"),
    "held": _("座谈会（场）"),
    "collected": _("来件（宗）"),
    "appeals": _("诉求（件）"),
    "settled": _("办结（件）"),
    "closed": _("销号（件）"),
}


@dataclass
class Tally:
    """The sums of one level or one place."""

    word: str
    figures: Counter[str] = field(default_factory=Counter)

    @property
    def labelled(self) -> list[tuple[str, int]]:
        """Head and number, in the order of the table."""
        return [(say(word), self.figures[name]) for name, word in FIGURES.items()]


@dataclass
class Rolled:
    """市、县区、镇街: the sums of each level, and of each place within it."""

    level: Level
    whole: Tally
    places: dict[str, Tally] = field(default_factory=dict)


def roll_up(person: Person) -> list[Rolled]:
    """Every level with its places, counted in a fixed number of queries."""
    rounds = Round.objects.seen_by(person).order_by()
    names = dict(Region.objects.filter(pk__in=rounds.values("region")).values_list("pk", "name"))
    levels = {level.value: Rolled(level, Tally(level.word)) for level in Level}
    for level, region, figures in _counted(rounds):
        rolled = levels[level]
        rolled.whole.figures.update(figures)
        rolled.places.setdefault(region, Tally(names[region])).figures.update(figures)
    return list(levels.values())


def _counted(rounds: QuerySet[Round]) -> list[tuple[str, str, dict[str, int]]]:
    mine = rounds.values("pk")
    by = ("round__level", "round__region")
    asked: dict[str, Any] = {
        "rounds": rounds.values_list("level", "region").annotate(n=Count("pk")),
        "held": Meeting.objects.filter(round__in=mine).exclude(held_on=None).order_by().values_list(*by).annotate(n=Count("pk")),
        "collected": Submission.objects.filter(round__in=mine).order_by().values_list(*by).annotate(n=Count("pk")),
        "appeals": Appeal.objects.filter(round__in=mine).standing().order_by().values_list(*by).annotate(n=Count("pk")),
    }
    found = [(level, region, {name: n}) for name, rows in asked.items() for level, region, n in rows]
    return found + _matters(mine)


def _matters(rounds: QuerySet[Any]) -> list[tuple[str, str, dict[str, int]]]:
    by = ("appeal__round__level", "appeal__round__region")
    figures = {"settled": Count("pk", filter=Q(state__in=AGREED)), "closed": Count("pk", filter=Q(state="closed"))}
    rows = Matter.objects.filter(appeal__round__in=rounds).order_by().values(*by).annotate(**figures)
    return [(row[by[0]], row[by[1]], {name: row[name] for name in figures}) for row in rows]
