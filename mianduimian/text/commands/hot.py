"""热点 on the command line."""

import time
import tomllib
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from pathlib import Path

import click

from mianduimian.refusal import Refused
from mianduimian.text import events as same
from mianduimian.text import hot as heat
from mianduimian.text.commands.files import OUT, READ, Row, Unreadable, done, rows, said, write
from mianduimian.text.normalise import plain
from mianduimian.text.places import places
from mianduimian.vocabulary import _, say

READ_PLACES = 240  # characters of a body in which its place is looked for
WIDE = ("district", "town", "street")  # how far a matter reaches is counted in counties, towns and streets, not in every name


@click.command()
@READ
@OUT
@click.option("--from", "begins", metavar="日期", default="", help="时段的第一天，如 2023-11-01；不给则从最早的一条起。")
@click.option("--to", "ends", metavar="日期", default="", help="时段的最后一天；不给则到最晚的一条止。")
@click.option("--top", type=click.IntRange(1), help="只写前几件；不给则全写。")
@click.option("--rules", type=click.Path(path_type=Path), help="规则文件（TOML），用其中 [hot] 的权重；不给则用通用权重。")
def hot(source: Path, out: Path, begins: str, ends: str, top: int | None, rules: Path | None) -> None:
    """热点：{id,title,body,time,user,likes[,cluster]} → 每行一件热点，附组成和来件。"""
    started = time.monotonic()
    read = list(rows(source))
    dated = {at: day for at, row in enumerate(read) if (day := heat.day_of(said(row, "time")))}
    weights = _weights(rules)
    window = _window(begins, ends, dated)
    matters = _matters(read)
    speech = [_said(read[at], at, matters[at], day) for at, day in dated.items()] if window else []
    ranked = heat.rank(heat.count(speech, window), weights)[:top] if window else []
    members = _members(window, matters, dated)
    write(out, (_line(n, one, [read[at] for at in members[one.key]]) for n, one in enumerate(ranked, 1)))
    span = f"{window.begins}至{window.ends}" if window else "没有一条有时间"
    done(started, len(read), f"{span}，{len(read) - len(dated)} 条没有时间未计入，{len(ranked)} 件")


def _weights(rules: Path | None) -> heat.Weights:
    if rules is None:
        return heat.Weights()
    try:
        section = tomllib.loads(rules.read_text(encoding="utf-8"))["hot"]
        return heat.Weights.of({name: rule["value"] for name, rule in section.items()})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(say(_("规则文件“%(name)s”里读不到 [hot] 的权重。")) % {"name": rules.name}) from error


def _window(begins: str, ends: str, dated: Mapping[int, date]) -> heat.Window | None:
    if not dated:
        return None
    try:
        return heat.Window(_day(begins) or min(dated.values()), _day(ends) or max(dated.values()))
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal


def _day(given: str) -> date | None:
    day = heat.day_of(given)
    if given and day is None:
        raise Unreadable(say(_("“%(given)s”不是日期，请写成 2023-11-16 这样。")) % {"given": given})
    return day


def _matters(read: list[Row]) -> list[Hashable]:
    """The matter of each row: its cluster where the file has them, otherwise as the engine groups them."""
    if any("cluster" in row for row in read):
        return [("given", said(row, "cluster")) if "cluster" in row else ("alone", at) for at, row in enumerate(read)]
    click.echo(f"正在比较 {len(read)} 条来件", err=True)
    words = [same.Words(at, said(row, "title"), said(row, "body"), said(row, "time")) for at, row in enumerate(read)]
    matters: list[Hashable] = list(range(len(read)))
    for number, group in enumerate(same.propose(words)):
        for at in group.members:
            matters[at] = ("group", number)
    return matters


def _said(row: Row, at: int, matter: Hashable, day: date) -> heat.Said:
    text = plain(f"{said(row, 'title')} {said(row, 'body')[:READ_PLACES]}")
    found = places(text)
    named = frozenset(f"{kind} {name}" for kind in WIDE for name in found.get(kind, ()))
    return heat.Said(matter, said(row, "user") or ("alone", at), day, named, _likes(row))


def _likes(row: Row) -> int:
    try:
        return int(float(said(row, "likes") or 0))
    except (ValueError, OverflowError):
        return 0


def _members(window: heat.Window | None, matters: list[Hashable], dated: Mapping[int, date]) -> dict[Hashable, list[int]]:
    members: dict[Hashable, list[int]] = defaultdict(list)
    for at, day in dated.items():
        if window and window.holds(day):
            members[matters[at]].append(at)
    return members


def _line(number: int, one: heat.Hot, members: list[Row]) -> Row:
    counts = one.counts
    first: Iterator[str] = (said(row, "title") or said(row, "body")[:40] for row in members)
    return {
        "rank": None if one.small else number,
        "score": one.score,
        "title": next(first, ""),
        "size": counts.size,
        "citizens": counts.citizens,
        "places": counts.places,
        "before": counts.before,
        "trend": one.growth.trend.value,
        "likes": counts.likes,
        "points": {part.factor.value: round(part.points, 2) for part in one.components},
        "small": one.small,
        "ids": [row.get("id") for row in members],
    }
