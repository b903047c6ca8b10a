"""对照: the codes of another table of classes (a hotline's, a message board's), each with the class of ours that it means."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from mianduimian.triage.taxonomy.tree import Taxonomy


@dataclass(frozen=True)
class Code:
    """One line of another table: its code and name, and the key of our class."""

    code: str
    name: str
    category: str


@dataclass(frozen=True)
class Match:
    """What a source's own class says beside what the machine read: the class, how sure, and why."""

    category: str
    confidence: float
    why: str


AGREED = 0.9  # two readers who do not know of one another, the source's clerk and the machine, say the same


def plain(code: str) -> str:
    """A code or name as it is compared: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", code).casefold().split())


def matched(said: str, codes: Mapping[str, str], read: tuple[str, float], taxonomy: Taxonomy) -> Match | None:
    """The class that the source's own word means: sure where the machine agrees; where it does not, a person decides."""
    category = codes.get(plain(said), "")
    if not category or category not in taxonomy.words:
        return None
    label, sure = read
    if label == category or label.startswith(f"{category}."):  # the machine agrees, perhaps in more detail
        return Match(label, max(sure, AGREED), said)
    if category.startswith(f"{label}."):
        return Match(category, max(sure, AGREED), said)
    return Match(category, 0.0, said)
