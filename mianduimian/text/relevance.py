"""相关: how much a reply speaks of what was asked."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from mianduimian.text.normalise import plain

LONG = 3000  # characters compared


def relevance(questions: Sequence[str], answers: Sequence[str]) -> list[float]:
    """How much each reply speaks of what was asked, 0 to 1: the words they share, rare ones counting more."""
    if not questions:
        return []
    counts = HashingVectorizer(analyzer="char", ngram_range=(2, 2), alternate_sign=False, norm=None, lowercase=False)
    asked, said = (counts.transform([plain(text[:LONG]) for text in texts]) for texts in (questions, answers))
    weights = TfidfTransformer(sublinear_tf=True).fit(vstack([asked, said]))
    shared = weights.transform(asked).multiply(weights.transform(said)).sum(axis=1)
    return [round(float(value), 4) for value in np.asarray(shared).ravel()]
