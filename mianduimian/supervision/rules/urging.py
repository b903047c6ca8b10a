"""催办: which reminder is owed on a day."""

from datetime import date

from mianduimian.vocabulary import Term, _
from mianduimian.workdays import Calendar


class Stage(Term):
    """催办阶段."""

    DUE_SOON = "due_soon", _("到期提醒")
    OVERDUE = "overdue", _("逾期催办")


def stage(due_on: date, on: date, soon: int, calendar: Calendar) -> Stage | None:
    """Which reminder is owed on a day for what is still owed: soon (in so many working days), overdue, or none.

    What was missed while nobody ran the job is owed still, but nobody is told "soon" of a day that has passed.
    """
    if on > due_on:
        return Stage.OVERDUE
    return Stage.DUE_SOON if calendar.between(on, due_on) <= soon else None
