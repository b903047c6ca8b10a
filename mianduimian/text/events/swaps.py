"""换地: copies of a text about another place, made for learning and for testing that they are never joined."""

from collections.abc import Sequence
from random import Random

from mianduimian.text.events.corpus import Words
from mianduimian.text.places import Mention, mentions

SHARE, MOST = 0.15, 400  # of the rows, a copy about another place is made; at most so many
SEED = 7
SWAPPED = {"estate", "road", "school", "village", "street", "town", "market", "hospital"}


def swapped(rows: Sequence[Words]) -> list[Words]:
    """Copies of some of the rows, each about another place of the same kind."""
    return [copy for _row, copy in plants(rows, min(MOST, int(SHARE * len(rows))))]


def plants(rows: Sequence[Words], wanted: int, seed: int = SEED) -> list[tuple[int, Words]]:
    """Row numbers and copies of these rows about another place; the place is exchanged wherever the text names it."""
    named = [(row, mention) for row, one in enumerate(rows) for mention in _first(one)]
    names: dict[str, list[str]] = {}
    for row, mention in named:
        names.setdefault(mention.kind, []).append(_word(rows[row], mention))
    chance = Random(seed)  # noqa: S311
    chance.shuffle(named)
    found: list[tuple[int, Words]] = []
    for row, mention in named:
        if len(found) >= wanted:
            break
        word = _word(rows[row], mention)
        others = [name for name in names[mention.kind] if name[:2] != word[:2] and name not in rows[row].title + rows[row].body]
        if others:
            found.append((row, _about(rows[row], word, chance.choice(others), len(found))))
    return found


def _first(row: Words) -> list[Mention]:
    """The first place its title names, when it is of a kind that can be another."""
    return [mention for mention in mentions(row.title) if mention.kind in SWAPPED and mention.end - mention.start > 2][:1]


def _word(row: Words, mention: Mention) -> str:
    return row.title[mention.start : mention.end]


def _about(row: Words, word: str, other: str, number: int) -> Words:
    return Words(("elsewhere", number), row.title.replace(word, other), row.body.replace(word, other), row.time)
