"""同一事项: which submissions speak of the same matter at the same place, as a proposal for a person to confirm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from mianduimian.text.normalise import plain
from mianduimian.text.places import conflicts, places

Id = Any  # whatever names a submission where it comes from; hashable
TITLE_SHARE = 0.45
SAFE = 0.50  # blended similarity above which nearly all pairs are one matter
CANDIDATE = 0.20  # below it no pair of texts is compared further
LARGEST = 4000  # texts compared all with all at once; a larger component is cut at a higher similarity
CUT = 1000  # characters of a body that are read
CHUNK = 500
# how often two groups that meet at this similarity were one matter, measured on real messages
MEASURED = ((0.16, 0.20, 0.23, 0.25, 0.30, 0.34, 0.45, 0.55, 0.70), (0.25, 0.35, 0.50, 0.72, 0.80, 0.90, 0.95, 0.98, 0.99))


class Words(NamedTuple):
    """What one submission says and when it was said."""

    id: Id
    title: str
    body: str
    time: str = ""


@dataclass(frozen=True)
class Group:
    """Submissions proposed as one matter; `sure` is the chance that all of them are."""

    members: tuple[Id, ...]
    representative: Id
    sure: float
    why: str


class Index:
    """The submissions as weighted character pieces: made once, asked often."""

    def __init__(self, rows: Sequence[Words]) -> None:
        self.rows = list(rows)
        self.titles = [_title(row) for row in self.rows]
        self.bodies = [plain(f"{row.body or row.title}"[:CUT]) for row in self.rows]
        self._title_weights, self._titles = _weighted(self.titles, longest=2)
        self._body_weights, self._bodies = _weighted(self.bodies, longest=3)

    def likeness(self, start: int, end: int) -> np.ndarray:
        """Blended similarity of the rows from start to end with all rows."""
        titles = (self._titles[start:end] @ self._titles.T).toarray()
        return TITLE_SHARE * titles + (1 - TITLE_SHARE) * (self._bodies[start:end] @ self._bodies.T).toarray()

    def likest(self, text: str, k: int = 10) -> list[tuple[Id, float]]:
        """The k submissions most similar to a text, best first, with their similarity."""
        if not self.rows:
            return []
        said = plain(text[:CUT])
        titles = self._titles @ self._title_weights.transform(_counts([said], longest=2)).T
        bodies = self._bodies @ self._body_weights.transform(_counts([said], longest=3)).T
        likeness = (TITLE_SHARE * titles + (1 - TITLE_SHARE) * bodies).toarray().ravel()
        best = np.argsort(-likeness, kind="stable")[:k]
        return [(self.rows[at].id, round(float(likeness[at]), 4)) for at in best if likeness[at] > 0]

    def propose(self, sure: float = 0.35) -> list[Group]:
        """Groups of one matter, those in which at least two submissions meet, largest first; never across conflicting places."""
        height = float(np.interp(sure, MEASURED[1], MEASURED[0]))
        found = [group for component in self._components() for group in self._split(component, height)]
        return sorted(found, key=lambda group: -len(group.members))

    def _components(self) -> Iterator[np.ndarray]:
        edges = self._edges()
        cut = CANDIDATE
        waiting = [np.arange(len(self.rows))] if self.rows else []
        while waiting:
            edges = edges.multiply(edges >= cut).tocsr()
            larger = []
            for part in waiting:
                _, label = connected_components(edges[part][:, part], directed=False)
                for members in _by_label(label, part):
                    if len(members) > LARGEST:
                        larger.append(members)
                    else:
                        yield members
            waiting, cut = larger, cut + 0.02

    def _edges(self) -> csr_matrix:
        rows, columns, values = [], [], []
        for start in range(0, len(self.rows), CHUNK):
            likeness = self.likeness(start, start + CHUNK)
            at, to = np.nonzero(likeness >= CANDIDATE)
            rows.append(at + start)
            columns.append(to)
            values.append(likeness[at, to])
        if not rows:
            return csr_matrix((0, 0))
        return csr_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(len(self.rows),) * 2)

    def _split(self, component: np.ndarray, height: float) -> Iterator[Group]:
        titles, bodies = self._titles[component], self._bodies[component]
        likeness = TITLE_SHARE * (titles @ titles.T).toarray() + (1 - TITLE_SHARE) * (bodies @ bodies.T).toarray()
        apart = conflicts([self.titles[at] for at in component], [self.bodies[at] for at in component])
        for members, lowest in join(np.where(apart, -np.inf, likeness), height):
            yield self._group(component[members], likeness[np.ix_(members, members)], lowest)

    def _group(self, members: np.ndarray, likeness: np.ndarray, lowest: float) -> Group:
        detail = np.array([min(len(self.bodies[at]), 300) for at in members])
        best = members[int(np.argmax(likeness.mean(axis=0) + detail / 10_000))]
        sure = round(float(np.interp(lowest, *MEASURED)), 3)
        return Group(tuple(self.rows[at].id for at in members), self.rows[best].id, sure, self._why(members, best, lowest))

    def _why(self, members: np.ndarray, best: int, lowest: float) -> str:
        others = [at for at in members if at != best]
        if not others:
            return "没有相似的来件"
        shared = _shared_places([self.titles[at] + self.bodies[at] for at in members])
        words = shared or _shared_words(self.titles[best], self.titles[others[0]])
        said = "都提到" + "、".join(f"“{word}”" for word in words) if words else "用词相近"
        return f"{said}；相似度 {lowest:.2f}，" + ("基本可以确定" if lowest >= SAFE else "请人工确认")


def propose(rows: Sequence[Words], sure: float = 0.35) -> list[Group]:
    """The groups of one matter among these submissions; see `Index.propose`."""
    return Index(rows).propose(sure)


def likest(text: str, rows: Sequence[Words], k: int = 10) -> list[tuple[Id, float]]:
    """The k submissions most similar to a text; who asks often keeps an `Index`."""
    return Index(rows).likest(text, k)


def join(likeness: np.ndarray, height: float) -> Iterator[tuple[np.ndarray, float]]:
    """Join by average similarity down to the height; minus infinity between two members keeps their groups apart."""
    likeness = likeness.copy()
    np.fill_diagonal(likeness, -np.inf)
    members = {at: [at] for at in range(len(likeness))}
    lowest = np.ones(len(likeness))
    nearest = likeness.argmax(axis=1)
    value = likeness.max(axis=1)
    while value.max() >= height:
        one = int(value.argmax())
        other = int(nearest[one])
        lowest[one] = min(lowest[one], lowest[other], value[one])
        _merge(likeness, one, other, len(members[one]), len(members[other]))
        members[one] += members.pop(other)
        stale = np.flatnonzero((nearest == one) | (nearest == other) | (likeness[one] > value))
        stale = np.union1d(stale, (one, other))
        nearest[stale] = likeness[stale].argmax(axis=1)
        value[stale] = likeness[stale].max(axis=1)
    for at in sorted(members):
        yield np.array(sorted(members[at])), float(lowest[at])


def _merge(likeness: np.ndarray, one: int, other: int, size: int, other_size: int) -> None:
    likeness[one] = (size * likeness[one] + other_size * likeness[other]) / (size + other_size)
    likeness[one, one] = -np.inf
    likeness[:, one] = likeness[one]
    likeness[other] = -np.inf
    likeness[:, other] = -np.inf


def _title(row: Words) -> str:
    return plain((row.title or row.body)[:60])


def _counts(texts: list[str], *, longest: int) -> csr_matrix:
    return HashingVectorizer(analyzer="char", ngram_range=(1, longest), n_features=2**20, alternate_sign=False, norm=None,
                             lowercase=False).transform(texts)


def _weighted(texts: list[str], *, longest: int) -> tuple[TfidfTransformer, csr_matrix]:
    weights = TfidfTransformer(sublinear_tf=True)
    if not texts:
        return weights, csr_matrix((0, 2**20))
    return weights, weights.fit_transform(_counts(texts, longest=longest)).astype(np.float32)


def _by_label(label: np.ndarray, part: np.ndarray) -> list[np.ndarray]:
    order = np.argsort(label, kind="stable")
    return np.split(part[order], np.flatnonzero(np.diff(label[order])) + 1)


def _shared_places(texts: list[str]) -> list[str]:
    sets = [set().union(*places(text).values()) for text in texts]
    return sorted(set.intersection(*sets))[:3]


def _shared_words(one: str, other: str) -> list[str]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    words = (one[block.a : block.a + block.size].strip() for block in sorted(blocks, key=lambda block: -block.size))
    return [word for word in words if len(word) > 1][:3]
