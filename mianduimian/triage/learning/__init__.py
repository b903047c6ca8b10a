"""学习: what people's decisions teach the machine, how that is tried, and the model that reads now."""

from mianduimian.triage.learning.examples import Labelled, Matters, labelled, matters
from mianduimian.triage.learning.lesson import Learnt, study
from mianduimian.triage.learning.reader import Present, check, classifier, pairs, present

__all__ = [
    "Labelled", "Learnt", "Matters", "Present", "check", "classifier", "labelled", "matters", "pairs", "present", "study",
]  # fmt: skip
