"""共同点: what the members of a larger group have in common brings home the voices that say it in other words."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from mianduimian.text.events.corpus import EVERYWHERE, Read

LEAST = 8  # members from which a group teaches what they have in common
SAID_BY = 0.4  # share of the members that say a piece
PIECES = 60
LOWEST = 0.02  # the quantile of the members' own scores that a newcomer must reach
FLOOR = 0.3
HALF = 2  # a newcomer's own group may be at most one in so many of the larger one
ALONG = 0.5  # of that score the others of its own group must reach on average: they are one matter with it already
HEAD = 400
ROUNDS = 3
FEW = 3  # texts that must have a piece
STEP = 2000  # members looked at together


def gather(read: Sequence[Read], label: np.ndarray, apart: Callable[[int, Sequence[int]], bool]) -> np.ndarray:
    """The groups after the larger ones have taken in who says what their members have in common."""
    if Counter(label.tolist()).most_common(1)[0][1] < LEAST:
        return label.copy()
    groups = _Groups(_pieces(read), label, apart)
    for _round in range(ROUNDS):
        if not sum(groups.take_in(one) for one, size in Counter(groups.label.tolist()).most_common() if size >= LEAST):
            break
    return groups.label


def _pieces(read: Sequence[Read]) -> csr_matrix:
    count = CountVectorizer(analyzer="char", ngram_range=(2, 4), binary=True, min_df=FEW, lowercase=False, dtype=np.float32)
    return count.fit_transform([EVERYWHERE.sub("", f"{one.title} {one.body[:HEAD]}") for one in read]).tocsr()


class _Groups:
    """Groups that take in others; what all texts say, each group counted once, is kept ready, so that asking costs no pass."""

    def __init__(self, seen: csr_matrix, label: np.ndarray, apart: Callable[[int, Sequence[int]], bool]) -> None:
        self.rows, self.columns = seen, seen.tocsc()
        self.label, self.apart = label.copy(), apart
        self.weight = self._weights()
        self.said = np.asarray(seen.T @ self.weight).ravel()

    def take_in(self, group: int) -> int:
        """Take in whoever says as much of the common pieces as the members do, with their own group; how many came."""
        members = np.flatnonzero(self.label == group)
        if len(members) < LEAST:
            return 0
        common = _Common(self.rows[members], self.said, float(self.weight.sum()))
        score = np.asarray(self.columns[:, common.pieces] @ common.value).ravel() / max(float(common.value.sum()), 1e-6)
        bar = max(FLOOR, float(np.quantile(common.own(), LOWEST)))
        taken = 0
        for row in np.flatnonzero((score >= bar) & (self.label != group)).tolist():
            if self.label[row] != group:
                taken += self._join(group, members, np.flatnonzero(self.label == self.label[row]), score, bar)
        return taken

    def _join(self, group: int, members: np.ndarray, others: np.ndarray, score: np.ndarray, bar: float) -> int:
        fits = HALF * len(others) <= len(members) and score[others].mean() >= ALONG * bar
        if not fits or any(self.apart(int(other), members.tolist()) for other in others):
            return 0
        self.label[others] = group
        self._weigh(np.flatnonzero(self.label == group))
        return len(others)

    def _weights(self) -> np.ndarray:
        return 1 / np.bincount(self.label)[self.label]

    def _weigh(self, changed: np.ndarray) -> None:
        weight = np.full(len(changed), 1 / len(changed))
        self.said += np.asarray(self.rows[changed].T @ (weight - self.weight[changed])).ravel()
        self.weight[changed] = weight


class _Common:
    """The pieces that many members of a group say and few others; `said` and `whole` are what all texts say and how many."""

    def __init__(self, members: csr_matrix, said: np.ndarray, whole: float) -> None:
        self.size = members.shape[0]
        pieces, self.count = np.unique(members.indices, return_counts=True)
        often = self.count >= SAID_BY * (self.size - 1)
        self.often, self.count = pieces[often], self.count[often]
        self.members = members[:, self.often]
        self.elsewhere = np.maximum(said[self.often] - self.count / self.size, 0)
        self.whole = max(whole - 1, 1.0)
        value = self._value(self.count / self.size, self.elsewhere / self.whole, self.whole)
        best = np.argsort(-value, kind="stable")[:PIECES]
        self.pieces, self.value = self.often[best], value[best]

    def own(self) -> np.ndarray:
        """Of each member, how much it says of what the others have in common."""
        return np.concatenate([self._own(self.members[at : at + STEP].toarray()) for at in range(0, self.size, STEP)])

    def _own(self, says: np.ndarray) -> np.ndarray:
        whole = self.whole + 1 / self.size
        elsewhere = (self.elsewhere + says / self.size) / whole
        value = self._value((self.count - says) / (self.size - 1), elsewhere, whole)
        best = np.argsort(-value, axis=1, kind="stable")[:, :PIECES]
        value, says = np.take_along_axis(value, best, 1), np.take_along_axis(says, best, 1)
        return (value * says).sum(axis=1) / np.maximum(value.sum(axis=1), 1e-6)

    @staticmethod
    def _value(share: np.ndarray, elsewhere: np.ndarray, whole: float) -> np.ndarray:
        """How much each piece counts: nothing where too few of the members say it."""
        said = np.where(share >= SAID_BY, share, 1.0)
        return np.where(share >= SAID_BY, np.maximum(said * np.log(said / (elsewhere + 1 / whole)), 0), 0)
