"""两两判断: how likely two submissions speak of one matter, learnt in two steps: alone, then with their company."""

import json
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csr_matrix, triu

from mianduimian.refusal import Refused
from mianduimian.text.events import near
from mianduimian.text.events.corpus import Corpus, Words
from mianduimian.text.events.features import APART, BLEND, EACH_OWN, LEANING, MEANING, SHARED, Features
from mianduimian.text.events.forest import Forest
from mianduimian.text.events.meaning import Meaning, there
from mianduimian.text.events.swaps import swapped
from mianduimian.vocabulary import _

SHIPPED = Path(__file__).parent / "shipped.npz"
VERSION = 1
# How often two texts of this blended similarity were one matter, measured on real messages: the shipped judge learnt only from
# texts we made, so what is known of real ones is its floor, unless their places speak against it.
KNOWN = ((0.16, 0.22, 0.26, 0.32, 0.40, 0.50), (0.1, 0.35, 0.5, 0.7, 0.9, 0.97))
HEIGHT = 0.3  # the chance from which groups are joined; chosen on held-out matters
LIKELY = 0.25  # the chance from which a pair brings its neighbours together for comparison
SEEN = 0.02  # chance below which a pair is nothing
FEWEST = 12  # pairs of either kind without which nothing is learnt
FOLDS = 3
FAR = 0.5  # pairs that are not near, for each near one that is shown too
COMPANY = (1, 1, 1, 1, 0, 0, 1, 1)  # as LEANING, for what `company` says
STEP = 20_000  # pairs looked at together
ALIKE = 0.42  # blended similarity above which matters stand on one side of a fold


