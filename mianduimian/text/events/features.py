"""特征: what about two submissions tells whether they speak of one matter."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer

from mianduimian.text.events.corpus import HEAD, Corpus, Read, dots
from mianduimian.text.events.meaning import Meaning
from mianduimian.text.events.near import Pairs, crowd
from mianduimian.text.places import Mention

COPY = 0.5  # blended similarity above which texts count as one when it is asked how rare a piece is
COMMON = 0.33  # share of the rarity scale below which a piece says nothing
STEP = 20_000  # pairs at a time
LATE = 30  # the place of a neighbour that is not in the list

# Whether more of a feature can only speak for one matter (1), only against it (-1), or either (0).
ALIKE = (1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, 0, 0, 0)
SPELLING = (1, 1, 1, 1, 1)
NAMED = (1, 1, 1, -1, -1, -1) * 2 + (0, -1)
RUNS = (1, 1, 1, 1, 1, 1, 1, 1)
FACTS = (1, -1, 1, -1, 0, 0)
MEANT = (1,)
LEANING = (*ALIKE, *SPELLING, *NAMED, *RUNS, *FACTS, *MEANT)
BLEND = 2  # the column of the blended similarity
APART = (24, 32)  # columns: kinds of places in the titles without one in common, other districts
SHARED, EACH_OWN = 27, 28  # columns: the weight of the places both name; whether each names one the other does not
MEANING = len(LEANING) - 1  # the column that is empty where no encoder is installed


class Features:
    """The comparison of pairs within one corpus: weights are made once, pairs asked for often."""

    def __init__(self, corpus: Corpus, near: Pairs, meaning: Meaning | None) -> None:
        self.corpus, self.read, self.meaning = corpus, corpus.read, meaning
        self.total = len(corpus)
        self._places_of(near)
        self._rarity(_shares(self.total, near))

    def of(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        """One row of numbers a pair."""
        blocks = [self._block(at[start : start + STEP], to[start : start + STEP]) for start in range(0, len(at), STEP)]
        return np.vstack(blocks) if blocks else np.zeros((0, 1), dtype=np.float32)

    def _block(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        pairs = [(self.read[one], self.read[other]) for one, other in zip(at.tolist(), to.tolist(), strict=True)]
        columns = [self._alike(at, to), _spelling(pairs), self._named(at, to), self._runs(at, to), _facts(pairs)]
        return np.hstack([*columns, self._meant(at, to)]).astype(np.float32)

    # — how alike the texts are, and how they stand among their neighbours

    def _places_of(self, near: Pairs) -> None:
        """The neighbours of each row by likeness: their rank, and how close the nearest five are."""
        at, to = np.concatenate([near.at, near.to]), np.concatenate([near.to, near.at])
        blend = np.concatenate([near.blend, near.blend])
        order = np.lexsort((-blend, at))
        at, to, blend = at[order], to[order], blend[order]
        rank = np.arange(len(at)) - np.searchsorted(at, at, side="left")
        self._rank = csr_matrix((rank + 1.0, (at, to)), shape=(self.total,) * 2)
        self._crowd = crowd(near, self.total)
        self._best = np.zeros(self.total)
        np.maximum.at(self._best, at, blend)

    def _alike(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        title, body = self.corpus.titles.likeness(at, to), self.corpus.bodies.likeness(at, to)
        blend = 0.45 * title + 0.55 * body
        inside = dots(self._title_rarity, self._head_pieces, at, to), dots(self._title_rarity, self._head_pieces, to, at)
        whole = np.asarray(self._title_rarity.sum(axis=1)).ravel() + 1e-6
        one, other = inside[0] / whole[at], inside[1] / whole[to]
        shared = dots(self._rare, self._head_pieces, at, to)
        weight = np.asarray(self._rare.sum(axis=1)).ravel() + 1e-6
        ranks = [np.asarray(self._rank[at, to]).ravel(), np.asarray(self._rank[to, at]).ravel()]
        ranks = [np.where(rank > 0, rank - 1, LATE) for rank in ranks]
        crowd, best = self._crowd, self._best
        return np.stack([
            title, body, blend, np.minimum(one, other), np.maximum(one, other),
            np.log1p(dots(self._long, self._long_seen, at, to)), np.log1p(shared),
            shared / np.minimum(weight[at], weight[to]), shared / np.maximum(weight[at], weight[to]),
            np.minimum(*ranks), np.maximum(*ranks),
            blend - np.minimum(crowd[at], crowd[to]), blend - np.maximum(crowd[at], crowd[to]),
            blend / np.maximum(np.maximum(best[at], best[to]), 1e-6),
        ], axis=1)  # fmt: skip

    # — rarity: a piece is rare when few matters have it; a matter told by many counts once

    def _rarity(self, shares: np.ndarray) -> None:
        count = CountVectorizer(analyzer="char", ngram_range=(2, 2), binary=True, lowercase=False, dtype=np.float32)
        long = CountVectorizer(analyzer="char", ngram_range=(3, 4), binary=True, lowercase=False, dtype=np.float32)
        heads = [one.local[1] or " " for one in self.read]
        self._head_pieces = _counted(count, heads)
        self._long_seen = _counted(long, heads)
        scale = self._scale(self._head_pieces, shares)
        self._bigrams = {piece: float(scale[column]) for piece, column in getattr(count, "vocabulary_", {}).items()}
        titles = [one.local[0] or " " for one in self.read]
        title_pieces = count.transform(titles) if self._bigrams else self._head_pieces
        self._title_rarity = title_pieces.multiply(scale).tocsr().astype(np.float32)
        self._rare = self._head_pieces.multiply(np.maximum(scale - COMMON, 0)).tocsr().astype(np.float32)
        self._long = self._long_seen.multiply(self._scale(self._long_seen, shares) ** 2).tocsr().astype(np.float32)
        self._all = float(shares.sum()) + 1

    def _scale(self, seen: csr_matrix, shares: np.ndarray) -> np.ndarray:
        """How rare each piece is, 0 (everywhere) to 1 (in one matter only)."""
        owners = np.asarray(seen.T @ shares).ravel()
        whole = float(shares.sum()) + 1
        return (np.log(whole / (owners + 1)) / max(math.log(whole), 1e-6)).astype(np.float32).clip(0, 1)

    # — places

    @cached_property
    def _place_rarity(self) -> dict[str, float]:
        owners = Counter(core for one in self.read for core in {mention.core for mention in one.named[1]})
        whole = max(math.log(self.total + 1), 1e-6)
        return {core: math.log((self.total + 1) / (count + 1)) / whole for core, count in owners.items()}

    def _named(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        pairs = zip(at.tolist(), to.tolist(), strict=True)
        found = [self._places(self.read[one], self.read[other]) for one, other in pairs]
        return np.array(found, dtype=np.float32).reshape(-1, 14)

    def _places(self, one: Read, other: Read) -> list[float]:
        found: list[float] = []
        for here, there in zip(one.named, other.named, strict=True):
            found += [*self._shared(here, there), *_conflicts(here, there, one.text, other.text)]
        return [*found, *_districts(one.named[1], other.named[1])]

    def _shared(self, here: Sequence[Mention], there: Sequence[Mention]) -> tuple[float, float, float, float]:
        mine, theirs = ({mention.core for mention in named if mention.kind != "district"} for named in (here, there))
        both = [self._place_rarity.get(core, 1.0) for core in mine & theirs]
        every = [self._place_rarity.get(core, 1.0) for core in mine | theirs]
        apart = float(bool(mine - theirs) and bool(theirs - mine))
        return sum(both) / max(sum(every), 1e-6), max(both, default=0.0), sum(both), apart

    # — runs of words that both have

    def _runs(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        pairs = zip(at.tolist(), to.tolist(), strict=True)
        whole = np.asarray(self._title_rarity.sum(axis=1)).ravel() + 0.3
        found = np.array([self._run(self.read[one].local, self.read[other].local) for one, other in pairs], dtype=np.float32)
        found = found.reshape(-1, 7)
        return np.column_stack([found, found[:, 1] / np.minimum(whole[at], whole[to])])

    def _run(self, one: tuple[str, str], other: tuple[str, str]) -> list[float]:
        titles = list(runs(one[0], other[0]))
        mine, theirs = self._weigh(runs(one[0], other[1])), self._weigh(runs(other[0], one[1]))
        return [
            *self._weigh(titles), max(map(len, titles), default=0),
            min(mine[0], theirs[0]), max(mine[0], theirs[0]), min(mine[1], theirs[1]), max(mine[1], theirs[1]),
        ]  # fmt: skip

    def _weigh(self, found: Iterator[str] | list[str]) -> tuple[float, float]:
        """The weight of the heaviest run, and of all of them."""
        weights = [sum(max(0.0, self._bigrams.get(run[k : k + 2], 1.0) - COMMON) for k in range(len(run) - 1)) for run in found]
        return max(weights, default=0.0), sum(weights)

    # — meaning

    def _meant(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        if self.meaning is None:
            return np.full((len(at), 1), np.nan)
        return self.meaning.likeness(at, to)[:, None]


def runs(one: str, other: str) -> Iterator[str]:
    """The longest pieces of the one text, from left to right, that stand in the other."""
    start, end = 0, len(one)
    while start < end - 1:
        size = 2
        if one[start : start + 2] not in other:
            start += 1
            continue
        while start + size < end and one[start : start + size + 1] in other:
            size += 1
        yield one[start : start + size]
        start += size if size > 2 else 1


def _counted(count: CountVectorizer, texts: list[str]) -> csr_matrix:
    try:
        return count.fit_transform(texts).tocsr()
    except ValueError:  # nothing but signs
        return csr_matrix((len(texts), 1), dtype=np.float32)


def _shares(total: int, near: Pairs) -> np.ndarray:
    """How much each row counts: copies of one text count once together."""
    same = near.blend > COPY
    graph = csr_matrix((np.ones(int(same.sum())), (near.at[same], near.to[same])), shape=(total, total))
    label = connected_components(graph, directed=False)[1] if total else np.zeros(0, dtype=np.int64)
    return 1 / np.bincount(label, minlength=1)[label]


def _spelling(pairs: Sequence[tuple[Read, Read]]) -> np.ndarray:
    titles = [one.title for one, _other in pairs], [other.title for _one, other in pairs]
    heads = [one.head[:300] for one, _other in pairs], [other.head[:300] for _one, other in pairs]
    inside = _compared(fuzz.partial_ratio, titles[0], heads[1]), _compared(fuzz.partial_ratio, titles[1], heads[0])
    bodies = [one.body[:200] for one, _other in pairs], [other.body[:200] for _one, other in pairs]
    return np.stack([
        _compared(fuzz.ratio, *titles), _compared(fuzz.partial_ratio, *titles),
        np.minimum(*inside), np.maximum(*inside), _compared(fuzz.ratio, *bodies),
    ], axis=1)  # fmt: skip


def _compared(scorer: Callable[..., float], left: list[str], right: list[str]) -> np.ndarray:
    return process.cpdist(left, right, scorer=scorer, workers=1) / 100


def _conflicts(here: Sequence[Mention], there: Sequence[Mention], one: str, other: str) -> tuple[float, float]:
    """Kinds of which each names a place that the other does not speak of; and those without any in common."""
    some = none = 0
    for kind in {mention.kind for mention in here} & {mention.kind for mention in there}:
        mine, theirs = ({mention.core for mention in named if mention.kind == kind} for named in (here, there))
        if any(core not in other for core in mine) and any(core not in one for core in theirs):
            some += 1
            none += not mine & theirs
    return float(some), float(none)


def _districts(here: Sequence[Mention], there: Sequence[Mention]) -> tuple[float, float]:
    mine, theirs = ({mention.core for mention in named if mention.kind == "district"} for named in (here, there))
    return float(len(mine & theirs)), float(bool(mine and theirs and not mine & theirs))


def _facts(pairs: Sequence[tuple[Read, Read]]) -> np.ndarray:
    return np.array([_fact(one, other) for one, other in pairs], dtype=np.float32).reshape(-1, 6)


def _fact(one: Read, other: Read) -> list[float]:
    (mine, my_head), (theirs, their_head) = one.numbers, other.numbers
    apart = float(bool(mine - their_head) and bool(theirs - my_head))
    days = math.log1p(abs(one.day - other.day)) if one.day and other.day else math.nan
    sizes = sorted((len(one.body), len(other.body)))
    return [len(mine & theirs), apart, len(my_head & their_head), days, *(math.log1p(min(size, 4 * HEAD)) for size in sizes)]
