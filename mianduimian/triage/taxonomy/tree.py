"""类别树: one version of the classes: what is on top, what is below, who is usually responsible."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

from mianduimian.solicitation.rules import Theme
from mianduimian.vocabulary import say

SHIPPED = Path(__file__).parent / "livelihood-2.toml"
LEVELS = 3


@dataclass(frozen=True)
class Class:
    """类别: its key (transport.parking), word, usual units (the first leads), goods and theme; a retired one is not offered."""

    key: str
    word: str
    units: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    theme: str = Theme.OTHER.value
    retired: bool = False
    kinds: tuple["Class", ...] = ()

    @property
    def level(self) -> int:
        """1 on top, 3 at the bottom."""
        return self.key.count(".") + 1

    @property
    def above(self) -> str:
        """The key of the class above; nothing on top."""
        return self.key.rpartition(".")[0]

    def walk(self) -> Iterator["Class"]:
        """Itself and everything below it, each before its kinds."""
        yield self
        for kind in self.kinds:
            yield from kind.walk()

    def plain(self) -> dict[str, Any]:
        """One row of the table: without its kinds, which are rows of their own."""
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "kinds"}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


@dataclass(frozen=True)
class Taxonomy:
    """分类表: one version of the classes, with its source."""

    key: str
    name: str
    source: str
    goods: dict[str, str]
    classes: tuple[Class, ...]

    @classmethod
    def of_rows(cls, key: str, name: str, source: str, goods: dict[str, str], rows: Iterable[dict[str, Any]]) -> Self:
        """A version from its rows, in which a class stands before its kinds."""
        known = {row["key"]: Class(**{**row, "units": tuple(row["units"]), "goods": tuple(row["goods"])}) for row in rows}
        below: dict[str, list[Class]] = {}
        for one in known.values():
            below.setdefault(one.above, []).append(one)
        return cls(key, name, source, goods, _grown("", below))

    @cached_property
    def words(self) -> dict[str, Class]:
        """Every class of every level by its full key, also the retired ones: what was sorted once keeps its word."""
        return {one.key: one for top in self.classes for one in top.walk()}

    def offered(self, level: int = LEVELS) -> list[Class]:
        """The classes that are in use, down to a level."""
        return [one for one in self.words.values() if one.level <= level and not self.is_retired(one.key)]

    def is_retired(self, key: str) -> bool:
        """Whether the class or one above it is in use no more."""
        return any(self.words[one].retired for one in lineage(key))

    def rows(self) -> list[dict[str, Any]]:
        """The version as rows."""
        return [one.plain() for one in self.words.values()]


def lineage(key: str) -> list[str]:
    """The keys from the top down to this one."""
    parts = key.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts) + 1)]


def head(key: str) -> str:
    """The key of the upper class."""
    return key.partition(".")[0]


def _grown(above: str, below: dict[str, list[Class]]) -> tuple[Class, ...]:
    return tuple(replace(one, kinds=_grown(one.key, below)) for one in below.get(above, ()))


@cache
def shipped() -> Taxonomy:
    """The version every city begins with."""
    data = tomllib.loads(SHIPPED.read_text("utf-8"))
    rows = [row for top in data["class"] for row in _rows(top, top["key"], {})]
    return Taxonomy.of_rows(data["key"], data["name"], data["source"], data["goods"], rows)


def _rows(row: dict[str, Any] | str, key: str, above: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A class of the file and everything below it as rows; what it does not say is as above."""
    said: dict[str, Any] = {"word": row} if isinstance(row, str) else row
    whole = {"units": [], "goods": [], "theme": Theme.OTHER.value, **above, **said}
    one = {"key": key} | {name: whole[name] for name in ("word", "units", "goods", "theme")}
    yield one | {"theme": Theme(one["theme"]).value, "retired": False}
    for name, kind in said.get("kinds", {}).items():
        yield from _rows(kind, f"{key}.{name}", {name: one[name] for name in ("units", "goods", "theme")})


class Shelf:
    """Where the version in force is found; the tables put their own way here, without them it is the shipped one."""

    in_force: Callable[[], Taxonomy] = staticmethod(shipped)


def taxonomy() -> Taxonomy:
    """The classes in force."""
    return Shelf.in_force()


def category_word(key: str) -> str:
    """The words of a class, such as 交通出行·乱停乱放; an unknown key is shown as it is."""
    known = taxonomy().words
    return "·".join(say(known[one].word) for one in lineage(key)) if key in known else key


def usual_units(category: str) -> tuple[str, ...]:
    """Keys of the units usually responsible for a class, the one that leads first."""
    known = taxonomy().words.get(category)
    return known.units if known else ()


def theme_of(category: str) -> str:
    """The 难 under which a class is counted."""
    known = taxonomy().words.get(category)
    return known.theme if known else Theme.OTHER.value

