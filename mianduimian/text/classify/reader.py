"""读分类: a classifier learnt from texts and their labels; labels of two levels (transport.parking) are read level by level."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfVectorizer

from mianduimian.refusal import Refused
from mianduimian.text.classify.machine import Family, Seen, Way, balance, separate
from mianduimian.text.classify.pieces import VIEWS, Docs, prepared, vectorizer, words
from mianduimian.text.trial import sides
from mianduimian.vocabulary import _

WHY = 4  # pieces that are named as having decided


@dataclass(frozen=True)
class Label:
    """One reading: the class, how sure (0–1), the runner-up, the pieces that decided; the class above and how sure of that."""

    label: Any
    confidence: float
    second: Any
    why: tuple[str, ...]
    upper: Any = None
    upper_confidence: float = 0.0


@dataclass(frozen=True)
class Classifier:
    """Families of classes, each decided in three ways of looking at a text together."""

    families: tuple[Family, ...]  # the upper classes first
    pieces: dict[str, TfidfVectorizer]
    ways: dict[str, Way]

    @classmethod
    def learn(cls, rows: Iterable[tuple[str, Any]]) -> "Classifier":
        """A classifier from texts and their labels."""
        texts, labels = map(list, zip(*rows, strict=True)) if (rows := list(rows)) else ([], [])
        if len(set(labels)) < 2:
            raise Refused(_("学习分类至少需要两个类别的样例。"))
        docs = [words(text) for text in texts]
        if not any(docs):
            raise Refused(_("学习用的文本都是空的。"))
        pieces = {view: vectorizer(view, texts=len(docs)) for view in VIEWS}
        seen = {view: pieces[view].fit_transform(prepared(view, docs)) for view in VIEWS}
        learnt = list(_families(seen, labels, sides([()] * len(texts), texts)))
        return cls(tuple(family for family, _ways in learnt), pieces, {view: _stacked(view, learnt) for view in VIEWS})

    @cached_property
    def labels(self) -> tuple[Any, ...]:
        """Every class that can be the answer."""
        kinds = {family.above: family.labels for family in self.families}
        return tuple(label for at, upper in enumerate(kinds[None]) for label in kinds.get(at, (upper,)))

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        return {view: pieces.get_feature_names_out().tolist() for view, pieces in self.pieces.items()}

    def read(self, texts: Sequence[str]) -> list[Label]:
        """The reading of each text; an unreadable one (empty, only signs) has confidence 0."""
        if not texts:
            return []
        seen = self._seen([words(text) for text in texts])
        uppers, chance = self._chances(seen)
        return [self._label(at, seen, uppers[at], chance[at]) for at in range(len(texts))]

    def _seen(self, docs: Docs) -> Seen:
        return {view: pieces.transform(prepared(view, docs)) for view, pieces in self.pieces.items()}

    def _chances(self, seen: Seen) -> tuple[np.ndarray, np.ndarray]:
        """Text × upper class, and text × class: how likely."""
        margins = [way.margins(seen[view]) for view, way in self.ways.items()]
        uppers, *below = (
            family.chances([some[:, start : start + len(family.labels)] for some in margins])
            for start, family in zip(self._starts, self.families, strict=True)
        )
        kinds = dict(zip((family.above for family in self.families[1:]), below, strict=True))
        leaves = [uppers[:, [at]] * kinds.get(at, 1.0) for at in range(uppers.shape[1])]
        return uppers, np.concatenate(leaves, axis=1)

    @cached_property
    def _starts(self) -> list[int]:
        return np.cumsum([0, *(len(family.labels) for family in self.families[:-1])]).tolist()

    def _label(self, at: int, seen: Seen, uppers: np.ndarray, chance: np.ndarray) -> Label:
        second, first = np.argsort(chance, kind="stable")[-2:]
        known = any(rows.indptr[at + 1] > rows.indptr[at] for rows in seen.values())
        label = self.labels[first]
        upper = self.families[0].labels.index(head(label))
        sure, upper_sure = (round(float(one), 4) if known else 0.0 for one in (chance[first], uppers[upper]))
        return Label(label, sure, self.labels[second], self._why(at, seen, label), self.families[0].labels[upper], upper_sure)

    def _why(self, at: int, seen: Seen, label: Any) -> tuple[str, ...]:
        share: dict[str, float] = {}
        places = list(self._places(label))
        for number, (view, way) in enumerate(self.ways.items()):
            within = slice(*seen[view].indptr[at : at + 2])
            pieces, values = seen[view].indices[within], seen[view].data[within]
            added = np.sum([trust[number] * way.shares(pieces, values, place) for place, trust in places], axis=0)
            for piece in np.flatnonzero(added > 0):
                name = self._names[view][pieces[piece]]
                share[name] = share.get(name, 0.0) + float(added[piece])
        return _telling(share)

    def _places(self, label: Any) -> Iterator[tuple[int, tuple[float, ...]]]:
        """Where a class and the class above it stand among the machines, with the trust of their families in each way."""
        for start, family in zip(self._starts, self.families, strict=True):
            wanted = head(label) if family.above is None else label
            if wanted in family.labels:
                yield start + family.labels.index(wanted), family.trust

    def save(self, path: Path) -> None:
        """Keep the classifier in a file of plain numbers and words: nothing in it can run."""
        told = json.dumps({"families": [asdict(family) for family in self.families], "pieces": self._names})
        kept: dict[str, Any] = {"words": np.frombuffer(told.encode(), dtype=np.uint8)}
        for view, way in self.ways.items():
            kept |= {f"{view}_idf": self.pieces[view].idf_} | {f"{view}_{name}": part for name, part in _numbers(way)}
        with path.open("wb") as handle:
            np.savez_compressed(handle, **kept)

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """A classifier as it was saved."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                told = json.loads(kept["words"].tobytes())
                pieces = {view: vectorizer(view, known=told["pieces"][view]) for view in VIEWS}
                for view in VIEWS:
                    pieces[view].idf_ = kept[f"{view}_idf"]
                families = tuple(_known(one) for one in told["families"])
                return cls(families, pieces, {view: _way(view, kept) for view in VIEWS})
        except (OSError, EOFError, KeyError, TypeError, ValueError, BadZipFile) as error:
            raise Refused(_("分类模型文件“%(name)s”读不出来，请重新学习。"), name=path.name) from error


