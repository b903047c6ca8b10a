"""同一事项: which submissions speak of the same matter at the same place, as a proposal for a person to confirm."""

from collections.abc import Sequence

from mianduimian.text.events.corpus import Id, Words
from mianduimian.text.events.groups import Group
from mianduimian.text.events.index import Index, Place
from mianduimian.text.events.pairs import Pairs, default

__all__ = ["Group", "Id", "Index", "Pairs", "Place", "Words", "default", "likest", "propose"]


def propose(rows: Sequence[Words], sure: float | None = None, pairs: Pairs | None = None) -> list[Group]:
    """The groups of one matter among these submissions; see `Index.propose`."""
    return Index(rows, pairs).propose(sure)


def likest(text: str, rows: Sequence[Words], k: int = 10) -> list[tuple[Id, float]]:
    """The k submissions most similar to a text; who asks often keeps an `Index`."""
    return Index(rows).likest(text, k)
