"""复发规则: when a new submission is about what was closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from mianduimian.mechanism import Rulebook
from mianduimian.text.places import mentions, places

CODE = 6  # digits of a county or city code
SPOTS = ("road", "estate", "school", "hospital", "market", "bridge", "village", "street")


@dataclass(frozen=True)
class Said:
    """What is compared: the class, the region's code, and every word that may name a place."""

    category: str
    region: str
    words: str


def within(closed_on: date, received_on: date, rulebook: Rulebook) -> bool:
    """Whether it was said after the closing, and not later than the rulebook's window."""
    return closed_on < received_on <= closed_on + timedelta(days=rulebook.recurrence["within"])


def same_spot(one: Said, other: Said) -> str:
    """The place that both name, in words; empty where they name none in common, or their regions exclude each other."""
    if _apart(_stem(one.region), _stem(other.region)):
        return ""
    there = places(other.words)
    shared = [
        one.words[mention.start : mention.end]
        for mention in mentions(one.words)
        if mention.kind in SPOTS and mention.core in there.get(mention.kind, set())
    ]
    return "、".join(dict.fromkeys(shared))


def _stem(code: str) -> str:
    """What the codes of all regions below begin with (GB/T 2260): of a city its first four digits."""
    return code[:4] if len(code) == CODE and code.endswith("00") else code


def _apart(one: str, other: str) -> bool:
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))


def recurs(closed: Said, new: Said) -> str:
    """The common place of two of one class; empty where it is another class or another place."""
    return same_spot(closed, new) if closed.category and closed.category == new.category else ""
