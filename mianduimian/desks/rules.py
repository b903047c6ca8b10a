"""工作台规则: weeks of the wall chart, what a mark says, what stands first on a desk, what the next round could be about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log2

from mianduimian.ledger.rules import Light, Node
from mianduimian.text.hot import Growth, Trend, growth
from mianduimian.vocabulary import Term, _

WEEK = timedelta(7)
LONGEST = 60  # weeks a wall chart shows


class Sign(Term):
    """挂图标记: what became of a node by a day."""

    RED = "red", _("连续逾期")
    YELLOW = "yellow", _("逾期")
    NONE = "none", _("未到期")
    GREEN = "green", _("已完成")

    @property
    def shape(self) -> str:
        """Its shape, so that colour never speaks alone."""
        return SHAPES[self.value]


SHAPES = {"red": "■", "yellow": "▲", "none": "○", "green": "●"}


def sign(node: Node, light: Light, on: date) -> Sign:
    """The mark of one node: done, not yet due, missed, or missed on a matter that stands on red."""
    if node.missed(on):
        return Sign.RED if light == Light.RED else Sign.YELLOW
    return Sign.GREEN if node.done_on else Sign.NONE


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def weeks(days: Iterable[date]) -> list[date]:
    """The Mondays from the first day's week to the last's, each once."""
    known = sorted(days)
    if not known:
        return []
    first, last = monday(known[0]), monday(known[-1])
    count = min((last - first) // WEEK + 1, LONGEST)
    return [first + n * WEEK for n in range(count)]


@dataclass(frozen=True)
class Work:
    """One matter on the wall: the unit that leads it, since when, its nodes, its light, and the weight of what is done."""

    unit: int
    since: date
    nodes: tuple[Node, ...]
    light: Light
    done: int = 0
    whole: int = 0

    @property
    def days(self) -> list[date]:
        """Every day it has on the wall."""
        return [self.since, *(node.due_on for node in self.nodes)]


@dataclass
class Band:
    """One unit's row: its matters by light, its marks by week, the weeks it is at work."""

    unit: int
    lights: Counter[str] = field(default_factory=Counter)
    marks: dict[date, Counter[str]] = field(default_factory=dict)
    first: date = date.max
    last: date = date.min
    done: int = 0
    whole: int = 0

    @property
    def total(self) -> int:
        """How many matters the unit leads."""
        return sum(self.lights.values())

    def put(self, work: Work, on: date) -> None:
        """Hang one matter on the row."""
        self.lights[work.light.value] += 1
        self.done, self.whole = self.done + work.done, self.whole + work.whole
        self.first = min(self.first, monday(work.since))
        self.last = max(self.last, *map(monday, work.days))
        for node in work.nodes:
            week = self.marks.setdefault(monday(node.due_on), Counter())
            week[sign(node, work.light, on).value] += 1

    def spans(self, week: date) -> bool:
        """Whether the unit is at work in that week."""
        return self.first <= week <= self.last


def bands(works: Iterable[Work], on: date) -> list[Band]:
    """挂图: one row a unit; the most pressing first, then those with most matters."""
    rows: dict[int, Band] = {}
    for work in works:
        rows.setdefault(work.unit, Band(work.unit)).put(work, on)
    return sorted(rows.values(), key=lambda row: (-row.lights["red"], -row.lights["yellow"], -row.total, row.unit))


def share(part: int, whole: int) -> str:
    """A share for the page, with one decimal; a dash where nothing is counted."""
    return f"{part / whole:.1%}" if whole else "—"


class Ground(Term):
    """选题依据: why the next round could be about a topic."""

    HOT = "hot", _("焦点之外的热点")
    ELSEWHERE = "elsewhere", _("不属当期焦点的来件")
    REPEAT = "repeat", _("往期重复的来件")
    BACK = "back", _("退回重办的事项")
    HOTLINE = "hotline", _("12345 热线的增势")


@dataclass(frozen=True)
class Basis:
    """One ground of a topic: what was counted, what that is on the scale, and its weight."""

    ground: Ground
    number: int
    scaled: float
    weight: float

    @property
    def points(self) -> float:
        """What it adds to the topic's score."""
        return self.scaled * self.weight


@dataclass(frozen=True)
class Calls:
    """The hotline's calls on a theme in the latest months, and in the same months a year earlier."""

    now: int = 0
    before: int = 0
    months: int = 0

    @property
    def growth(self) -> Growth:
        """How they grew, as far as the numbers are certain; a theme without months has no trend."""
        return growth(self.now, self.before if self.months else None)


@dataclass(frozen=True)
class Topic:
    """候选焦点: what the next round could be about, with every ground; a topic of too little is not ranked."""

    key: str
    counted: dict[Ground, int]
    calls: Calls
    weights: dict[str, float]

    @property
    def bases(self) -> list[Basis]:
        """Every ground on which something was counted: a doubling is one step, calls count by their growth."""
        found = [
            Basis(ground, n, log2(1 + n), self.weights[ground.value])
            for ground in Ground
            if (n := self.counted.get(ground, 0)) and ground != Ground.HOTLINE
        ]
        calls = Basis(Ground.HOTLINE, self.calls.now, self.calls.growth.value, self.weights[Ground.HOTLINE.value])
        return [*found, *([calls] if self.calls.months else [])]

    @property
    def score(self) -> float:
        """The sum of the grounds' points."""
        return round(sum(basis.points for basis in self.bases), 2)

    @property
    def small(self) -> bool:
        """Whether so little speaks for it that it is not ranked: few voices, and no certain growth of calls."""
        voices = sum(n for ground, n in self.counted.items() if ground != Ground.HOTLINE)
        return voices < self.weights["rank_from"] and self.calls.growth.trend != Trend.UP


def topics(found: Iterable[Topic]) -> list[Topic]:
    """The candidates for the next focus: the well-founded by score, behind them those of too little."""
    return sorted(found, key=lambda topic: (topic.small, -topic.score, topic.key))
