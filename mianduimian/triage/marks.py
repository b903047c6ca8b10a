"""并排对照: what the members of a group say alike, and where they name different places or numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING, NamedTuple
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
FIGURES = str.maketrans("一二三四五六七八九", "123456789")
NUMBER = re.compile(rf"(?<![\d.月])({DIGITS})({UNITS})")


class Name(NamedTuple):
    """A place or a number as a text names it: where it stands, its mark, its kind, and what tells it from another."""

    start: int
    end: int
    mark: str
    kind: str
    core: str


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
    named = [[*_places(text), *_numbers(text)] for text in flat]
    odd = _contradicting(named, flat)
    shared = _shared(flat)
    return [_compared(text, heads[n], shared[n], [name for name in named[n] if name in odd[n]]) for n, text in enumerate(texts)]


def _flat(text: str) -> str:
    """The text sign by sign in one width and case, so that every place in it is a place in the original."""
    return "".join(sign.lower() if len(sign := normalize("NFKC", one)) == 1 and len(sign.lower()) == 1 else one for one in text)


def _places(text: str) -> Iterator[Name]:
    for found in places.mentions(text):
        if found.kind not in places.NUMBERED:
            yield Name(found.start, found.end, "place", found.kind, found.core)


def _numbers(text: str) -> Iterator[Name]:
    for match in NUMBER.finditer(text):
        yield Name(match.start(), match.end(), "number", match[2], match[0].translate(FIGURES))


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


def _contradicting(named: Sequence[Sequence[Name]], texts: Sequence[str]) -> list[set[Name]]:
    """For each text the names that contradict another: each of the two names one of a kind that the other does not speak of."""
    odd: list[set[Name]] = [set() for _text in texts]
    for kind in {(name.mark, name.kind) for names in named for name in names}:
        own = [(n, [name for name in names if (name.mark, name.kind) == kind]) for n, names in enumerate(named)]
        for (here, mine), (there, theirs) in combinations([one for one in own if one[1]], 2):
            only_here = {name for name in mine if not _spoken(name, theirs, texts[there])}
            only_there = {name for name in theirs if not _spoken(name, mine, texts[here])}
            if only_here and only_there:
                odd[here] |= only_here
                odd[there] |= only_there
    return odd


def _spoken(name: Name, names: Sequence[Name], text: str) -> bool:
    return name.core in text or any(other.core == name.core for other in names)


def _compared(text: str, head: str, shared: list[bool], odd: Sequence[Name]) -> Compared:
    marks = ["same" if same else "" for same in shared]
    for name in odd:
        marks[name.start : name.end] = [name.mark] * (name.end - name.start)
    runs = tuple(Run("".join(head[at] for at, _mark in signs), mark) for mark, signs in groupby(enumerate(marks), key=_mark_of))
    differs = tuple(dict.fromkeys(run.text for run in runs if run.mark in ("place", "number")))
    return Compared(runs, differs, text[len(head) :])


def _mark_of(sign: tuple[int, str]) -> str:
    return sign[1]
