"""热点: which matters of a window many people speak of, by one published formula with every component shown beside the score."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cached_property
from math import log2, sqrt
from typing import Any, NamedTuple

from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _

Key = Hashable
SIDES = 1.96  # standard errors: an interval of 95 %
DAY = re.compile(r"\s*(\d{4})\D(\d{1,2})\D(\d{1,2})(?!\d)")
LONGEST = 3660  # days of a window


class Factor(Term):
    """热度的组成."""

    SIZE = "size", _("来件")
    CITIZENS = "citizens", _("群众")
    PLACES = "places", _("地方")
    GROWTH = "growth", _("增势")
    LIKES = "likes", _("点赞")


class Trend(Term):
    """增减: what the two windows say together with their uncertainty."""

    UP = "up", _("上升")
    DOWN = "down", _("下降")
    LEVEL = "level", _("看不出增减")
    UNKNOWN = "unknown", _("没有可比的上一时段")


@dataclass(frozen=True)
class Weights:
    """热度权重: what each factor counts, and from how many submissions on a matter is ranked; a city has its own rulebook."""

    size: float = 1.0
    citizens: float = 1.0
    places: float = 0.5
    growth: float = 2.0
    likes: float = 0.25
    rank_from: int = 5

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Weights":
        """The weights of a rulebook's section; what it does not name stays usual."""
        return cls(**{name: values[name] for name in asdict(cls()) if name in values})


@dataclass(frozen=True)
class Window:
    """时段: from one day to another, both counted, and the window of the same length before it."""

    begins: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise Refused(_("时段的结束（%(ends)s）早于开始（%(begins)s）。"), begins=self.begins, ends=self.ends)
        if (self.ends - self.begins).days >= LONGEST or self.begins.year < 1900:
            raise Refused(_("时段最长%(days)s天。"), days=LONGEST)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends - self.begins).days + 1

    @property
    def before(self) -> "Window":
        """The window of the same length that ends the day before."""
        return Window(self.begins - timedelta(self.days), self.begins - timedelta(1))

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.begins <= day <= self.ends


class Said(NamedTuple):
    """One submission for the counting: its matter, who spoke, when, which places it names, how many liked it."""

    matter: Key
    citizen: Key
    day: date
    places: frozenset[str] = frozenset()
    likes: int = 0


@dataclass(frozen=True)
class Counts:
    """What is counted of one matter in a window; `before`: its submissions in the earlier window, None if none compares."""

    size: int
    citizens: int
    places: int = 0
    before: int | None = None
    likes: int = 0


class Growth(NamedTuple):
    """增势: between −1 and 1, as little as the numbers leave certain, and the trend in a word."""

    value: float
    trend: Trend


class Component(NamedTuple):
    """One factor of a score: its number, what that is on the scale, its weight and the points it brings."""

    factor: Factor
    number: int | float
    scaled: float
    weight: float

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return self.scaled * self.weight


@dataclass(frozen=True)
class Hot:
    """热点: one matter with its counts, its score and everything the score is made of."""

    key: Key
    counts: Counts
    weights: Weights = field(repr=False)

    @cached_property
    def growth(self) -> Growth:
        """Its growth against the earlier window."""
        return growth(self.counts.size, self.counts.before)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """热度 = Σ weight × scale: log₂(1 + n) of submissions, citizens, places and likes; growth between −1 and 1."""
        counts, weights = self.counts, self.weights
        doubled = (Factor.SIZE, Factor.CITIZENS, Factor.PLACES, Factor.LIKES)
        steps = {factor: log2(1 + getattr(counts, factor)) for factor in doubled} | {Factor.GROWTH: self.growth.value}
        numbers = {factor: getattr(counts, factor) for factor in doubled} | {Factor.GROWTH: round(self.growth.value, 3)}
        return tuple(Component(one, numbers[one], steps[one], getattr(weights, one)) for one in Factor)

    @cached_property
    def score(self) -> float:
        """热度."""
        return round(sum(one.points for one in self.components), 2)

    @property
    def small(self) -> bool:
        """Whether so few spoke that it is shown behind the others, unranked, and said to be."""
        return self.counts.size < self.weights.rank_from


def growth(now: int, before: int | None) -> Growth:
    """How far the share of the later window is certainly above one half (or below it): few submissions prove little."""
    if before is None:
        return Growth(0.0, Trend.UNKNOWN)
    low, high = interval(now, now + before)
    if low > 0.5:
        return Growth(2 * low - 1, Trend.UP)
    if high < 0.5:
        return Growth(2 * high - 1, Trend.DOWN)
    return Growth(0.0, Trend.LEVEL)


def interval(part: int, whole: int, sides: float = SIDES) -> tuple[float, float]:
    """Wilson's interval of a share: where it may lie, seeing how few were counted."""
    if not whole:
        return 0.0, 1.0
    share, noise = part / whole, sides**2 / whole
    middle = (share + noise / 2) / (1 + noise)
    reach = sides * sqrt(share * (1 - share) / whole + noise / (4 * whole)) / (1 + noise)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def rank(counted: Mapping[Key, Counts], weights: Weights | None = None) -> list[Hot]:
    """Every matter that somebody spoke of in the window: the large by score, behind them those of too few."""
    weights = weights or Weights()
    found = [Hot(key, counts, weights) for key, counts in counted.items() if counts.size]
    return sorted(found, key=lambda one: (one.small, -one.score, -one.counts.size, str(one.key)))


def count(said: Iterable[Said], window: Window) -> dict[Key, Counts]:
    """The counts of each matter; where the earlier window holds nothing at all, nothing is compared with it."""
    now: dict[Key, list[Said]] = defaultdict(list)
    before: dict[Key, int] = defaultdict(int)
    for one in said:
        if window.holds(one.day):
            now[one.matter].append(one)
        elif window.before.holds(one.day):
            before[one.matter] += 1
    return {key: _counts(rows, before.get(key, 0) if before else None) for key, rows in now.items()}


def _counts(rows: list[Said], before: int | None) -> Counts:
    places = frozenset().union(*(row.places for row in rows))
    likes = sum(max(row.likes, 0) for row in rows)
    return Counts(len(rows), len({row.citizen for row in rows}), len(places), before, likes)


def day_of(time: str) -> date | None:
    """The day of a time as files write it: 2023-11-16 08:00, 2023/11/16, 2023年11月16日; None where there is none."""
    match = DAY.match(time)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
