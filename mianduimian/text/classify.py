"""分类: which class a citizen's words belong to, how sure that is, and the words that decided."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from mianduimian.refusal import Refused
from mianduimian.text.normalise import plain
from mianduimian.vocabulary import _

SEED = Path(__file__).parent / "seed.jsonl"
KEYWORDS = Path(__file__).parent / "keywords.toml"
CUT = 2000  # characters of a text that are read
TRIAL = 4000  # rows on which the sharpness is chosen
SHARPNESS = np.geomspace(0.5, 32, 61)


@dataclass(frozen=True)
class Label:
    """One reading: the class, how sure (0–1), the runner-up, and the pieces of the text that decided."""

    label: Any
    confidence: float
    second: Any
    why: tuple[str, ...]


@dataclass(frozen=True)
class Classifier:
    """Character pieces of one to three, weighed by a linear machine for each class."""

    labels: tuple[Any, ...]
    pieces: TfidfVectorizer
    weights: np.ndarray  # class × piece
    offsets: np.ndarray
    sharpness: float  # turns distances into probabilities; chosen on rows the machine had not learnt from

    @classmethod
    def learn(cls, rows: Iterable[tuple[str, Any]]) -> "Classifier":
        """A classifier from texts and their labels."""
        known = [(plain(text)[:CUT], label) for text, label in rows]
        labels = tuple(sorted({label for _text, label in known}, key=str))
        if len(labels) < 2:
            raise Refused(_("学习分类至少需要两个类别的样例。"))
        place = {label: at for at, label in enumerate(labels)}
        target = np.array([place[label] for _text, label in known])
        texts = [text for text, _label in known]
        pieces = _pieces()
        try:
            seen = pieces.fit_transform(texts)
        except ValueError as error:
            raise Refused(_("学习用的文本都是空的。")) from error
        machine = LinearSVC(random_state=0).fit(seen, target)
        weights, offsets = _each_class(machine.coef_), _each_class(machine.intercept_)
        return cls(labels, pieces, weights.astype(np.float32), offsets.astype(np.float32), _sharpness(texts, target))

    def read(self, texts: Sequence[str]) -> list[Label]:
        """The reading of each text; an unreadable one (empty, only signs) has confidence 0."""
        if not texts:
            return []
        seen = self.pieces.transform([plain(text[: 2 * CUT])[:CUT] for text in texts])
        chance = _chances(seen @ self.weights.T + self.offsets, self.sharpness)
        return [self._label(seen[at], chance[at]) for at in range(len(texts))]

    def _label(self, seen: csr_matrix, chance: np.ndarray) -> Label:
        second, first = np.argsort(chance, kind="stable")[-2:]
        confidence = round(float(chance[first]), 4) if seen.nnz else 0.0
        return Label(self.labels[first], confidence, self.labels[second], self._why(seen, first))

    def _why(self, seen: csr_matrix, label: int) -> tuple[str, ...]:
        share = seen.data * self.weights[label, seen.indices]
        words: list[str] = []
        for at in np.argsort(-share, kind="stable"):
            word = str(_names(self.pieces)[seen.indices[at]]).strip()
            if len(words) == 4 or share[at] <= 0:
                break
            if len(word) > 1 and not any(word in other or other in word for other in words):
                words.append(word)
        return tuple(words)

    def save(self, path: Path) -> None:
        """Keep the classifier in a file of plain numbers and words: nothing in it can run."""
        words = json.dumps({"labels": self.labels, "pieces": _names(self.pieces).tolist(), "sharpness": self.sharpness})
        with path.open("wb") as handle:
            np.savez_compressed(handle, words=np.frombuffer(words.encode(), dtype=np.uint8), idf=self.pieces.idf_,
                                weights=self.weights, offsets=self.offsets)

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """A classifier as it was saved."""
        try:
            with np.load(path, allow_pickle=False) as kept:
                words = json.loads(kept["words"].tobytes())
                pieces = _pieces(words["pieces"])
                pieces.idf_ = kept["idf"]
                return cls(tuple(words["labels"]), pieces, kept["weights"], kept["offsets"], words["sharpness"])
        except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
            raise Refused(_("分类模型文件“%(name)s”读不出来，请重新学习。"), name=path.name) from error


@cache
def default() -> Classifier:
    """The classifier every city begins with, learnt from sentences and key words of our own."""
    return Classifier.learn(seed() + keywords())


def seed() -> list[tuple[str, str]]:
    """The sentences we wrote and their classes."""
    rows = (json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines())
    return [(row["text"], row["label"]) for row in rows]


def keywords() -> list[tuple[str, str]]:
    """The words that belong to each class."""
    known = tomllib.loads(KEYWORDS.read_text(encoding="utf-8"))
    return [(word, label) for label, words in known.items() for word in words.split()]


def _pieces(known: list[str] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, lowercase=False, vocabulary=known,
                           dtype=np.float32)


@cache
def _names(pieces: TfidfVectorizer) -> np.ndarray:
    return pieces.get_feature_names_out()


def _each_class(values: np.ndarray) -> np.ndarray:
    return np.concatenate([-values, values]) if len(values) == 1 else values


def _sharpness(texts: list[str], target: np.ndarray) -> float:
    step = 1 + len(texts) // TRIAL
    texts, target = texts[::step], target[::step]
    folds = min(3, min(Counter(target.tolist()).values()))
    if folds < 2:
        return 2.0
    split = StratifiedKFold(folds, shuffle=True, random_state=0)
    machine = make_pipeline(_pieces(), LinearSVC(random_state=0))
    distance = cross_val_predict(machine, texts, target, cv=split, method="decision_function")
    if distance.ndim == 1:
        distance = np.stack([-distance, distance], axis=1)
    rows = np.arange(len(target))
    doubt = [-np.log(_chances(distance, sharpness)[rows, target] + 1e-9).mean() for sharpness in SHARPNESS]
    return float(SHARPNESS[int(np.argmin(doubt))])


def _chances(distance: np.ndarray, sharpness: float) -> np.ndarray:
    power = np.exp(sharpness * (distance - distance.max(axis=1, keepdims=True)))
    return power / power.sum(axis=1, keepdims=True)
