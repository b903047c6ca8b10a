"""热点: do our five hottest matters contain what teams published as hot on the same messages, and how firm is the order?"""

import json
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench.reading.finding import Figure, Finding
from mianduimian.text import events
from mianduimian.text.hot import Factor, Said, Weights, Window, count, day_of, rank

TOP = 5
LEAST = 4  # ids of a published issue, below which it is a single message and no issue
Row = dict[str, Any]
Matters = dict[Any, Hashable]


def measure(folder: Path) -> Finding:
    """Rank the whole window by the known grouping and by the engine's own, and look for every published issue."""
    rows = _rows(folder / "appeals_events.jsonl")
    published = [set(one["ids"]) for one in _rows(folder / "published_hot_issues.jsonl")]
    known = {row["id"]: row["event_id"] for row in rows}
    issues = [found for ids in published if len(found := ids & known.keys()) >= LEAST]
    single = [ids for ids in issues if _share(ids, known)[1] >= 0.5]
    own = _own(rows)
    figures = [
        *_found("known grouping", rows, known, single),
        *_found("own grouping", rows, own, single),
        Figure("published issues that are one matter", len(single), note=f"of {len(issues)} with {LEAST} ids and more; "
               f"they are {len({_share(ids, known)[0] for ids in single})} different matters"),
        Figure("other published issues touched by our five", _touched(rows, known, issues, single),
               note="topics of many matters, such as one policy asked about by many; share of them with two ids and more"),
        Figure("five that stay when one weight is halved or doubled", _firm(rows, known), aim=4, note="the least of ten"),
    ]
    on = f"{len(rows)} messages of one year, {len(published)} issues published by four teams (noisy)"
    return Finding("Hot issues", on, figures, [_table(rows, known)])


def _found(word: str, rows: list[Row], matters: Matters, single: list[set[Any]]) -> list[Figure]:
    """How many published one-matter issues our five contain: one of them is about it; and how many are whole in one of them."""
    members: dict[Hashable, set[Any]] = {}
    for one, matter in matters.items():
        members.setdefault(matter, set()).add(one)
    five = [members[matter] for matter in _hottest(rows, matters)]
    about = sum(any(len(ids & group) >= max(LEAST, min(len(ids), len(group)) / 2) for group in five) for ids in single)
    whole = sum(any(len(ids & group) > len(ids) / 2 for group in five) for ids in single)
    return [
        Figure(f"published one-matter issues in our five, {word}", about / len(single), 1.0, note=f"{about} of {len(single)}"),
        Figure(f"… with more than half of their messages in one, {word}", whole / len(single), note=f"{whole} of {len(single)}"),
    ]


def _touched(rows: list[Row], matters: Matters, issues: list[set[Any]], single: list[set[Any]]) -> float:
    five = set(_hottest(rows, matters))
    others = [ids for ids in issues if ids not in single]
    return sum(sum(matters[one] in five for one in ids) >= 2 for ids in others) / max(len(others), 1)


def _firm(rows: list[Row], matters: Matters) -> int:
    usual, five = Weights(), set(_hottest(rows, matters))
    changed = [replace(usual, **{one.value: asdict(usual)[one.value] * by}) for one in Factor for by in (0.5, 2)]
    return min(len(five & set(_hottest(rows, matters, weights))) for weights in changed)


def _hottest(rows: list[Row], matters: Matters, weights: Weights | None = None) -> list[Hashable]:
    return [one.key for one in rank(count(*_window(rows, matters)), weights)[:TOP]]


def _window(rows: list[Row], matters: Matters) -> tuple[list[Said], Window]:
    said = [
        Said(matters[row["id"]], row["user"], day, likes=row["likes"]) for row in rows if (day := day_of(row["time"]))
    ]
    days = [one.day for one in said]
    return said, Window(min(days), max(days))


def _share(ids: set[Any], matters: Matters) -> tuple[Hashable, float]:
    """The matter that holds most of an issue's ids, and which share of them."""
    event, most = Counter(matters[one] for one in ids).most_common(1)[0]
    return event, most / len(ids)


def _own(rows: list[Row]) -> Matters:
    words = [events.Words(row["id"], row["title"], row["body"], row["time"]) for row in rows]
    matters: Matters = {row["id"]: row["id"] for row in rows}
    for number, group in enumerate(events.propose(words)):
        matters |= dict.fromkeys(group.members, ("group", number))
    return matters


def _table(rows: list[Row], matters: Mapping[Any, Hashable]) -> str:
    """The five with their numbers; no words of the messages."""
    ranked = rank(count(*_window(rows, dict(matters))))[:TOP]
    lines = (
        f"<tr><td>{n}</td><td>{one.score:.2f}</td><td>{one.counts.size}</td><td>{one.counts.citizens}</td>"
        f"<td>{one.counts.likes}</td></tr>" for n, one in enumerate(ranked, 1)
    )
    head = "<tr><th>rank</th><th>heat</th><th>messages</th><th>citizens</th><th>likes</th></tr>"
    return f"<table><caption>Hottest five of the year, known grouping</caption>{head}{''.join(lines)}</table>"


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
