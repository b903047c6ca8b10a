"""来件: submissions made ready for comparing: plain texts, the places and numbers they name, weighed pieces."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from mianduimian.text.normalise import plain
from mianduimian.text.places import Mention, mentions

Id = Any  # whatever names a submission where it comes from; hashable
TITLE, HEAD, BODY = 60, 240, 1000  # characters of title, beginning and body that are read
TITLE_SHARE = 0.45  # of the blended similarity
MANY = 5  # submissions from which one title is a mere heading
COLUMNS = 2**20
NUMBER = re.compile(r"\d{2,}")
DAY = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})")
EVERYWHERE = re.compile(r"西地省|[a-z]\d{0,2}[市区县]|[\u4e00-\u9fff]{2}(?:省|市)")  # names of whole cities tell nothing apart


class Words(NamedTuple):
    """What one submission says and when it was said."""

    id: Id
    title: str
    body: str
    time: str = ""


@dataclass(frozen=True)
class Read:
    """One submission as the comparison sees it."""

    title: str
    body: str
    day: int | None

    @property
    def text(self) -> str:
        """Title and body."""
        return f"{self.title} {self.body}"

    @property
    def head(self) -> str:
        """Title and the beginning of the body: the place is named early."""
        return f"{self.title} {self.body[:HEAD]}"

    @cached_property
    def named(self) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
        """The places named in the title, and in the head."""
        return mentions(self.title), mentions(self.head)

    @cached_property
    def cores(self) -> set[str]:
        """What tells the places named in the head from others; whole districts tell little."""
        return {mention.core for mention in self.named[1] if mention.kind != "district"}

    @cached_property
    def local(self) -> tuple[str, str]:
        """Title and head without the names of whole cities."""
        return EVERYWHERE.sub("", self.title), EVERYWHERE.sub("", self.head)

    @cached_property
    def numbers(self) -> tuple[set[str], set[str]]:
        """The numbers in the title, and in the head."""
        return set(NUMBER.findall(self.title)), set(NUMBER.findall(self.head))


def read(row: Words) -> Read:
    """A submission made ready; one without a title is known by its first words."""
    body = plain((row.body or row.title)[: 2 * BODY])[:BODY]
    return Read(plain((row.title or row.body)[:TITLE]), body, _day(row.time))


def _day(said: str) -> int | None:
    match = DAY.match(said or "")
    try:
        return date(*map(int, match.groups())).toordinal() if match else None
    except ValueError:
        return None


class Weighed:
    """Character pieces of many texts, rare ones counting more: cosines of their rows."""

    def __init__(self, texts: Sequence[str], shortest: int, longest: int) -> None:
        self._count = HashingVectorizer(analyzer="char", ngram_range=(shortest, longest), n_features=COLUMNS,
                                        alternate_sign=False, norm=None, lowercase=False, dtype=np.float32)
        self._weights = TfidfTransformer(sublinear_tf=True)
        counts = self._count.transform(texts) if len(texts) else csr_matrix((0, COLUMNS), dtype=np.float32)
        self.rows = self._weights.fit_transform(counts).astype(np.float32) if len(texts) else counts

    @cached_property
    def holders(self) -> csr_matrix:
        """Of each piece the texts that hold it: who asks often reads only the pieces of the question."""
        return self.rows.T.tocsr()

    def to(self, text: str) -> np.ndarray:
        """The cosine of one more text, weighed like the others, with each of them."""
        asked = self._weights.transform(self._count.transform([text])).astype(np.float32)
        return (asked @ self.holders).toarray().ravel()

    def likeness(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        """The cosine of each pair of rows."""
        return dots(self.rows, self.rows, at, to)


def headings(rows: Sequence[Words]) -> set[str]:
    """Titles that a form or a clerk gave, not the citizen: many have them, and they name no place (道路交通类投诉, 建议)."""
    often = Counter(row.title for row in rows if row.title)
    return {title for title, count in often.items() if count >= MANY and not mentions(plain(title))}


class Corpus:
    """Many submissions, each read once, with the weights that they have among each other; a mere heading is no title."""

    def __init__(self, rows: Sequence[Words]) -> None:
        self.headings = headings(rows)
        self.rows = [row._replace(title="") if row.title in self.headings else row for row in rows]
        self.read = [read(row) for row in self.rows]
        self.titles = Weighed([one.title for one in self.read], 1, 2)
        self.bodies = Weighed([one.body for one in self.read], 1, 3)

    def __len__(self) -> int:
        return len(self.rows)

    def blend(self, at: np.ndarray, to: np.ndarray) -> np.ndarray:
        """Blended similarity of each pair."""
        return TITLE_SHARE * self.titles.likeness(at, to) + (1 - TITLE_SHARE) * self.bodies.likeness(at, to)


def dots(left: csr_matrix, right: csr_matrix, at: np.ndarray, to: np.ndarray, step: int = 20_000) -> np.ndarray:
    """Row by row products of two matrices, some pairs at a time."""
    found = np.zeros(len(at), dtype=np.float32)
    for start in range(0, len(at), step):
        some = slice(start, start + step)
        found[some] = np.asarray(left[at[some]].multiply(right[to[some]]).sum(axis=1)).ravel()
    return found
