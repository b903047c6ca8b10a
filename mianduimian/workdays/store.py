"""Where the calendar comes from: one file a year, shipped or loaded by the operator, each with the notice's address."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _
from mianduimian.workdays.counting import Calendar

SHIPPED = Path(__file__).parent / "years"
ALWAYS_OFF = {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节"}
LARGEST = 100_000  # bytes; a year takes about one thousand


@dataclass(frozen=True)
class Year:
    """One year's notice: the days it gives off, the days it makes up, and its address."""

    year: int
    source: str
    named: dict[date, bool]


def calendar(folder: Path | None = None) -> Calendar:
    """The shipped years and those the operator loaded into the folder; a year loaded later is seen at once."""
    files = [*_files(SHIPPED), *(_files(folder) if folder else ())]
    return _calendar(tuple((path, *_state(path)) for path in files))


def store_year(source: Path, folder: Path) -> int:
    """Check a year file and keep it in the folder; an amended notice replaces the earlier file of its year."""
    try:
        content = _content(source)
    except OSError as error:
        raise Refused(_("读不到年历文件：%(name)s。"), name=source.name) from error
    year = _read(content, source.name)
    folder.mkdir(parents=True, exist_ok=True)
    waiting = folder / f".{year.year}.{os.getpid()}"
    waiting.write_bytes(content)
    waiting.replace(folder / f"{year.year}.toml")
    return year.year


@lru_cache(maxsize=8)
def _calendar(files: tuple[tuple[Path, int, int], ...]) -> Calendar:
    years = {}
    for path, _changed, _size in files:
        year = _read(_content(path), path.name)
        years[year.year] = year
    named: dict[date, bool] = {}
    for number in sorted(years):
        named |= years[number].named
    return Calendar(tuple(sorted(years)), MappingProxyType(named))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9][0-9][0-9][0-9].toml"))


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def _content(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(LARGEST + 1)


def _read(content: bytes, name: str) -> Year:
    if len(content) > LARGEST:
        raise Refused(_("%(name)s：文件太大，不像一年的节假日安排。"), name=name)
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except ValueError as error:  # tomllib and the decoder both raise kinds of ValueError
        raise Refused(_("%(name)s：不是可读的 TOML 文件（UTF-8 编码）。"), name=name) from error
    year = _year(data, name)
    named = dict(_named(data, year, name))
    for (month, day), festival in ALWAYS_OFF.items():
        if named.get(date(year, month, day)) is not False:
            raise Refused(_("%(name)s：%(festival)s没有列为放假，安排不完整。"), name=name, festival=festival)
    return Year(year, _source(data, name), named)


def _year(data: dict[str, Any], name: str) -> int:
    year = data.get("year")
    if type(year) is not int or not 1949 <= year <= 2999:
        raise Refused(_("%(name)s：缺少年份，应写成 year = 2027。"), name=name)
    return year


def _source(data: dict[str, Any], name: str) -> str:
    source = data.get("source")
    if not isinstance(source, str) or not source.startswith(("https://", "http://")):
        raise Refused(_("%(name)s：缺少通知的网址，应写成 source = \"https://…\"。"), name=name)
    return source


def _named(data: dict[str, Any], year: int, name: str) -> Iterator[tuple[date, bool]]:
    seen: set[date] = set()
    for holiday in _list(data, "holiday", name):
        if not isinstance(holiday, dict):
            raise Refused(_("%(name)s：每个节日应写成一段 [[holiday]]。"), name=name)
        for key, worked in (("off", False), ("work", True)):
            for day in _list(holiday, key, name):
                _check(day, year, name, worked=worked)
                if day in seen:
                    raise Refused(_("%(name)s：%(day)s 写了两次。"), name=name, day=day)
                seen.add(day)
                yield day, worked


def _list(data: dict[str, Any], key: str, name: str) -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, list):
        raise Refused(_("%(name)s：%(key)s 应是一个列表。"), name=name, key=key)
    return value


def _check(day: object, year: int, name: str, *, worked: bool) -> None:
    if type(day) is not date:
        raise Refused(_("%(name)s：%(day)s 不是日期，应写成 %(year)s-01-01。"), name=name, day=day, year=year)
    if not date(year - 1, 12, 25) <= day <= date(year, 12, 31):
        raise Refused(_("%(name)s：%(day)s 不属于%(year)s年的安排。"), name=name, day=day, year=year)
    if worked and day.weekday() < 5:
        raise Refused(_("%(name)s：%(day)s 不是周末，不能列为调休上班。"), name=name, day=day)
