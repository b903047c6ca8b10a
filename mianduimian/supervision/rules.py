"""督办规则: stages of urging, and what makes an accountability record."""

from datetime import date

from mianduimian.mechanism import Rulebook
from mianduimian.vocabulary import Term, _
from mianduimian.workdays import Calendar


class Stage(Term):
    """催办阶段."""

    DUE_SOON = "due_soon", _("到期提醒")
    OVERDUE = "overdue", _("逾期催办")


class Account(Term):
    """问责方式."""

    TALK = "talk", _("约谈")
    NAMED = "named", _("通报点名")
    REFERRED = "referred", _("移送处理")


def stage(reply_due_on: date, on: date, rulebook: Rulebook, calendar: Calendar) -> Stage | None:
    """Which reminder is owed on a day for a reply that is still owed: soon, overdue, or none."""
    if on > reply_due_on:
        return Stage.OVERDUE
    return Stage.DUE_SOON if calendar.between(on, reply_due_on) <= rulebook.reply["due_soon"] else None
