"""相似: which of some short texts say most like what a person types; light enough to answer while they type."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from math import log, sqrt

from mianduimian.text.normalise import RUN, plain

LONGEST = 1_000  # characters that are looked at
BEHIND = 0.5  # of the best: what is less like is left out


class Shelf[Key: Hashable]:
    """Texts made ready once, asked often: pairs of neighbouring characters, the rare ones weighing more."""

    def __init__(self, texts: Mapping[Key, str]) -> None:
        pairs = {key: _pairs(text) for key, text in texts.items()}
        seen = Counter(pair for some in pairs.values() for pair in some)
        self._weight = {pair: log(1 + len(texts) / n) for pair, n in seen.items()}
        self._unseen = log(1 + len(texts))
        self._length = {key: self._norm(some) for key, some in pairs.items()}
        self._where: dict[str, list[Key]] = defaultdict(list)
        for key, some in pairs.items():
            for pair in some:
                self._where[pair].append(key)

    def likest(self, text: str, *, most: int, least: float) -> list[tuple[Key, float]]:
        """The texts most like this one, best first, none below `least` (1: the same) nor far behind the best."""
        asked = _pairs(text)
        shared: dict[Key, float] = defaultdict(float)
        for pair in asked:
            for key in self._where.get(pair, ()):
                shared[key] += self._weight[pair] ** 2
        length = self._norm(asked)
        found = [(key, round(same / (length * self._length[key]), 4)) for key, same in shared.items()]
        enough = max(least, BEHIND * max((likeness for _key, likeness in found), default=0.0))
        return sorted((one for one in found if one[1] >= enough), key=lambda one: -one[1])[:most]

    def _norm(self, pairs: set[str]) -> float:
        return sqrt(sum(self._weight.get(pair, self._unseen) ** 2 for pair in pairs)) or 1.0


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in RUN.findall(plain(text[:LONGEST])) for at in range(len(run) - 1)}
