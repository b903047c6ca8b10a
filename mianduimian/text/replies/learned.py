"""学答复: the rules' signs and a reply's characters weighed by two linear machines, learnt from a city's rows beside ours."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from mianduimian.refusal import Refused
from mianduimian.text.replies.clauses import EMPTY
from mianduimian.text.replies.reading import SAYS_SOMETHING, SHORT, Grade, Signs, signs, why
from mianduimian.vocabulary import _

SEED = Path(__file__).parent / "seed.jsonl"
CUT = 600  # characters of a reply's own words that are read
GIVEN = 3  # a row of the city counts as much as three of our sentences


class Example(NamedTuple):
    """A reply with the grade and the commitment a person gave it."""

    question: str
    reply: str
    grade: int
    commitment: bool


@dataclass(frozen=True)
class Reader:
    """Grades replies as the examples were graded; what it is unsure of stays as the rules say."""

    pieces: TfidfVectorizer
    empty: LogisticRegression
    acts: LogisticRegression

    @classmethod
    def learn(cls, given: Sequence[Example]) -> "Reader":
        """A reader from a city's examples beside our own sentences."""
        if not given:
            raise Refused(_("学习用的答复里没有一条带有判断（hand 或 grade）。"))
        examples = [*seed(), *given]
        seen = [signs(example.question, example.reply) for example in examples]
        weights = np.array([1.0] * (len(examples) - len(given)) + [float(GIVEN)] * len(given))
        grades = np.array([example.grade for example in examples])
        pieces = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2, lowercase=False)
        pieces.fit(map(_words, seen))
        rows, spoken = _rows(pieces, seen), grades > 0
        acts = _machine(rows[spoken], grades[spoken] == 2, weights[spoken])
        return cls(pieces, _machine(rows, grades == 0, weights), acts)

    def read(self, question: str, reply: str) -> Grade:
        """The grade of one reply; the promise is read by the rules."""
        seen = signs(question, reply)
        rows = _rows(self.pieces, [seen])
        graded = 0 if self.empty.predict(rows)[0] else 1 + int(self.acts.predict(rows)[0])
        graded = max(graded, 1) if seen.promised else graded
        note = "" if graded == seen.grade else "（照学过的例子判）"
        return Grade(graded, seen.promised, why(seen, graded, seen.promised) + note)


@cache
def seed() -> tuple[Example, ...]:
    """The replies we wrote, with their grades."""
    rows = map(json.loads, SEED.read_text(encoding="utf-8").splitlines())
    return tuple(Example("", row["reply"], row["grade"], row["commitment"]) for row in rows)


def _machine(rows: csr_matrix, target: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, max_iter=2000, class_weight="balanced").fit(rows, target, sample_weight=weights)


def _rows(pieces: TfidfVectorizer, seen: Sequence[Signs]) -> csr_matrix:
    return hstack([csr_matrix(np.array([_features(one) for one in seen])), pieces.transform(map(_words, seen))]).tocsr()


def _words(seen: Signs) -> str:
    return " ".join(seen.own.solid)[:CUT]


def _features(seen: Signs) -> list[float]:
    kinds = [kind for kind, _clause in seen.own.empty]
    weight, acts = seen.own.weight, seen.measures
    return [
        math.log1p(weight), weight < SAYS_SOMETHING, weight < 2 * SAYS_SOMETHING, weight < SHORT,
        *(min(kinds.count(kind), 3) / 3 for kind in EMPTY),
        min(len(acts.ordered), 3) / 3, min(len(acts.done), 4) / 4, float(bool(acts.points)), float(seen.promised),
    ]
