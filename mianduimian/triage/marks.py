"""并排对照: what the members of a group say alike, and where they name different places or numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from mianduimian.text import places
else:
    from mianduimian.text import when_asked

    places = when_asked("places")

PIECE = 4  # characters that must be the same in a row to be marked as shared
READ = 800  # characters of each text that are compared and shown at once
CONTENT = re.compile(r"[\w一-鿿]+")
DIGITS = r"\d{1,5}|[一二三四五六七八九十百]{1,4}"
UNITS = "号楼|单元|栋|幢|座|期|楼|层|路车|路公交|路|线|米|盏|杆|号|公里"
NUMBER = re.compile(rf"(?<![\d.月])({DIGITS})({UNITS})")
TAIL = re.compile(
    "[东南西北中]?路|大道|街道?|巷|小区|花园|新城|公寓|小学|中学|学校|幼儿园|医院|卫生院|市场|大?桥|新?村|镇|乡|区|县"
)
Named = dict[str, set[str]]


@dataclass(frozen=True)
class Run:
    """A stretch of a text and its mark: same, place, number, or none."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Compared:
    """One member's text in marked stretches, and in words what it names differently; `rest` is what is not shown at once."""

    runs: tuple[Run, ...]
    differs: tuple[str, ...]
    rest: str = ""


def compare(texts: Sequence[str]) -> list[Compared]:
    """Each text beside the others: common pieces marked, places and numbers that contradict another's marked as such."""
    heads = [text[:READ] for text in texts]
    flat = [_flat(text) for text in heads]
    shared = _shared(flat)
    odd_places = _contradicting([places.places(text) for text in flat], flat)
    odd_numbers = _contradicting([_numbers(text) for text in flat], flat)
    return [
        _compared(text, flat[n], shared[n], {"place": odd_places[n], "number": odd_numbers[n]})
        for n, text in enumerate(texts)
    ]


def _flat(text: str) -> str:
    """The text sign by sign in one width and case, so that every place in it is a place in the original."""
    return "".join(sign.lower() if len(sign := normalize("NFKC", one)) == 1 and len(sign.lower()) == 1 else one for one in text)


def _numbers(text: str) -> Named:
    found: Named = {}
    for match in NUMBER.finditer(text):
        found.setdefault(match[2], set()).add(match[0])
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for words in CONTENT.finditer(text):
        for at in range(words.start(), words.end() - PIECE + 1):
            yield at, text[at : at + PIECE]


def _shared(texts: Sequence[str]) -> list[list[bool]]:
    """For each text which signs stand in a piece that at least half of the texts, and never less than two, have too."""
    known = Counter(piece for text in texts for piece in {piece for _at, piece in _pieces(text)})
    enough = max(2, (len(texts) + 1) // 2)
    masks = []
    for text in texts:
        mask = [False] * len(text)
        for at, piece in _pieces(text):
            if known[piece] >= enough:
                mask[at : at + PIECE] = [True] * PIECE
        masks.append(mask)
    return masks


def _contradicting(named: Sequence[Named], texts: Sequence[str]) -> list[set[str]]:
    """For each text the names that contradict another: each of the two names one of a kind that the other does not speak of."""
    odd: list[set[str]] = [set() for _text in texts]
    for kind in {kind for one in named for kind in one}:
        speakers = [(n, one[kind]) for n, one in enumerate(named) if kind in one]
        for (here, mine), (there, theirs) in combinations(speakers, 2):
            only_here = {name for name in mine if name not in texts[there]}
            only_there = {name for name in theirs if name not in texts[here]}
            if only_here and only_there:
                odd[here] |= only_here
                odd[there] |= only_there
    return odd


def _compared(text: str, flat: str, shared: list[bool], odd: dict[str, set[str]]) -> Compared:
    marks = ["same" if same else "" for same in shared]
    for mark, names in odd.items():
        for name in names:
            for at in _everywhere(name, flat):
                end = at + len(name)
                end = tail.end() if (tail := TAIL.match(flat, end)) else end
                marks[at:end] = [mark] * (end - at)
    runs = tuple(
        Run("".join(text[at] for at, _mark in signs), mark) for mark, signs in groupby(enumerate(marks), key=_mark_of)
    )
    differs = tuple(dict.fromkeys(run.text for run in runs if run.mark in odd))
    return Compared(runs, differs, text[len(flat) :])


def _mark_of(sign: tuple[int, str]) -> str:
    return sign[1]


def _everywhere(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))
