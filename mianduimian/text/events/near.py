"""近邻: which submissions are worth comparing at all; near-linear in their number."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.sparse.csgraph import connected_components

from mianduimian.text.events.corpus import COLUMNS, TITLE_SHARE, Corpus

PIECES = 80  # the heaviest pieces of a text by which its neighbours are looked for
SHARED_BY = (400, 0.03)  # a piece in more texts than this, or than this share of them, brings nobody together
NEAREST = 30  # neighbours kept of each submission
CLOSE = 20  # of them these are compared however unlike they are
LIKE = 0.12  # blended similarity from which a further neighbour is compared
CHUNK = 2000
CROWD = 5  # the closest by which it is told how alike submissions usually are
USUAL = 0.133  # the median of that among real messages on many themes
FOCUSED = 0.05  # above that, from where all speak of one theme
MOST = 0.2  # it is taken to be no more than this: where many copies of one text are, they are still alike
ENOUGH = 100  # submissions from which that says something


class Pairs(NamedTuple):
    """Pairs of submissions (the first row is the smaller one), with their blended similarity."""

    at: np.ndarray
    to: np.ndarray
    blend: np.ndarray


def neighbours(corpus: Corpus) -> Pairs:
    """The pairs worth comparing."""
    keys = [_keys(corpus, start, at, to) for start, at, to in _found(_heavy(corpus))]
    if not keys:
        none = np.zeros(0, dtype=np.int64)
        return Pairs(none, none, np.zeros(0, dtype=np.float32))
    return pairs(corpus, np.unique(np.concatenate(keys)))


def pairs(corpus: Corpus, keys: np.ndarray) -> Pairs:
    """Pairs from their keys: smaller row × number of rows + larger row."""
    at, to = np.divmod(keys, max(1, len(corpus)))
    return Pairs(at, to, corpus.blend(at, to))


def _keys(corpus: Corpus, start: int, at: np.ndarray, to: np.ndarray) -> np.ndarray:
    """The keys of one chunk's pairs: the closest few of each row, and all that are alike."""
    order = np.lexsort((-corpus.blend(at, to), at))
    at, to = at[order], to[order]
    blend = corpus.blend(at, to)
    rank = np.arange(len(at)) - np.searchsorted(at, at, side="left")
    kept = ((rank < CLOSE) | (blend >= LIKE)) & (at != to)
    at, to = at[kept], to[kept]
    return np.minimum(at, to) * len(corpus) + np.maximum(at, to)


def _heavy(corpus: Corpus) -> csr_matrix:
    """Each text by its heaviest pieces only, title and body side by side; pieces of everybody, or of one alone, left out."""
    parts = [np.sqrt(TITLE_SHARE) * corpus.titles.rows, np.sqrt(1 - TITLE_SHARE) * corpus.bodies.rows]
    whole = hstack(parts, format="csr") if len(corpus) else csr_matrix((0, 2 * COLUMNS))
    owners = np.bincount(whole.indices, minlength=whole.shape[1])
    useful = (owners >= 2) & (owners <= max(SHARED_BY[0], SHARED_BY[1] * len(corpus)))
    whole.data *= useful[whole.indices]
    whole.eliminate_zeros()
    for row in range(whole.shape[0]):
        start, end = whole.indptr[row], whole.indptr[row + 1]
        if end - start > PIECES:
            data = whole.data[start:end]
            data[np.argpartition(data, -PIECES)[:-PIECES]] = 0
    whole.eliminate_zeros()
    return whole


def _found(heavy: csr_matrix) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Chunk by chunk, the rows that share most with each row."""
    turned = heavy.T.tocsr()
    for start in range(0, heavy.shape[0], CHUNK):
        shared = (heavy[start : start + CHUNK] @ turned).tocsr()
        at, to = [], []
        for row in range(shared.shape[0]):
            first, last = shared.indptr[row], shared.indptr[row + 1]
            columns, values = shared.indices[first:last], shared.data[first:last]
            if len(values) > NEAREST + 1:
                columns = columns[np.argpartition(-values, NEAREST + 1)[: NEAREST + 1]]
            at.append(np.full(len(columns), start + row))
            to.append(columns.astype(np.int64))
        yield start, np.concatenate(at), np.concatenate(to)


def crowd(pairs: Pairs, total: int) -> np.ndarray:
    """How alike each submission is to the few that are closest to it."""
    at, blend = np.concatenate([pairs.at, pairs.to]), np.tile(pairs.blend, 2)
    order = np.lexsort((-blend, at))
    at, blend = at[order], blend[order]
    few = np.arange(len(at)) - np.searchsorted(at, at, side="left") < CROWD
    return np.bincount(at[few], weights=blend[few], minlength=total) / CROWD


def focus(pairs: Pairs, total: int) -> float:
    """How much more alike these submissions are than messages on many themes; 0 where they are, or are too few to tell."""
    above = float(np.median(crowd(pairs, total))) - USUAL if total >= ENOUGH else 0.0
    return min(above, MOST) if above > FOCUSED else 0.0


def connected(graph: csr_matrix) -> np.ndarray:
    """The number of the component of each row."""
    return connected_components(graph, directed=False)[1]


def everybody(corpus: Corpus) -> Pairs:
    """Every pair: for a handful of submissions."""
    at, to = np.triu_indices(len(corpus), 1)
    return Pairs(at, to, corpus.blend(at, to))
