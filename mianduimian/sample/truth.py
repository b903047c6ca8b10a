"""诉求的底本: which 355 representative appeals the sample round holds, and how many submissions each was made of."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from mianduimian.sample.bank import Place, Problem, dice, places, problems, table
from mianduimian.sample.schedule import months_back, schedule

SEED = "heyuan-roads"
MOST_AT_ONE_PLACE = 4
MONTHS = (1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 12, 14, 18, 24, 30)
ROUND_SPANS = {6: "近半年来", 12: "近一年来", 18: "一年半以来", 24: "近两年来", 30: "两年多来"}


@dataclass(frozen=True)
class Truth:
    """底本里的一件诉求: what the round's sorting should arrive at."""

    key: str
    title: str
    wording: str
    category: str
    region: str
    units: tuple[str, ...]
    place: str
    problem: str


@dataclass(frozen=True)
class Spot:
    """一处问题: one problem at one place, the number of parts that speak of it and for how many months it has lasted."""

    problem: Problem
    place: Place
    parts: int
    months: int

    @property
    def key(self) -> str:
        return f"{self.problem.key}@{self.place.name}"


def _taken(pairs: list[tuple[str, str]], place: Place) -> int:
    return sum(name == place.name for _, name in pairs)


def _pairs_of(problem: Problem, pairs: list[tuple[str, str]], rng: Random) -> list[tuple[str, str]]:
    """As many places as the problem wants, none twice and none with too many problems."""
    here = [name for key, name in pairs if key == problem.key]
    free = [
        place
        for place in places().values()
        if place.kind in problem.kinds and place.name not in here and _taken(pairs, place) < MOST_AT_ONE_PLACE
    ]
    return [(problem.key, place.name) for place in rng.sample(free, problem.appeals - len(here))]


@cache
def spots(seed: str = SEED) -> tuple[Spot, ...]:
    """Every problem at every place of the round, always the same whatever the day."""
    rng = dice(seed, "spots")
    hot = [(key, name) for key, name, _ in table("hot.toml")["pairs"]]
    sizes = {(key, name): parts for key, name, parts in table("hot.toml")["pairs"]}
    pairs = list(hot)
    for problem in problems().values():
        pairs += _pairs_of(problem, pairs, rng)
    rest = [int(parts) for parts, count in table("hot.toml")["rest"].items() for _ in range(count)]
    rng.shuffle(rest)
    sizes |= dict(zip(pairs[len(hot) :], rest, strict=True))
    return tuple(Spot(problems()[key], places()[name], sizes[key, name], rng.choice(MONTHS)) for key, name in pairs)


def spare_pairs(seed: str = SEED) -> list[tuple[Problem, Place]]:
    """Problems at places of which this round does not speak: what an earlier round had settled."""
    used = {(spot.problem.key, spot.place.name) for spot in spots(seed)}
    free = [
        (problem, place)
        for problem in problems().values()
        for place in places().values()
        if place.kind in problem.kinds and (problem.key, place.name) not in used
    ]
    dice(seed, "spare").shuffle(free)
    return free


def since(spot: Spot, today: date) -> str:
    """Since when, as an official writes it."""
    if spot.months in ROUND_SPANS:
        return ROUND_SPANS[spot.months]
    met_on = schedule(today).met_on
    began = months_back(met_on, spot.months)
    year = "今年" if began.year == met_on.year else "去年" if began.year == met_on.year - 1 else f"{began.year}年"
    return f"自{year}{began.month}月以来"


def truth_of(spot: Spot, today: date) -> Truth:
    return Truth(
        key=spot.key,
        title=spot.place.name + spot.problem.title,
        wording=spot.problem.wording.format(P=spot.place.full, S=since(spot, today)),
        category=spot.problem.category,
        region=spot.place.region,
        units=spot.problem.units_at(spot.place),
        place=spot.place.name,
        problem=spot.problem.key,
    )


def appeals(today: date, seed: str = SEED) -> list[Truth]:
    return [truth_of(spot, today) for spot in spots(seed)]
