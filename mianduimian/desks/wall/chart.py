"""图: what hangs on the wall, as plain data: the page and the paper show this and nothing else."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mianduimian.desks.rules import SHAPES, WEEK, Sign, monday
from mianduimian.desks.wall.road import Stage
from mianduimian.ledger.rules import Light


def counted(n: int) -> str:
    """So many matters."""
    return ngettext("%(n)s 件", "%(n)s 件", n) % {"n": n}


def ledger_url(**wanted: Any) -> str:
    """The ledger, filtered."""
    said = {name: value for name, value in wanted.items() if value not in ("", None)}
    return reverse("desks:ledger") + (f"?{urlencode(said)}" if said else "")


@dataclass(frozen=True)
class Mark:
    """A mark in one week: what became of so many nodes, what stands under it, and where they are listed."""

    sign: Sign
    number: int
    url: str
    word: str
    said: str = ""


@dataclass(frozen=True)
class Lamp:
    """A light or a sign with its shape, its word, and how many stand on it."""

    key: str
    word: str
    number: str
    url: str = ""

    @property
    def sign(self) -> str:
        """Its shape."""
        return SHAPES[self.key]


@dataclass(frozen=True)
class Head:
    """The head of a week: the Monday, and today where it falls into it."""

    week: date
    word: str
    today: str = ""


@dataclass(frozen=True)
class Cell:
    """One week of one row."""

    week: date
    marks: list[Mark] = field(default_factory=list)
    span: bool = False
    today: bool = False
    stages: list[Stage] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One row: a unit, a matter or a node, with its lights and its weeks."""

    word: str
    url: str
    total: int
    lights: list[Lamp]
    cells: list[Cell]
    count: str = ""
    note: str = ""
    zoom: str = ""


@dataclass(frozen=True)
class Wall:
    """The chart: weeks across, one page of its rows down, the road map above, sums of all rows beneath."""

    title: str
    corner: str
    rows: int
    on: date
    weeks: list[date]
    road: list[Cell]
    lines: list[Line]
    lights: Counter[str]
    nodes: Counter[str]
    stages: list[Stage]

    @property
    def this_week(self) -> date:
        """The week of the day on which it was drawn."""
        return monday(self.on)

    @property
    def total(self) -> int:
        """How many matters hang on it."""
        return sum(self.lights.values())

    @property
    def lead(self) -> str:
        """One sentence under the title."""
        words = _("%(n)s 件事项，%(day)s 算出，与台账同一批数据。")
        return words % {"n": self.total, "day": self.on.isoformat()}

    @property
    def shining(self) -> list[Lamp]:
        """Every light with how many matters stand on it."""
        return [Lamp(light.value, light.word, counted(self.lights[light.value])) for light in Light]

    @property
    def summed(self) -> list[Lamp]:
        """The legend: every sign with how many nodes carry it."""
        words = _("%(n)s 个节点")
        return [Lamp(sign.value, sign.word, words % {"n": self.nodes[sign.value]}) for sign in Sign]

    @property
    def heads(self) -> list[Head]:
        """The heads of the weeks, each with its Monday's date; a new year says which."""
        return [self._head(week, n == 0 or self.weeks[n - 1].year != week.year) for n, week in enumerate(self.weeks)]

    def _head(self, week: date, first: bool) -> Head:
        day = f"{week.year}-{week.month}-{week.day}" if first else f"{week.month}-{week.day}"
        today = _("今天 %(day)s") % {"day": f"{self.on.month}-{self.on.day}"}
        return Head(week, day, today if week == self.this_week else "")

    @property
    def now(self) -> int:
        """Which of its weeks is this one; -1 where it is none of them."""
        return self.weeks.index(self.this_week) if self.this_week in self.weeks else -1

    @property
    def day(self) -> int:
        """Which day of its week it is, Monday being 0: where today's line stands."""
        return (self.on - self.this_week).days

    @property
    def road_word(self) -> str:
        """What stands before the road map."""
        return _("路线图")

    @property
    def explained(self) -> str:
        """What is no mark: the line of today, the bars, the stages, the progress."""
        return _("红色竖线是今天；底色是办理的起止；◆ 已到、◇ 未到的路线图节点；完成度 = 已完成节点的权重 ÷ 全部节点的权重。")


def around(wall: Wall, before: int, after: int) -> Wall:
    """The part of the chart around this week, for a screen that is read from afar."""
    first, last = wall.this_week - before * WEEK, wall.this_week + after * WEEK
    lines = [replace(line, cells=[cell for cell in line.cells if first <= cell.week <= last]) for line in wall.lines]
    weeks = [week for week in wall.weeks if first <= week <= last]
    return replace(wall, weeks=weeks, lines=lines, road=[cell for cell in wall.road if first <= cell.week <= last])
