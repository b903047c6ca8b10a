"""相关: how much a reply speaks of what was asked, beyond what any two texts of this kind share."""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from mianduimian.text.normalise import plain
from mianduimian.text.replies.clauses import own_of_plain

LONG = 3000  # characters compared
HEAD = 600  # characters in which places are looked for
OURS = Path(__file__).parent / "replies" / "seed.jsonl"
PLACE = re.compile(
    "(?=([\u4e00-\u9fffa-z0-9]{2})(市|区|县|镇|乡|街道|村|社区|路|街|大道|小区|花园|学校|小学|中学|幼儿园|大学|学院|医院|卫生院|市场|公园|广场|车站|桥|新城"
    "|国际|苑|城|局|派出所|公司|水库|河|厂))"
)
WHOLE, TITLE, OWN = 2.0, 1.0, 1.0  # what the three comparisons count: all words, the title, the reply's own words
ELSEWHERE = 0.1  # taken off where both name places and none is the same
SLOPE = 20.0  # how points become a figure from 0 to 1: at no points it is as likely as not


def relevance(questions: Sequence[str], answers: Sequence[str], titles: Sequence[str] = ()) -> list[float]:
    """How much each reply speaks of its question, 0 to 1: rare words shared, beyond chance, and places in common."""
    if not questions:
        return []
    asked, said = ([plain(text[:LONG]) for text in texts] for texts in (questions, answers))
    heads = [plain(text[:LONG]) for text in titles] if titles else asked
    kept = [" ".join(own_of_plain(question, answer).solid) for question, answer in zip(asked, said, strict=True)]
    counted = [_pairs(texts) for texts in (asked, said, heads, kept)]
    weights = TfidfTransformer(sublinear_tf=True).fit(vstack([*counted[:2], _ours()]))
    question, answer, title, rest = map(weights.transform, counted)
    usual = weights.transform(_ours())
    ask, say = _mean(question, usual), _mean(answer, usual)
    pairs = [(WHOLE, question, answer), (TITLE, title, answer), (OWN, question, rest)]
    points = sum(count * _beyond(one, other, ask, say) for count, one, other in pairs)
    points -= ELSEWHERE * np.array([_elsewhere(one, other) for one, other in zip(asked, said, strict=True)])
    chance = np.where(_readable(question) & _readable(answer), 1 / (1 + np.exp(-SLOPE * points)), 0.0)
    return [round(float(value), 4) for value in chance]


def _beyond(question: csr_matrix, answer: csr_matrix, ask: np.ndarray, say: np.ndarray) -> np.ndarray:
    """How alike two texts are, less how alike the answer is to any question, and the question to any answer."""
    return np.asarray(question.multiply(answer).sum(axis=1)).ravel() - question @ say - answer @ ask


def _readable(texts: csr_matrix) -> np.ndarray:
    return np.diff(texts.indptr) > 0


def _mean(*texts: csr_matrix) -> np.ndarray:
    return np.asarray(vstack(texts).mean(axis=0)).ravel()


def _elsewhere(asked: str, said: str) -> bool:
    here, there = ({name + kind for name, kind in PLACE.findall(text[:HEAD])} for text in (asked, said))
    return bool(here and there and not here & there)


def _pairs(texts: Sequence[str]) -> csr_matrix:
    counter = HashingVectorizer(analyzer="char", ngram_range=(2, 2), alternate_sign=False, norm=None, lowercase=False)
    return counter.transform(texts)


@cache
def _ours() -> csr_matrix:
    """Replies of our own, so that a file of a few rows is compared with something."""
    rows = map(json.loads, OURS.read_text(encoding="utf-8").splitlines())
    return _pairs([plain(row["reply"]) for row in rows])
