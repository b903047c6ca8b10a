"""复发规则: when a new submission is about what was closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from mianduimian.mechanism import Rulebook
from mianduimian.text.places import places

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
    apart = one.region and other.region and not (one.region.startswith(other.region) or other.region.startswith(one.region))
    if apart:
        return ""
    here, there = places(one.words), places(other.words)
    shared = sorted(core for kind in SPOTS for core in here.get(kind, set()) & there.get(kind, set()))
    return "、".join(shared)


def recurs(closed: Said, new: Said) -> str:
    """The common place of two of one class; empty where it is another class or another place."""
    return same_spot(closed, new) if closed.category and closed.category == new.category else ""
