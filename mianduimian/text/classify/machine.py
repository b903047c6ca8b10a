"""辨类: how each piece leans to each class, and what a linear machine makes of the leanings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

SMOOTHING = 0.25  # added to every count, so that a piece seen once decides nothing alone
NEUTRAL = 0.5  # a piece hardly likelier within the class than without (log-ratio) is left out
USUAL = 3.0  # trust in every way of looking where there is too little to find it on
EXPECTED = 1.0  # trust that few texts are drawn to
FOLDS = 3
TRIAL = 8000  # texts on which the trust is found

Seen = dict[str, csr_matrix]  # way of looking → text × piece


@dataclass(frozen=True)
class Family:
    """Classes that are decided among one another: the upper ones, or the kinds of one upper class."""

    above: int | None  # place of the upper class; none for the upper ones themselves
    labels: tuple[Any, ...]
    trust: tuple[float, ...]  # in each way of looking; found on texts the machine had not learnt from
    lean: tuple[float, ...]  # towards each class, found with it

    def chances(self, margins: Sequence[np.ndarray]) -> np.ndarray:
        """Text × class: how likely, from the margins of each way of looking."""
        return _chances(np.stack(margins), np.array(self.trust), np.array(self.lean))


@dataclass(frozen=True)
class Way:
    """One way of looking: class × piece, for the classes of all families one after another."""

    leaning: csr_matrix  # log-ratio of each piece within the class to without it
    weights: csr_matrix  # the same, weighed by the machine
    offsets: np.ndarray

    def margins(self, seen: csr_matrix) -> np.ndarray:
        """How far each text lies on the side of each class."""
        size = np.sqrt((seen.multiply(seen) @ self.leaning.multiply(self.leaning).T).toarray())
        return (seen @ self.weights.T).toarray() / np.maximum(size, 1e-9) + self.offsets

    def shares(self, pieces: np.ndarray, values: np.ndarray, label: int) -> np.ndarray:
        """What each piece of one text adds to the margin of a class."""
        size = np.sqrt(np.square(values * _of(self.leaning, label, pieces)).sum())
        return values * _of(self.weights, label, pieces) / max(size, 1e-9)


def _of(matrix: csr_matrix, row: int, places: np.ndarray) -> np.ndarray:
    """The values of one row at some places, 0 where it has none."""
    start, end = matrix.indptr[row], matrix.indptr[row + 1]
    if start == end:
        return np.zeros(len(places), dtype=np.float32)
    known = matrix.indices[start:end]
    at = np.minimum(np.searchsorted(known, places), end - start - 1)
    return np.where(known[at] == places, matrix.data[start + at], 0)


def separate(seen: csr_matrix, target: np.ndarray, classes: int) -> Way:
    """Each class against all the others of its family."""
    there = (seen > 0).astype(np.float32)
    counts = np.stack([np.asarray(there[target == one].sum(axis=0)).ravel() for one in range(classes)])
    found = [_separated(seen, target == one, counts[one], counts.sum(axis=0) - counts[one]) for one in range(classes)]
    leaning, weights, offsets = zip(*found, strict=True)
    return Way(vstack(leaning).tocsr(), vstack(weights).tocsr(), np.array(offsets, dtype=np.float32))


def _separated(
    seen: csr_matrix, within: np.ndarray, inside: np.ndarray, outside: np.ndarray
) -> tuple[csr_matrix, csr_matrix, float]:
    ratio = _share(inside) - _share(outside)
    kept = np.flatnonzero((np.abs(ratio) >= NEUTRAL) & (inside + outside > 0))
    if not len(kept) or within.all() or not within.any():
        return csr_matrix((1, seen.shape[1])), csr_matrix((1, seen.shape[1])), 0.0
    machine = LinearSVC(class_weight="balanced", random_state=0, tol=1e-3)
    machine.fit(normalize(seen[:, kept] @ diags(ratio[kept])), within)
    leaning = _row(ratio[kept], kept, seen.shape[1])
    return leaning, _row(machine.coef_[0] * ratio[kept], kept, seen.shape[1]), float(machine.intercept_[0])


def _share(counts: np.ndarray) -> np.ndarray:
    smoothed = counts + SMOOTHING
    return np.log(smoothed / smoothed.sum())


def _row(values: np.ndarray, places: np.ndarray, width: int) -> csr_matrix:
    return csr_matrix((values.astype(np.float32), places, [0, len(places)]), shape=(1, width))


def balance(
    seen: Seen, target: np.ndarray, classes: int, groups: Sequence[int]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The trust and the lean least surprised by texts not learnt from; texts of one group are not tried on one another."""
    if min(np.bincount(target, minlength=classes)) < FOLDS:
        return (USUAL,) * len(seen), (0.0,) * classes
    step = 1 + len(target) // TRIAL
    fold, target = _folds(groups)[::step], target[::step]
    margins = np.zeros((len(seen), len(target), classes))
    for way, rows in enumerate(rows[::step] for rows in seen.values()):
        for number in range(FOLDS):
            learnt, tried = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
            margins[way, tried] = separate(rows[learnt], target[learnt], classes).margins(rows[tried])
    found = minimize(_surprise, np.repeat([EXPECTED, 0.0], [len(seen), classes]), (margins, target), jac=True)
    return tuple(found.x[: len(seen)].tolist()), tuple(found.x[len(seen) :].tolist())


def _surprise(chosen: np.ndarray, margins: np.ndarray, target: np.ndarray) -> tuple[float, np.ndarray]:
    """How unlikely the true classes look, with how that grows; each choice is drawn a little to what is expected."""
    ways, at = len(margins), np.arange(len(target))
    drawn = chosen - np.repeat([EXPECTED, 0.0], [ways, len(chosen) - ways])
    likely = _chances(margins, chosen[:ways], chosen[ways:])
    surprise = -np.log(likely[at, target] + 1e-12).sum() + np.square(drawn).sum()
    likely[at, target] -= 1
    return surprise, np.concatenate([np.einsum("wtc,tc->w", margins, likely), likely.sum(axis=0)]) + 2 * drawn


def _folds(groups: Sequence[int]) -> np.ndarray:
    names, place = np.unique(groups, return_inverse=True)
    return (np.random.default_rng(0).permutation(len(names)) % FOLDS)[place]


def _chances(margins: np.ndarray, trust: np.ndarray, lean: np.ndarray) -> np.ndarray:
    """Chances that add up to one."""
    sum_ = np.tensordot(trust, margins, axes=1) + lean
    power = np.exp(sum_ - sum_.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)