@dataclass(frozen=True)
class Pairs:
    """Two steps of trees: what the two texts say, and what company they keep."""

    alone: Forest
    together: Forest
    height: float = HEIGHT
    floor: bool = False

    @classmethod
    def learn(
        cls, rows: Sequence[Words], event: Sequence[Hashable | None], apart: Iterable[tuple[int, int]] = (),
        ignore: Iterable[frozenset[int]] = (), *, steady: bool = False,
    ) -> "Pairs":
        """A judge of pairs, from rows of known matters; `apart` are pairs known to differ, `ignore` groups nobody can tell.

        `steady` lets most features speak one way only: less exact at home, safer away from what was learnt.
        """
        shown = _Shown(rows, event, apart, ignore, steady)
        first = [shown.grow(shown.fold != fold, shown.seen, rounds=200, leaves=12) for fold in range(FOLDS)]
        chance = np.zeros(len(shown.at))
        for fold, forest in enumerate(first):
            chance[shown.fold == fold] = forest.chance(shown.seen[shown.fold == fold])
        beside = np.hstack([shown.seen, company(matrix(len(shown.corpus), shown.at, shown.to, chance), shown.at, shown.to)])
        everything = np.ones(len(shown.at), dtype=bool)
        return cls(shown.grow(everything, shown.seen, rounds=200, leaves=12),
                   shown.grow(everything & (chance > SEEN), beside, rounds=150, leaves=8))

    def chances(self, corpus: Corpus, candidates: near.Pairs, focus: float = 0.0) -> csr_matrix:
        """The chance of each pair, both ways round; pairs that are nothing are left out; see `near.focus`."""
        features = Features(corpus, candidates, Meaning(corpus.read) if there() else None)
        at, to = candidates.at, candidates.to
        seen = features.of(at, to)
        chance = self._floored(self.alone.chance(seen), seen, focus) if len(at) else np.zeros(0)
        more = between(matrix(len(corpus), at, to, chance), at, to)
        if len(more[0]):
            further = features.of(*more)
            at, to = np.concatenate([at, more[0]]), np.concatenate([to, more[1]])
            seen = np.vstack([seen, further])
            chance = np.concatenate([chance, self._floored(self.alone.chance(further), further, focus)])
        alone = matrix(len(corpus), at, to, chance)
        some = chance > SEEN
        at, to, seen = at[some], to[some], seen[some]
        if not len(at):
            return alone
        beside = np.hstack([seen, company(alone, at, to)])
        return matrix(len(corpus), at, to, self._floored(self.together.chance(beside), seen, focus))

    def _floored(self, chance: np.ndarray, seen: np.ndarray, focus: float) -> np.ndarray:
        """Where all speak of one theme, likeness says less and the names of places more."""
        if not self.floor:
            return chance
        apart = seen[:, list(APART)].any(axis=1)
        if focus:
            apart |= (seen[:, EACH_OWN] > 0) & (seen[:, SHARED] == 0)
        return np.where(apart, chance, np.maximum(chance, np.interp(seen[:, BLEND] - focus, *KNOWN)))

    def save(self, path: Path) -> None:
        """Keep what was learnt in a file of plain numbers: nothing in it can run."""
        words = json.dumps({"version": VERSION, "height": self.height, "floor": self.floor}).encode()
        arrays: dict[str, Any] = self.alone.plain("alone") | self.together.plain("together")
        with path.open("wb") as handle:
            np.savez_compressed(handle, words=np.frombuffer(words, dtype=np.uint8), **arrays)

    @classmethod
    def load(cls, path: Path) -> "Pairs":
        """A judge as it was kept."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                arrays = {name: kept[name] for name in kept.files}
            words = json.loads(arrays.pop("words").tobytes())
            if words["version"] != VERSION:
                raise ValueError(words["version"])
            return cls(Forest.kept("alone", arrays), Forest.kept("together", arrays), words["height"], words["floor"])
        except (OSError, EOFError, KeyError, ValueError, TypeError, BadZipFile) as error:
            raise Refused(_("同一事项模型文件“%(name)s”读不出来，请重新学习。"), name=path.name) from error


@cache
def default() -> Pairs:
    """The judge every city begins with, learnt from our own sample and generated texts."""
    return Pairs.load(SHIPPED)


class _Shown:
    """The pairs shown to a learner: near, same and some far ones, and copies about another place; folds hold whole matters."""

    def __init__(
        self, rows: Sequence[Words], event: Sequence[Hashable | None], apart: Iterable[tuple[int, int]],
        ignore: Iterable[frozenset[int]], steady: bool,
    ) -> None:
        self.leaning = (*LEANING, *COMPANY) if steady else (0,) * (len(LEANING) + len(COMPANY))
        copies = swapped(rows)
        known = [*event, *(("elsewhere", number) for number, _copy in enumerate(copies))]
        self.corpus = Corpus([*rows, *copies])
        candidates = near.neighbours(self.corpus)
        codes: dict[Hashable, int] = {}
        named = [("alone", at) if one is None else one for at, one in enumerate(known)]
        self.event = np.array([codes.setdefault(one, len(codes)) for one in named])
        said = np.array([one is not None for one in known])
        keys = self._keys(candidates, apart)
        shown = near.pairs(self.corpus, keys)
        groups = {pair for group in ignore for pair in _pairs_of(group)}
        sure = np.array([pair not in groups for pair in zip(shown.at.tolist(), shown.to.tolist(), strict=True)], dtype=bool)
        sure &= (said[shown.at] & said[shown.to]) | np.isin(keys, self._given(apart))
        self.at, self.to = shown.at[sure], shown.to[sure]
        self.same = self.event[self.at] == self.event[self.to]
        if min(self.same.sum(), (~self.same).sum()) < FEWEST:
            raise Refused(_("可学的样例太少：同一事项和不同事项的对子都至少要有%(few)s对。"), few=FEWEST)
        features = Features(self.corpus, candidates, Meaning(self.corpus.read) if there() else None)
        self.seen = features.of(self.at, self.to)
        self.fold = self._folds(shown)[sure]
        size = Counter(self.event.tolist())
        self.weight = np.array([1 / math.sqrt(max(1, size[one] - 1)) if same else 1.0
                                for one, same in zip(self.event[self.at].tolist(), self.same.tolist(), strict=True)])

    def grow(self, rows: np.ndarray, seen: np.ndarray, *, rounds: int, leaves: int) -> Forest:
        """Trees from these pairs, each shown once with and once without what the encoder says."""
        seen, same, weight = seen[rows], self.same[rows], self.weight[rows]
        if there():
            blind = seen.copy()
            blind[:, MEANING] = np.nan
            seen, same, weight = np.vstack([seen, blind]), np.tile(same, 2), np.tile(weight, 2)
        return Forest.grow(seen, same, weight, rounds=rounds, leaves=leaves, leaning=self.leaning[: seen.shape[1]])

    def _keys(self, candidates: near.Pairs, apart: Iterable[tuple[int, int]]) -> np.ndarray:
        total = len(self.corpus)
        mates: dict[int, list[int]] = {}
        for row, event in enumerate(self.event.tolist()):
            mates.setdefault(event, []).append(row)
        same = [one * total + other for members in mates.values() for one, other in _pairs_of(members)]
        at, to = between(matrix(total, candidates.at, candidates.to, np.ones(len(candidates.at))), candidates.at, candidates.to)
        wanted = min(len(at), int(FAR * len(candidates.at)))
        far = np.random.default_rng(0).permutation(len(at))[:wanted]
        return np.unique(np.concatenate([candidates.at * total + candidates.to, np.array(same, dtype=np.int64),
                                         at[far] * total + to[far], self._given(apart)]))

    def _given(self, apart: Iterable[tuple[int, int]]) -> np.ndarray:
        return np.array([min(pair) * len(self.corpus) + max(pair) for pair in apart], dtype=np.int64)

    def _folds(self, shown: near.Pairs) -> np.ndarray:
        """The fold of each pair: matters whose texts are alike stand on one side."""
        tied = (shown.blend > ALIKE) | (self.event[shown.at] == self.event[shown.to])
        graph = csr_matrix((np.ones(int(tied.sum())), (shown.at[tied], shown.to[tied])), shape=(len(self.corpus),) * 2)
        label = near.connected(graph)
        side = np.random.default_rng(1).permutation(int(label.max()) + 1) % FOLDS
        return side[label[shown.at]]


def matrix(total: int, at: np.ndarray, to: np.ndarray, chance: np.ndarray) -> csr_matrix:
    """Pairs as a symmetric matrix of chances; those that are nothing are left out."""
    some = chance > SEEN
    rows, columns = np.concatenate([at[some], to[some]]), np.concatenate([to[some], at[some]])
    return csr_matrix((np.tile(chance[some], 2), (rows, columns)), shape=(total, total))


def between(chance: csr_matrix, at: np.ndarray, to: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs not compared yet that both meet a third one."""
    likely = (chance >= LIKELY).astype(np.float32)
    if not likely.nnz:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    found = triu(likely @ likely, 1).tocoo()
    keys = found.row.astype(np.int64) * chance.shape[0] + found.col
    return np.divmod(np.setdiff1d(keys, at * chance.shape[0] + to), chance.shape[0])


