"""索引: many submissions made ready once, asked often: their groups, what is most like a text, where a new one belongs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from mianduimian.text.events import near, signature
from mianduimian.text.events.corpus import TITLE_SHARE, Corpus, Id, Words, read
from mianduimian.text.events.groups import Group, alone, group
from mianduimian.text.events.guard import conflict, copies
from mianduimian.text.events.join import CERTAIN, LARGEST, components, join
from mianduimian.text.events.pairs import Pairs, default
from mianduimian.text.normalise import plain

CUT = 1000


class Place(NamedTuple):
    """Where a new submission seems to belong: a known one of the same matter, how likely, and what place speaks against it."""

    id: Id
    sure: float
    apart: str


class Index:
    """Submissions made ready for comparing; `pairs` is the judge, the shipped one where none is given."""

    def __init__(self, rows: Sequence[Words], pairs: Pairs | None = None) -> None:
        self.corpus = Corpus(rows)
        self.pairs = pairs
        self.focus = 0.0
        self._conflicts: dict[tuple[int, int], bool] = {}

    def propose(self, sure: float | None = None) -> list[Group]:
        """Groups of one matter, largest first, never across conflicting places; `sure` is the chance that joins them."""
        if not len(self.corpus):
            return []
        judge = self.pairs or default()
        candidates = near.neighbours(self.corpus)
        self.focus = near.focus(candidates, len(self.corpus))
        chance = judge.chances(self.corpus, candidates, self.focus)
        label, lowest = self._joined(chance, judge.height if sure is None else sure)
        label = signature.gather(self.corpus.read, label, self._apart_from) if sure is None else label
        return sorted(self._groups(label, lowest, chance), key=lambda one: -len(one.members))

    def likest(self, text: str, k: int = 10) -> list[tuple[Id, float]]:
        """The k submissions most similar to a text, best first, with their similarity."""
        if not len(self.corpus):
            return []
        likeness = self._likeness(plain(text[: 2 * CUT])[:CUT], plain(text[: 2 * CUT])[:CUT])
        return [(self.corpus.rows[at].id, round(float(likeness[at]), 4)) for at in _highest(likeness, k)]

    def place(self, words: Words, k: int = 8) -> list[Place]:
        """The known submissions that a new one may repeat, likeliest first; places that speak against it are named."""
        if not len(self.corpus):
            return []
        words = words._replace(title="") if words.title in self.corpus.headings else words
        new = read(words)
        likeness = self._likeness(new.title, new.body)
        closest = _highest(likeness, k)
        small = Corpus([words, *(self.corpus.rows[at] for at in closest)])
        chance = (self.pairs or default()).chances(small, near.everybody(small))[0].toarray().ravel()[1:]
        found = [Place(self.corpus.rows[at].id, round(float(chance[place]), 4), conflict(new, self.corpus.read[at]))
                 for place, at in enumerate(closest)]
        return sorted(found, key=lambda one: (bool(one.apart), -one.sure))

    def _likeness(self, title: str, body: str) -> np.ndarray:
        return TITLE_SHARE * self.corpus.titles.to(title) + (1 - TITLE_SHARE) * self.corpus.bodies.to(body)

    def _joined(self, chance: csr_matrix, height: float) -> tuple[np.ndarray, dict[int, float]]:
        """The group of each row, and the lowest chance at which each group was joined."""
        label, lowest = np.zeros(len(self.corpus), dtype=np.int64), {}
        for component in components(chance):
            for members, least in self._split(component, chance, height):
                lowest[members[0]] = least
                label[members] = members[0]
        return label, lowest

    def _split(self, component: np.ndarray, chance: csr_matrix, height: float) -> Iterator[tuple[np.ndarray, float]]:
        if len(component) == 1:
            yield component, 1.0
            return
        if len(component) > LARGEST:
            yield from ((members, CERTAIN) for members in self._copies(component))
            return
        block = chance[component][:, component].toarray()
        apart = np.zeros_like(block, dtype=bool)
        for one, other in zip(*np.nonzero(np.triu(copies([self.corpus.read[row] for row in component]), 1)), strict=True):
            apart[one, other] = apart[other, one] = self._apart(int(component[one]), int(component[other]))
        for members, least in join(block, height, apart):
            yield component[members], least

    def _copies(self, component: np.ndarray) -> Iterator[np.ndarray]:
        """Very many copies of one text, those about another place by themselves: each is compared with one that names a place."""
        while len(component):
            first = next((row for row in component.tolist() if self.corpus.read[row].cores), int(component[0]))
            apart = np.array([self._apart(first, int(other)) for other in component])
            yield component[~apart]
            component = component[apart]

    def _apart(self, one: int, other: int) -> bool:
        key = (min(one, other), max(one, other))
        if key not in self._conflicts:
            self._conflicts[key] = bool(conflict(self.corpus.read[key[0]], self.corpus.read[key[1]]))
        return self._conflicts[key]

    def _apart_from(self, row: int, members: Sequence[int]) -> bool:
        if self.focus and not self._at_their_place(row, members):
            return True
        return any(self._apart(row, member) for member in members)

    def _at_their_place(self, row: int, members: Sequence[int]) -> bool:
        """Whether a text names a place that many of these name; where they name none in common, any place will do."""
        named = Counter(core for member in members for core in self.corpus.read[member].cores)
        common = [core for core, count in named.items() if count >= signature.SAID_BY * len(members)]
        return not common or any(core in self.corpus.read[row].text for core in common)

    def _groups(self, label: np.ndarray, lowest: dict[int, float], chance: csr_matrix) -> Iterator[Group]:
        order = np.argsort(label, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
            if len(members) == 1:
                nearest = chance[members[0]].max() if chance.shape[0] > 1 else 0.0
                yield alone(self.corpus, int(members[0]), float(nearest))
            else:
                block = chance[members][:, members].toarray()
                least = min(lowest.get(int(one), 1.0) for one in members)
                yield group(self.corpus, members.tolist(), block, least)


def _highest(likeness: np.ndarray, k: int) -> np.ndarray:
    """The rows of the k highest values above nothing, highest first, the earlier one where two are equal."""
    bar = np.partition(likeness, -k)[-k] if k < len(likeness) else 0.0
    some = np.flatnonzero((likeness >= bar) & (likeness > 0))
    return some[np.argsort(-likeness[some], kind="stable")[:k]]
