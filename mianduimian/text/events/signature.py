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
LOWEST = 0.05  # the quantile of the members' own scores that a newcomer must reach
FLOOR = 0.3
HALF = 2  # a newcomer's own group may be at most one in so many of the larger one
HEAD = 400
ROUNDS = 3
FEW = 3  # texts that must have a piece


def gather(read: Sequence[Read], label: np.ndarray, apart: Callable[[int, Sequence[int]], bool]) -> np.ndarray:
    """The groups after the larger ones have taken in who says what their members have in common."""
    label = label.copy()
    if Counter(label.tolist()).most_common(1)[0][1] < LEAST:
        return label
    seen = _pieces(read)
    for _round in range(ROUNDS):
        if not sum(_take_in(seen, label, group, apart) for group, size in Counter(label.tolist()).most_common() if size >= LEAST):
            break
    return label


def _pieces(read: Sequence[Read]) -> csr_matrix:
    count = CountVectorizer(analyzer="char", ngram_range=(2, 4), binary=True, min_df=FEW, lowercase=False, dtype=np.float32)
    return count.fit_transform([EVERYWHERE.sub("", f"{one.title} {one.body[:HEAD]}") for one in read]).tocsr()


def _take_in(seen: csr_matrix, label: np.ndarray, group: int, apart: Callable[[int, Sequence[int]], bool]) -> int:
    members = np.flatnonzero(label == group)
    if len(members) < LEAST:
        return 0
    sizes = np.bincount(label)[label]
    pieces, weight = _common(seen, members, 1 / sizes)
    score = np.asarray(seen[:, pieces] @ weight).ravel() / max(float(weight.sum()), 1e-6)
    bar = max(FLOOR, float(np.quantile([_own(seen, members, row, 1 / sizes) for row in members.tolist()], LOWEST)))
    taken = 0
    for row in np.flatnonzero((score >= bar) & (label != group)):
        others = np.flatnonzero(label == label[row])
        fits = label[row] != group and HALF * len(others) <= len(members) and score[others].mean() >= bar
        if fits and not any(apart(int(other), members.tolist()) for other in others):
            label[others] = group
            taken += len(others)
    return taken


def _common(seen: csr_matrix, members: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pieces that many members say and few others, and how much each counts."""
    share = np.asarray(seen[members].mean(axis=0)).ravel()
    rest = weight.copy()
    rest[members] = 0
    whole = max(float(rest.sum()), 1.0)
    often = np.flatnonzero(share >= SAID_BY)
    elsewhere = np.asarray(seen[:, often].T @ rest).ravel() / whole
    value = np.maximum(share[often] * np.log(share[often] / (elsewhere + 1 / whole)), 0)
    best = np.argsort(-value, kind="stable")[:PIECES]
    return often[best], value[best]


def _own(seen: csr_matrix, members: np.ndarray, row: int, weight: np.ndarray) -> float:
    """How much of what the others have in common this member says."""
    pieces, value = _common(seen, members[members != row], weight)
    return float((seen[row, pieces] @ value)[0]) / max(float(value.sum()), 1e-6)