def head(label: Any) -> Any:
    """The upper class of a label: transport of transport.parking; a label of one level is its own."""
    return label.partition(".")[0] if isinstance(label, str) else label


def _families(seen: Seen, labels: Sequence[Any], groups: Sequence[int]) -> Iterator[tuple[Family, dict[str, Way]]]:
    """The upper classes, then the kinds of each upper class that has any."""
    heads = [head(label) for label in labels]
    uppers = tuple(sorted(set(heads), key=str))
    yield _family(None, uppers, seen, heads, groups)
    for place, upper in enumerate(uppers):
        rows = [at for at, one in enumerate(heads) if one == upper]
        kinds = tuple(sorted({labels[at] for at in rows}, key=str))
        if kinds != (upper,):
            within = {view: matrix[rows] for view, matrix in seen.items()}
            yield _family(place, kinds, within, [labels[at] for at in rows], [groups[at] for at in rows])


def _family(
    above: int | None, labels: tuple[Any, ...], seen: Seen, given: Sequence[Any], groups: Sequence[int]
) -> tuple[Family, dict[str, Way]]:
    place = {label: at for at, label in enumerate(labels)}
    target = np.array([place[label] for label in given])
    ways = {view: separate(rows, target, len(labels)) for view, rows in seen.items()}
    return Family(above, labels, *balance(seen, target, len(labels), groups)), ways


def _stacked(view: str, learnt: Sequence[tuple[Family, dict[str, Way]]]) -> Way:
    ways = [ways[view] for _family, ways in learnt]
    leaning, weights = (vstack([getattr(way, name) for way in ways]).tocsr() for name in ("leaning", "weights"))
    return Way(leaning, weights, np.concatenate([way.offsets for way in ways]))


def _telling(share: dict[str, float]) -> tuple[str, ...]:
    """The pieces that added most, none within another."""
    told: list[str] = []
    for piece in sorted(share, key=lambda piece: (-share[piece], piece)):
        if len(told) == WHY:
            break
        if len(piece) > 1 and not any(piece in other or other in piece for other in told):
            told.append(piece)
    return tuple(told)


def _known(told: dict[str, Any]) -> Family:
    return Family(told["above"], *(tuple(told[part]) for part in ("labels", "trust", "lean")))


def _numbers(way: Way) -> Iterator[tuple[str, np.ndarray]]:
    yield "offsets", way.offsets
    for name, matrix in (("leaning", way.leaning), ("weights", way.weights)):
        yield from ((f"{name}_{part}", getattr(matrix, part)) for part in ("data", "indices", "indptr", "shape"))


def _way(view: str, kept: Any) -> Way:
    leaning, weights = (
        csr_matrix(tuple(kept[f"{view}_{name}_{part}"] for part in ("data", "indices", "indptr")),
                   shape=tuple(kept[f"{view}_{name}_shape"]))
        for name in ("leaning", "weights")
    )
    return Way(leaning, weights, kept[f"{view}_offsets"])
