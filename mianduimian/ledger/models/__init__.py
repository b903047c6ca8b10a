"""台账: matters, and the rows that each move of their life adds."""

from mianduimian.ledger.models.answers import Contact, Evidence, Finish, Passed, Progress, Reply
from mianduimian.ledger.models.assignments import Assignment, Extension, Objection, to_recount
from mianduimian.ledger.models.derived import behind, compare, derive, differences, spans, touched, unclosed
from mianduimian.ledger.models.endings import Closing, Settlement, Staging
from mianduimian.ledger.models.glances import Glance, GlanceQuerySet, Mark, Words, sees_all
from mianduimian.ledger.models.history import Told, history
from mianduimian.ledger.models.lamps import Lamp, lamps, turnings
from mianduimian.ledger.models.matters import AGREED, IN_HAND, Matter, parked, to_open
from mianduimian.ledger.models.returns import Judged, Return
from mianduimian.ledger.models.search import PARTS

__all__ = [
    "AGREED", "IN_HAND", "PARTS", "Assignment", "Closing", "Contact", "Evidence", "Extension", "Finish", "Glance",
    "GlanceQuerySet", "Judged", "Lamp", "Mark", "Matter", "Objection", "Passed", "Progress", "Reply", "Return", "Settlement",
    "Staging", "Told", "Words", "behind", "compare", "derive", "differences", "history", "lamps", "parked", "sees_all", "spans",
    "to_open", "to_recount", "touched", "turnings", "unclosed",
]  # fmt: skip
