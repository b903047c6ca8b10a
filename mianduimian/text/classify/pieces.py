"""词语: the words of a text that say what it is about, and the three ways in which they are looked at."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rjieba
from sklearn.feature_extraction.text import TfidfVectorizer

from mianduimian.text.normalise import plain

CUT = 2000  # characters of a text that are read
TOLD = 300  # characters in which the matter has been told
OPENING = 25  # characters: who writes an appeal begins with what it is about
MANY = 1000  # texts from which on a piece seen once teaches nothing
FUNCTION_WORDS = frozenset((Path(__file__).parent / "function_words.txt").read_text(encoding="utf-8").split())
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SPOKEN = re.compile(r"[^\W_]")

Docs = Sequence[list[str]]


def words(text: str) -> list[str]:
    """The words of a text in one plain writing: no web addresses, no signs, none that only join others."""
    said = ADDRESS.sub(" ", plain(text[: 2 * CUT])[:CUT])
    return [word for word in rjieba.cut(said) if word not in FUNCTION_WORDS and SPOKEN.search(word)]


def _told(doc: list[str]) -> str:
    return "".join(doc)[:TOLD]


def _opening(doc: list[str]) -> str:
    return "".join(doc)[:OPENING]


VIEWS: dict[str, tuple[Callable[[list[str]], Any], dict[str, Any]]] = {
    "words": (list, {"analyzer": list}),
    "letters": (_told, {"analyzer": "char", "ngram_range": (1, 3)}),
    "opening": (_opening, {"analyzer": "char", "ngram_range": (1, 3)}),
}


def vectorizer(view: str, *, known: list[str] | None = None, texts: int = 0) -> TfidfVectorizer:
    """What turns texts into weighed pieces; `known` are the pieces of a model that was learnt before."""
    least = 2 if texts >= MANY else 1
    return TfidfVectorizer(
        **VIEWS[view][1], sublinear_tf=True, lowercase=False, vocabulary=known, min_df=least, dtype=np.float32
    )


def prepared(view: str, docs: Docs) -> list[Any]:
    """The texts as this way of looking takes them."""
    return [VIEWS[view][0](doc) for doc in docs]
