"""台账: matters, and the rows that each move of their life adds."""

from mianduimian.ledger.models.answers import Evidence, Passed, Progress, Reply
from mianduimian.ledger.models.assignments import Assignment, Extension, Objection
from mianduimian.ledger.models.endings import Closing, Settlement, Staging
from mianduimian.ledger.models.history import Told, history
from mianduimian.ledger.models.matters import AGREED, IN_HAND, Matter, to_open

__all__ = [
    "AGREED", "IN_HAND", "Assignment", "Closing", "Evidence", "Extension", "Matter", "Objection", "Passed", "Progress",
    "Reply", "Settlement", "Staging", "Told", "history", "to_open",
]  # fmt: skip
