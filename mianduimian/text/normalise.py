"""归一: one plain form of a text for comparing and searching; the stored text stays as it was sent."""

import re
import unicodedata
from functools import cache

import opencc

UNSEEN = re.compile(  # control, zero-width, bidirectional and variation marks, lone surrogates
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
RUN = re.compile(r"[^\W_]+")


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def plain(text: str) -> str:
    """Simplified characters, half width, lower case, single spaces, nothing invisible: for comparison only."""
    seen = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).lower()
    return " ".join(_to_simplified().convert(UNSEEN.sub("", seen)).split())


def bigrams(text: str) -> str:
    """The words of a text for the search index: each pair of neighbouring characters in order, then each character."""
    runs = RUN.findall(plain(text))
    pairs = [pair for run in runs for pair in _pairs(run)]
    return " ".join(pairs + sorted({character for run in runs for character in run}))


def neighbours(text: str) -> str:
    """How the longest run of a text stands in that index: its pairs one after another; one character alone is everywhere."""
    return max((" ".join(_pairs(run)) for run in RUN.findall(plain(text))), key=len, default="")


def query(terms: str) -> str:
    """What to ask that index for: pairs of the longer terms, single characters as they are; all of them must be there."""
    wanted = (word for run in RUN.findall(plain(terms)) for word in (_pairs(run) or [run]))
    return " ".join(dict.fromkeys(wanted))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
