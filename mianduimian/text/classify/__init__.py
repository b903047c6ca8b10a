"""分类: which class a citizen's words belong to, how sure that is, and the words that decided."""

from mianduimian.text.classify.reader import Classifier, Label
from mianduimian.text.classify.shipped import default, keywords, seed

__all__ = ["Classifier", "Label", "default", "keywords", "seed"]
