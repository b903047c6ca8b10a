"""守门: the same words about another place are another matter, whatever the likeness."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from mianduimian.text.events.corpus import Read
from mianduimian.text.places import KIND_OF, Mention, mentions, misspelt

COPY = 65  # likeness of titles and bodies (mean of two ratios, 0–100) from which texts are looked at as copies of one another
TWIN = 75  # likeness of title and of body from which an exchanged place in the title is enough
LONG = 400  # characters of a body that are compared
NAME = re.compile(r"[a-z0-9\u4e00-\u9fff]{2,14}")
TALK = re.compile(
    "[的了是在有和与就都也不我你他它们这那请被把让给对从到很太又再还没说要会能可已]"
    "|书记|[市县镇局区]长|领导|先生|女士"
)
SUFFIX = 3  # characters after the name of a place: 幼儿园
NAMED_FROM = 2  # an exchanged word without the shape of a place is a name when it is exchanged so often


class Exchange(NamedTuple):
    """What stands in one copy where the other has something else, with the places that these pieces touch."""

    mine: str
    theirs: str
    here: list[Mention]
    there: list[Mention]
    inside: bool  # whether both pieces are wholly part of a place


def conflict(one: Read, other: Read) -> str:
    """The two places that keep copies of one text apart, in words; empty when nothing does."""
    title = fuzz.ratio(one.title, other.title)
    body = fuzz.ratio(one.body[:LONG], other.body[:LONG])
    if title + body < 2 * COPY:
        return ""
    titles, bodies = list(_exchanged(one.title, other.title)), list(_exchanged(one.body[:LONG], other.body[:LONG]))
    if min(title, body) >= TWIN and (place := _place(titles, "", "")):
        return place
    return _place([*titles, *bodies], one.text, other.text) or _name([*titles, *bodies], one.text, other.text)


def copies(read: Sequence[Read]) -> np.ndarray:
    """Which pairs are like enough to be copies of one text, and must be asked for a conflict: a square of yes and no."""
    titles = [one.title for one in read]
    bodies = [one.body[:LONG] for one in read]
    return process.cdist(titles, titles, scorer=fuzz.ratio) + process.cdist(bodies, bodies, scorer=fuzz.ratio) >= 2 * COPY


def _exchanged(one: str, other: str) -> Iterator[Exchange]:
    here, there = mentions(one), mentions(other)
    for start, end, begin, stop in _changes(one, other):
        mine = [mention for mention in here if mention.start < end and mention.end > start]
        theirs = [mention for mention in there if mention.start < stop and mention.end > begin]
        inside = _names(mine, start, end) and _names(theirs, begin, stop)
        yield Exchange(one[start:end], other[begin:stop], mine, theirs, inside)


def _names(touched: list[Mention], start: int, end: int) -> bool:
    """Whether a piece is what gives one of these places its name: it ends where the name does."""
    return any(place.start <= start and place.end - SUFFIX <= end <= place.end for place in touched)


def _changes(one: str, other: str) -> list[tuple[int, int, int, int]]:
    """The changed stretches, those put together that a single common character parts."""
    changes: list[tuple[int, int, int, int]] = []
    for change in Levenshtein.opcodes(one, other):
        if change.tag == "equal":
            continue
        span = (change.src_start, change.src_end, change.dest_start, change.dest_end)
        if changes and span[0] - changes[-1][1] <= 1 and span[2] - changes[-1][3] <= 1:
            span = (changes[-1][0], span[1], changes[-1][2], span[3])
            changes.pop()
        changes.append(span)
    return changes


def _place(found: Iterable[Exchange], one: str, other: str) -> str:
    """Two places of one kind exchanged, neither spoken of in the other text."""
    for change in found:
        for mention in change.here:
            for twin in change.there:
                if mention.kind == twin.kind and not same_name(mention.core, twin.core) and mention.core not in other \
                        and twin.core not in one:
                    return f"“{mention.core}”不是“{twin.core}”"
    return ""


def same_name(mine: str, theirs: str) -> bool:
    """Whether two names are one: equal, part of one another, turned round, misspelt, or of the same sound."""
    if mine in theirs or theirs in mine or sorted(mine) == sorted(theirs) or misspelt(mine, theirs):
        return True
    return len(mine) == len(theirs) and lazy_pinyin(mine) == lazy_pinyin(theirs)


def _name(found: Iterable[Exchange], one: str, other: str) -> str:
    """A word that is exchanged for another throughout, or within a place: a name."""
    for mine, theirs, _here, _there, inside in found:
        if not (NAME.fullmatch(mine) and NAME.fullmatch(theirs)) or TALK.search(mine) or TALK.search(theirs):
            continue
        if same_name(mine, theirs) or mine in other or theirs in one or {mine, theirs} & set(KIND_OF):
            continue
        if mine.isdigit() or theirs.isdigit():
            continue
        if inside or min(one.count(mine), other.count(theirs)) >= NAMED_FROM:
            return f"“{mine}”换成了“{theirs}”"
    return ""