def company(chance: csr_matrix, at: np.ndarray, to: np.ndarray) -> np.ndarray:
    """Of each pair: how likely both meet the same third ones, how many each meets, and the chance of the pair itself."""
    found = np.zeros((len(at), 8), dtype=np.float32)
    square, whole = (np.asarray(kind.sum(axis=1)).ravel() for kind in (chance.multiply(chance), chance))
    for start in range(0, len(at), STEP):
        some = slice(start, start + STEP)
        found[some] = _company(chance, square, whole, at[some], to[some])
    return found


def _company(chance: csr_matrix, square: np.ndarray, whole: np.ndarray, at: np.ndarray, to: np.ndarray) -> np.ndarray:
    one, other = chance[at], chance[to]
    own = np.asarray(chance[at, to]).ravel()
    both = np.asarray(one.multiply(other).sum(axis=1)).ravel()
    weakest = one.minimum(other).tocsr()
    mine, theirs = np.sort(np.stack([whole[at] - own, whole[to] - own]), axis=0)
    length = np.sqrt(np.maximum(square[at] - own * own, 0) * np.maximum(square[to] - own * own, 0))
    shared = np.asarray(weakest.sum(axis=1)).ravel() / (mine + 0.3)
    return np.column_stack([_highest(weakest, 3), both / (length + 0.05), mine, theirs, shared, own])


def _highest(rows: csr_matrix, few: int) -> np.ndarray:
    """The few highest values of each row, highest first, 0 where there are less."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    order = np.lexsort((-rows.data, row))
    rank = np.arange(len(order)) - rows.indptr[row]
    found = np.zeros((rows.shape[0], few))
    first = rank < few
    found[row[first], rank[first]] = rows.data[order][first]
    return found


def _pairs_of(members: Iterable[int]) -> Iterable[tuple[int, int]]:
    ordered = sorted(members)
    return ((one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :])
