"""分类表: classes of three levels with their units, themes and goods: shipped as data, changed by people, version by version."""

from mianduimian.triage.taxonomy.amending import Amendment, Change, Changed, amended, changes, restored
from mianduimian.triage.taxonomy.codes import AGREED, Code, Match, matched, plain
from mianduimian.triage.taxonomy.tree import (
    LEVELS,
    Class,
    Shelf,
    Taxonomy,
    category_word,
    head,
    shipped,
    taxonomy,
    theme_of,
    usual_units,
)

__all__ = [
    "AGREED", "LEVELS", "Amendment", "Change", "Changed", "Class", "Code", "Match", "Shelf", "Taxonomy", "amended",
    "category_word", "changes", "head", "matched", "plain", "restored", "shipped", "taxonomy", "theme_of", "usual_units",
]  # fmt: skip
