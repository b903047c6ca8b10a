"""试用: a reading before and after learning, tried on what neither side learnt from, with an interval beside every figure."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from hashlib import blake2b
from typing import Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from mianduimian.text.normalise import plain
from mianduimian.text.verdict import Measured, Trial

SHARE = 5  # one group of so many is held out
DRAWS = 1000  # how often the groups are drawn again for an interval
INSIDE = (2.5, 97.5)  # per cent: an interval of 95 %
GRAM, READ = 5, 400  # characters of a piece and of a text when near copies are looked for
BANDS, ROWS = 8, 3  # texts that share half of their pieces meet twice in three times, those that share four fifths nearly always
PRIME = (1 << 31) - 1


def sides(keys: Sequence[Iterable[Hashable]], texts: Sequence[str]) -> list[int]:
    """Row → group, named by its first row: rows that share a key, or are near copies, must stand on one side."""
    owners: dict[Hashable, int] = {}
    at, to = [], []
    for row, (own, text) in enumerate(zip(keys, texts, strict=True)):
        for key in [*(("key", one) for one in own), *_sketch(text)]:
            at.append(row)
            to.append(owners.setdefault(key, row))
    links = csr_matrix((np.ones(len(at)), (at, to)), shape=(len(texts),) * 2)
    first: dict[int, int] = {}
    return [first.setdefault(int(label), row) for row, label in enumerate(connected_components(links, directed=False)[1])]


def held_out(name: Hashable) -> bool:
    """Whether the group of this name is one of the fifth that is never learnt from; the same group always is, or never."""
    return blake2b(str(name).encode(), digest_size=8).digest()[0] % SHARE == 0


def of_labels(groups: Sequence[Hashable], truth: Sequence[Any], before: Sequence[Any], after: Sequence[Any]) -> Trial:
    """How many of the labels are right before and after."""
    was = np.array([one == true for one, true in zip(before, truth, strict=True)], dtype=float)
    now = np.array([one == true for one, true in zip(after, truth, strict=True)], dtype=float)
    columns = np.stack([was, now, np.ones(len(was))], axis=1)
    won, lost = int((now > was).sum()), int((was > now).sum())
    return _trial(groups, columns, _both_shares, (won, lost))


def of_groups(groups: Sequence[Hashable], truth: Sequence[Any], before: Sequence[Any], after: Sequence[Any]) -> Trial:
    """How well same-event groups meet the truth before and after: F1 of pairs; rows without a truth are left out."""
    known = [at for at, event in enumerate(truth) if event is not None]
    events = [truth[at] for at in known]
    was, now = (_pairs(events, [found[at] for at in known]) for found in (before, after))
    won, lost = np.maximum(now[:, 0] - was[:, 0], 0).sum(), np.maximum(was[:, 0] - now[:, 0], 0).sum()
    columns = np.concatenate([was, now], axis=1)
    return _trial([groups[at] for at in known], columns, _both_f1, (round(won), round(lost)))


def _both_shares(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return sums[..., 0] / sums[..., 2], sums[..., 1] / sums[..., 2]


def _pairs(events: Sequence[Any], found: Sequence[Any]) -> np.ndarray:
    """Row by row half of its pairs: found and true, found, true."""
    together, of_event, of_group = Counter(zip(events, found, strict=True)), Counter(events), Counter(found)
    rows = [
        (together[event, group] - 1, of_group[group] - 1, of_event[event] - 1)
        for event, group in zip(events, found, strict=True)
    ]
    return np.array(rows, dtype=float).reshape(-1, 3) / 2


def _both_f1(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return _f1(sums[..., :3]), _f1(sums[..., 3:])


def _f1(sums: np.ndarray) -> np.ndarray:
    whole = sums[..., 1] + sums[..., 2]
    return np.where(whole > 0, 2 * sums[..., 0] / np.maximum(whole, 1e-9), 1.0)


def _trial(
    groups: Sequence[Hashable],
    columns: np.ndarray,
    figures: Callable[[np.ndarray], tuple[Any, Any]],
    changed: tuple[int, int],
) -> Trial:
    """The figures of the whole, and their spread when the groups are drawn again and again."""
    names = {name: at for at, name in enumerate(dict.fromkeys(groups))}
    sums = np.zeros((len(names), columns.shape[1]))
    np.add.at(sums, [names[name] for name in groups], columns)
    draw = np.random.default_rng(0)
    weights = (draw.multinomial(len(names), np.full(len(names), 1 / len(names))) for _n in range(DRAWS))
    drawn = np.stack([weight @ sums for weight in weights])
    before, after = figures(sums.sum(axis=0))
    befores, afters = figures(drawn)
    was, now, gain = _measured(before, befores), _measured(after, afters), _measured(after - before, afters - befores)
    return Trial(len(columns), len(names), was, now, gain, *changed)


def _measured(value: Any, drawn: np.ndarray) -> Measured:
    return Measured(*(round(float(one), 4) for one in (value, *np.percentile(drawn, INSIDE))))


def _sketch(text: str) -> list[tuple[int, bytes]]:
    """What near copies have in common: the smallest pieces under several shuffles, band by band; too short a text has none."""
    said = plain(text)[:READ]
    pieces = np.array([crc32(said[at : at + GRAM].encode()) for at in range(len(said) - GRAM + 1)], dtype=np.uint64)
    if len(pieces) < 2 * GRAM:
        return []
    smallest = ((pieces[:, None] % PRIME * _SHUFFLES[0] + _SHUFFLES[1]) % PRIME).min(axis=0).reshape(BANDS, ROWS)
    return [(band, values.tobytes()) for band, values in enumerate(smallest)]


_SHUFFLES = np.random.default_rng(7).integers(1, PRIME, size=(2, BANDS * ROWS), dtype=np.uint64)
