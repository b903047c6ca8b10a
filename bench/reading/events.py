"""Same matters: learnt on some matters, read on others; near-duplicates never stand on both sides."""

import json
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_matrix

from bench.reading.finding import Figure, Finding
from mianduimian.text.events import Index, Pairs, Words, pairs, propose
from mianduimian.text.events.near import connected, neighbours
from mianduimian.text.events.swaps import plants

FOLDS = 3
ALIKE = 0.42  # blended similarity above which two texts stand on one side
LARGE = 30  # rows from which an event is a large one
PLANTS = 300


class Known:
    """The rows, the event of each, and the pairs nobody can tell."""

    def __init__(self, folder: Path) -> None:
        rows = _read(folder / "appeals_events.jsonl")
        self.rows = [Words(at, row["title"], row["body"], row["time"]) for at, row in enumerate(rows)]
        self.event = np.array([row["event_id"] for row in rows])
        place = {row["id"]: at for at, row in enumerate(rows)}
        groups = [[place[one] for one in row["ids"] if one in place] for row in _read(folder / "events_ignore_groups.jsonl")]
        self.unclear = {pair for group in groups for pair in combinations(sorted(set(group)), 2)
                        if self.event[pair[0]] != self.event[pair[1]]}
        self.large = {event for event, count in Counter(self.event.tolist()).items() if count > LARGE}

    def folds(self) -> np.ndarray:
        """The side of each row: one event, one unclear group and texts that are alike stay together."""
        near = neighbours(Index(self.rows).corpus)
        mates: dict[str, list[int]] = defaultdict(list)
        for row, event in enumerate(self.event.tolist()):
            mates[event].append(row)
        ties = [*zip(near.at[near.blend > ALIKE], near.to[near.blend > ALIKE], strict=True), *self.unclear]
        ties += [(members[0], one) for members in mates.values() for one in members[1:]]
        at, to = np.array(ties).T
        label = connected(csr_matrix((np.ones(len(at)), (at, to)), shape=(len(self.rows),) * 2))
        return (np.random.default_rng(0).permutation(int(label.max()) + 1) % FOLDS)[label]


def measure(folder: Path) -> Finding:
    """Pair F1 with and without large events, B-cubed, planted copies about another place, and all of it without the encoder."""
    known = Known(folder)
    side = known.folds()
    group, joined, planted = _folded(known, side)
    with patch.object(pairs, "there", return_value=False):
        blind, _joined, _planted = _folded(known, side)
        first_blind = _shipped(known)
    every, small, first = scores(known, group, list(group)), _small(known, group), _shipped(known)
    without, small_without = scores(known, blind, list(blind)), _small(known, blind)
    figures = [
        Figure("pair F1 without large events", small[2], 0.88, note=f"P {small[0]:.3f}, R {small[1]:.3f}"),
        Figure("pair F1 with large events", every[2], 0.95, note=f"P {every[0]:.3f}, R {every[1]:.3f}"),
        Figure("B-cubed F1", every[3], 0.97, note=f"without large events {small[3]:.3f}"),
        Figure("planted copies about another place that were joined", joined, 0, down=True, note=f"of {planted}"),
        Figure("without the encoder, pair F1 without large events", small_without[2], note=f"{small_without[2] - small[2]:+.3f}"),
        Figure("without the encoder, pair F1 with large events", without[2], note=f"{without[2] - every[2]:+.3f}"),
        Figure("pair F1 without large events by the shipped judge", first[2], note=f"B-cubed {first[3]:.3f}"),
        Figure("the same without the encoder", first_blind[2], note=f"{first_blind[2] - first[2]:+.3f}"),
    ]
    return Finding("Same matters", f"{len(known.rows)} messages, {FOLDS} folds of whole events", figures)


def _folded(known: Known, side: np.ndarray) -> tuple[dict[int, tuple[int, int]], int, int]:
    """The group of each row, read by a judge that learnt from the other folds; how many of the planted copies were joined."""
    group: dict[int, tuple[int, int]] = {}
    joined = planted = 0
    for fold in range(FOLDS):
        judge, rows = _learnt(known, np.flatnonzero(side != fold)), [known.rows[at] for at in np.flatnonzero(side == fold)]
        group |= {member: (fold, number) for number, one in enumerate(propose(rows, pairs=judge)) for member in one.members}
        copies = plants(rows, PLANTS // FOLDS, seed=fold)
        found = {member: number for number, one in enumerate(propose([*rows, *(copy for _at, copy in copies)], pairs=judge))
                 for member in one.members}
        planted += len(copies)
        joined += sum(found[rows[at].id] == found[copy.id] for at, copy in copies)
    return group, joined, planted


def _small(known: Known, group: dict[int, tuple[int, int]]) -> tuple[float, float, float, float]:
    return scores(known, group, [row for row in group if known.event[row] not in known.large])


def _shipped(known: Known) -> tuple[float, float, float, float]:
    """What the judge that every city begins with makes of all rows, without the large events."""
    group = {member: (0, number) for number, one in enumerate(propose(known.rows)) for member in one.members}
    return _small(known, group)


def _learnt(known: Known, rows: np.ndarray) -> Pairs:
    place = {int(row): at for at, row in enumerate(rows)}
    unclear = [frozenset(place[one] for one in pair) for pair in known.unclear if all(one in place for one in pair)]
    return Pairs.learn([known.rows[row] for row in rows], known.event[rows].tolist(), ignore=unclear)


def scores(known: Known, group: dict[int, tuple[int, int]], rows: list[int]) -> tuple[float, float, float, float]:
    """Precision, recall and F1 of pairs, and B-cubed F1; pairs nobody can tell are left out."""
    events, found = defaultdict(list), defaultdict(list)
    for row in sorted(rows):
        events[known.event[row]].append(row)
        found[group[row]].append(row)
    same = sum(len(one) * (len(one) - 1) // 2 for one in events.values())
    hit = sum(group[one] == group[other] for members in events.values() for one, other in combinations(members, 2))
    said = sum(pair not in known.unclear for members in found.values() for pair in combinations(members, 2))
    precision, recall = hit / max(said, 1), hit / max(same, 1)
    exact = whole = 0.0
    for row in rows:
        mates = found[group[row]]
        right = sum(known.event[one] == known.event[row] for one in mates)
        wrong = sum(known.event[one] != known.event[row] and (min(one, row), max(one, row)) not in known.unclear for one in mates)
        exact += right / (right + wrong) / len(rows)
        whole += right / len(events[known.event[row]]) / len(rows)
    return precision, recall, _f1(precision, recall), _f1(exact, whole)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
