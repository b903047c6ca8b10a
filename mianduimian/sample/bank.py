"""素材: the places, problems and voices the sample is made of, read from the data files beside this module."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
BANKS = ("seen", "more", "harm", "ask", "short")
UNITS = {
    "441602": "yuancheng",
    "441621": "zijin",
    "441622": "longchuan",
    "441623": "lianping",
    "441624": "heping",
    "441625": "dongyuan",
}
COMMITTEES = {"jiangdong": ("4416A1", "江东新区"), "gaoxin": ("4416A2", "高新区")}


@dataclass(frozen=True)
class Place:
    """地点: an invented school, estate, road or village, with the names people call it."""

    kind: str
    name: str
    say: tuple[str, ...]
    town: str
    unit: str

    @property
    def region(self) -> str:
        return COMMITTEES[self.unit][0] if self.unit in COMMITTEES else self.town

    @property
    def county(self) -> str:
        return COMMITTEES[self.unit][1] if self.unit in COMMITTEES else regions()[self.town[:6]]

    @property
    def full(self) -> str:
        """The place as an official writes it: the county first, once."""
        bare = self.name.split("（")[0]
        return bare if bare.startswith(self.county) else self.county + bare


@dataclass(frozen=True)
class Problem:
    """问题: one thing that goes wrong on the road, and the sentences people say about it."""

    key: str
    name: str
    category: str
    kinds: tuple[str, ...]
    units: tuple[str, ...]
    owner: str
    appeals: int
    title: str
    wording: str
    seen: tuple[str, ...]
    more: tuple[str, ...]
    harm: tuple[str, ...]
    ask: tuple[str, ...]
    short: tuple[str, ...]

    def units_at(self, place: Place) -> tuple[str, ...]:
        """The lead unit first: the county where the road is its own, else the city's department."""
        local = self.owner == "local" or (place.unit != "yuancheng" and self.units[0] != "traffic_police")
        return (place.unit, *self.units[:2]) if local else (*self.units, place.unit)


@dataclass(frozen=True)
class Persona:
    """声音: a kind of person, the channels they use and the way they begin, digress and end."""

    key: str
    weight: int
    near: tuple[str, ...]
    only: tuple[str, ...]
    channels: dict[str, int]
    third: bool
    open: tuple[str, ...]
    aside: tuple[str, ...]
    close: tuple[str, ...]

    def weight_at(self, place: Place) -> int:
        if self.only and place.kind not in self.only:
            return 0
        return self.weight * (4 if place.kind in self.near else 1)


def dice(*words: object) -> Random:
    """A random stream named by words: the same words, the same stream."""
    return Random("/".join(str(word) for word in words))  # noqa: S311 -- invents sample texts, guards nothing


def lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


@cache
def table(name: str) -> dict:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def regions() -> dict[str, str]:
    with (HERE.parent / "people" / "heyuan" / "regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def _place(row: dict[str, str]) -> Place:
    unit = row["unit"] or UNITS[row["region"][:6]]
    return Place(row["kind"], row["name"], tuple(row["say"].split("|")), row["region"], unit)


@cache
def places() -> dict[str, Place]:
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["name"]: _place(row) for row in rows}


def _problem(key: str, row: dict) -> Problem:
    banks: dict[str, Any] = {bank: lines(row[bank]) for bank in BANKS}
    kept = {name: row[name] for name in ("name", "category", "appeals", "title", "wording")}
    return Problem(key=key, kinds=tuple(row["kinds"]), units=tuple(row["units"]), owner=row.get("owner", "city"), **kept, **banks)


@cache
def problems() -> dict[str, Problem]:
    files = sorted((HERE / "problems").glob("*.toml"))
    return {key: _problem(key, row) for file in files for key, row in table(f"problems/{file.name}").items()}


@cache
def personas() -> dict[str, Persona]:
    return {
        key: Persona(
            key=key,
            weight=row["weight"],
            near=tuple(row["near"]),
            only=tuple(row["only"]),
            channels=row["channels"],
            third=row.get("third", False),
            **{part: lines(row[part]) for part in ("open", "aside", "close")},
        )
        for key, row in table("voices/personas.toml").items()
    }
