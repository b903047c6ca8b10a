"""自带的分类: the classifier every city begins with, learnt from sentences and key words of our own (tools/teach_classes.py)."""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path

from mianduimian.text.classify.reader import Classifier

SEED = Path(__file__).parent / "seed.jsonl"
KEYWORDS = Path(__file__).parent / "keywords.toml"
SHIPPED = Path(__file__).parent / "shipped.npz"
LEARNT_FROM = Path(__file__).parent / "shipped.sha256.txt"


@cache
def default() -> Classifier:
    """The classifier every city begins with."""
    return Classifier.load(SHIPPED)


def seed() -> list[tuple[str, str]]:
    """The sentences we wrote and their classes."""
    rows = (json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines())
    return [(row["text"], row["label"]) for row in rows]


def keywords() -> list[tuple[str, str]]:
    """The words that belong to each class."""
    known = tomllib.loads(KEYWORDS.read_text(encoding="utf-8"))
    return [(word, label) for label, words in known.items() for word in words.split()]


def fingerprint() -> str:
    """What the shipped classifier is learnt from, in one number: where it changes, the classifier is taught anew."""
    told = json.dumps([*seed(), *keywords()], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
