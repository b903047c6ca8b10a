"""小图: when the members of a group were said and in which counties, as plain figures for a template to draw."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SCHEMATIC = Path(__file__).parent / "schematic.csv"
WIDTH, HEIGHT, FOOT = 320, 64, 18  # of the timeline; the foot holds the dates
MOST_BARS = 40
TILE, GAP = 100, 6
STEPS = 4  # shades of a county, beside white


@dataclass(frozen=True)
class Bar:
    """One bar of the timeline: the days it stands for and how many spoke on them."""

    x: float
    y: float
    width: float
    height: float
    first: date
    last: date
    count: int


@dataclass(frozen=True)
class Timeline:
    """When the members were said: from the first day to the last, and how many bear no date."""

    bars: tuple[Bar, ...]
    first: date | None
    last: date | None
    undated: int
    most: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def ground(self) -> int:
        """The line the bars stand on."""
        return self.height - FOOT

    @property
    def foot(self) -> int:
        """The line the dates are written on."""
        return self.height - 4

    @property
    def days(self) -> int:
        """From the first to the last, both counted."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0


@dataclass(frozen=True)
class Tile:
    """One county on the schematic map: where it lies, how many members are there, in which towns."""

    code: str
    name: str
    x: int
    y: int
    count: int
    shade: int
    towns: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Map:
    """Where the members are: every county of the city, and how many are known no nearer than the city or not at all."""

    tiles: tuple[Tile, ...]
    unplaced: int
    width: int
    height: int
    size: int = TILE

    @property
    def counties(self) -> list[Tile]:
        """The counties where somebody spoke, most first."""
        return sorted((tile for tile in self.tiles if tile.count), key=lambda tile: -tile.count)


def timeline(days: Sequence[date | None]) -> Timeline:
    """Bars from the first day to the last: one a day, or as many days a bar as it takes to draw at most forty."""
    dated = sorted(day for day in days if day)
    if not dated:
        return Timeline((), None, None, len(days), 0)
    span = (dated[-1] - dated[0]).days + 1
    each = -(-span // MOST_BARS)
    slots = -(-span // each)
    counts = Counter((day - dated[0]).days // each for day in dated)
    most = max(counts.values())
    bars = tuple(_bar(slot, count, slots, each, dated[0], most) for slot, count in sorted(counts.items()))
    return Timeline(bars, dated[0], dated[-1], len(days) - len(dated), most)


def _bar(slot: int, count: int, slots: int, each: int, first: date, most: int) -> Bar:
    room = WIDTH / max(slots, 12)
    tall = (HEIGHT - FOOT) * count / most
    begins = first + timedelta(slot * each)
    ends = begins + timedelta(each - 1)
    return Bar(round(slot * room, 1), round(HEIGHT - FOOT - tall, 1), round(room * 0.8, 1), round(tall, 1), begins, ends, count)


def county_map(members: Iterable[str | None], names: Mapping[str, str]) -> Map:
    """The counties that `names` lists, on their tiles; a county without a place on the schematic stands in a row below."""
    codes = list(members)
    counties = [code for code in names if len(code) == 6 and not code.endswith("00")]  # GB/T 2260: …00 is the city itself
    places = schematic()
    lowest = max((row for _column, row in places.values()), default=-1) + 1
    below = (code for code in counties if code not in places)
    spots = {**places, **{code: (n % 3, lowest + n // 3) for n, code in enumerate(below)}}
    spoke = Counter(code[:6] for code in codes if code and code[:6] in counties)
    towns = Counter(code for code in codes if code and len(code) > 6)
    most = max(spoke.values(), default=0)
    tiles = tuple(_tile(code, spots[code], spoke[code], most, towns, names) for code in counties)
    columns = max((tile.x for tile in tiles), default=0) + TILE
    rows = max((tile.y for tile in tiles), default=0) + TILE * 6 // 10
    return Map(tiles, len(codes) - sum(spoke.values()), columns, rows)


def _tile(
    code: str, spot: tuple[int, int], count: int, most: int, towns: Mapping[str, int], names: Mapping[str, str]
) -> Tile:
    shade = -(-STEPS * count // most) if count else 0
    here = sorted(((names.get(town, town), n) for town, n in towns.items() if town.startswith(code)), key=lambda one: -one[1])
    return Tile(code, names[code], spot[0] * (TILE + GAP), spot[1] * (TILE * 6 // 10 + GAP), count, shade, tuple(here))


@cache
def schematic() -> dict[str, tuple[int, int]]:
    """Column and row of each county, as schematic.csv says: a rough map, not a survey."""
    with SCHEMATIC.open(encoding="utf-8") as file:
        return {row["region"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}
