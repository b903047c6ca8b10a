"""连接: members of one matter put together by how likely each meets the ones it is closest to; what is kept apart stays apart."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

CLOSEST = 4  # a member is asked how likely it meets so many of a group, not all of a large one
LARGEST = 400  # submissions joined at once; a larger component is cut at a higher chance
STEEPER = 0.5  # of the way to certainty at each cut
CERTAIN = 0.98  # here a large component is one group: copies of one text
FLOOR = 0.15  # chance below which nothing is connected
FEW = 4  # at most one in so many of a group may be left behind for the others to be joined

Joined = tuple[list[int], float]  # members, and the lowest chance at which they were joined


def components(chance: csr_matrix) -> Iterator[np.ndarray]:
    """Rows that hang together, those alone too; what is too large is cut where the chance is lowest."""
    waiting, cut = [np.arange(chance.shape[0])] if chance.shape[0] else [], FLOOR
    while waiting:
        kept = chance.multiply(chance >= cut).tocsr()
        parts = [members for part in waiting for members in _connected(kept, part)]
        waiting = [members for members in parts if len(members) > LARGEST and cut < CERTAIN]
        yield from (members for members in parts if len(members) <= LARGEST or cut >= CERTAIN)
        cut += STEEPER * (1 - cut)


def _connected(chance: csr_matrix, part: np.ndarray) -> list[np.ndarray]:
    label = connected_components(chance[part][:, part], directed=False)[1]
    order = np.argsort(label, kind="stable")
    return np.split(part[order], np.flatnonzero(np.diff(label[order])) + 1)


def join(chance: np.ndarray, height: float, apart: np.ndarray | None = None) -> list[Joined]:
    """Groups of row numbers, each with the lowest chance at which it was joined (1 for a single one)."""
    linked = np.array(chance, dtype=float)
    separate = np.zeros_like(linked, dtype=bool) if apart is None else apart.copy()
    np.fill_diagonal(linked, -1.0)
    linked[separate] = -1.0
    groups: dict[int, list[int]] = {row: [row] for row in range(len(linked))}
    lowest = dict.fromkeys(groups, 1.0)
    while len(groups) > 1:
        one, other = map(int, np.unravel_index(int(linked.argmax()), linked.shape))
        value = linked[one, other]
        if value < height:
            break
        lowest[one] = min(lowest[one], lowest.pop(other), float(value))
        groups[one] += groups.pop(other)
        separate[one] |= separate[other]
        separate[:, one] = separate[one]
        linked[other, :] = linked[:, other] = -1.0
        for row, members in groups.items():
            if row != one:
                met = -1.0 if separate[one, row] else _meet(chance, groups[one], members)
                linked[one, row] = linked[row, one] = met
    found = [(sorted(members), lowest[row]) for row, members in sorted(groups.items())]
    return found if apart is None else _reunited(found, chance, apart, height)


def _reunited(found: list[Joined], chance: np.ndarray, apart: np.ndarray, height: float) -> list[Joined]:
    """Groups that only a few members keep apart become one; these few stay behind, each alone: the others do not conflict."""
    waiting, done, alone = sorted(found, key=lambda group: -len(group[0])), [], []
    while waiting:
        one, least = waiting.pop(0)
        for group in [group for group in waiting if len(group[0]) >= FEW]:
            behind = _behind(one, group[0], apart)
            here, there = ([row for row in members if row not in behind] for members in (one, group[0]))
            if 0 < FEW * len(behind) <= len(group[0]) and (met := _meet(chance, here, there)) >= height:
                one, least = here + there, min(least, group[1], met)
                waiting.remove(group)
                alone += [([row], 1.0) for row in behind]
        done.append((sorted(one), least))
    return sorted([*done, *alone])


def _behind(one: list[int], other: list[int], apart: np.ndarray) -> set[int]:
    """Those of one of two groups who conflict with members of the other: of the group where they are fewer."""
    conflicts = apart[np.ix_(one, other)]
    mine = {row for row, kept in zip(one, conflicts.any(axis=1), strict=True) if kept}
    theirs = {row for row, kept in zip(other, conflicts.any(axis=0), strict=True) if kept}
    return min(theirs, mine, key=len)


def _meet(chance: np.ndarray, one: list[int], other: list[int]) -> float:
    """How likely two groups are one: each member of the smaller asks those of the larger it is closest to."""
    if len(one) > len(other):
        one, other = other, one
    block = chance[np.ix_(one, other)]
    if len(other) > CLOSEST:
        block = -np.partition(-block, CLOSEST - 1, axis=1)[:, :CLOSEST]
    return float(block.mean())
