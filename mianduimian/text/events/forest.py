"""决策树: gradient boosted trees as plain numbers, so that a kept model holds nothing that can run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

STEP = 500  # rows that walk down all trees together


@dataclass(frozen=True)
class Forest:
    """Boosted trees for yes or no; node arrays of all trees one after another, `starts` says where each begins."""

    starts: np.ndarray
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    missing_left: np.ndarray
    leaf: np.ndarray
    value: np.ndarray
    base: float

    @classmethod
    def grow(cls, seen: np.ndarray, truth: np.ndarray, weight: np.ndarray, *, rounds: int, leaves: int,
             leaning: Sequence[int]) -> "Forest":
        """Trees that tell the true rows from the others; a column leans to yes (1), to no (-1) or to neither (0)."""
        seen = np.where(np.isnan(seen).all(axis=0), 0, seen)  # a column that says nothing is never asked
        boosted = HistGradientBoostingClassifier(
            max_iter=rounds, learning_rate=0.06, max_leaf_nodes=leaves, min_samples_leaf=15, l2_regularization=3,
            early_stopping=False, random_state=0, monotonic_cst=list(leaning),
        ).fit(seen, truth, sample_weight=weight)  # fmt: skip
        trees = [tree[0].nodes for tree in boosted._predictors]
        nodes = np.concatenate(trees)
        sizes = np.cumsum([0, *(len(tree) for tree in trees[:-1])])
        return cls(
            sizes.astype(np.int32), nodes["feature_idx"].astype(np.int16), nodes["num_threshold"].astype(np.float32),
            nodes["left"].astype(np.int32), nodes["right"].astype(np.int32), nodes["missing_go_to_left"].astype(np.uint8),
            nodes["is_leaf"].astype(np.uint8), nodes["value"].astype(np.float32),
            float(np.ravel(boosted._baseline_prediction)[0]),
        )  # fmt: skip

    def chance(self, seen: np.ndarray) -> np.ndarray:
        """The chance of yes for each row."""
        total = np.full(len(seen), self.base)
        for start in range(0, len(seen), STEP):
            some = slice(start, start + STEP)
            total[some] += self.value[self._leaves(seen[some])].sum(axis=1, dtype=np.float64)
        return 1 / (1 + np.exp(-total))

    def _leaves(self, seen: np.ndarray) -> np.ndarray:
        """The leaf of every tree (columns) into which each row falls, all trees walked down together."""
        roots = np.tile(self.starts, len(seen))
        row = np.repeat(np.arange(len(seen)), len(self.starts))
        at, going = roots.copy(), np.arange(len(roots))
        while len(going := going[self.leaf[at[going]] == 0]):
            node = at[going]
            value = seen[row[going], self.feature[node]]
            left = np.where(np.isnan(value), self.missing_left[node] == 1, value <= self.threshold[node])
            at[going] = roots[going] + np.where(left, self.left[node], self.right[node])
        return at.reshape(len(seen), -1)

    def plain(self, name: str) -> dict[str, np.ndarray]:
        """Its arrays under names of their own, for keeping."""
        return {f"{name}_{part}": np.asarray(getattr(self, part)) for part in self.__dataclass_fields__}

    @classmethod
    def kept(cls, name: str, arrays: dict[str, np.ndarray]) -> "Forest":
        """Trees as they were kept."""
        parts: dict[str, Any] = {part: arrays[f"{name}_{part}"] for part in cls.__dataclass_fields__}
        return cls(**{**parts, "base": float(parts["base"])})
