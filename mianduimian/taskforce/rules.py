"""5+N 专班规则: the five standing offices, and which units the focus brings in."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _


class MemberKind(Term):
    """成员类别."""

    STANDING = "standing", _("常设单位")
    FUNCTIONAL = "functional", _("职能部门")


def propose(units: Iterable[int]) -> list[tuple[int, int]]:
    """The N units and for how many appeals each is needed, most needed first («N»指…主要涉及的职能部门)."""
    return sorted(Counter(units).items(), key=lambda pair: (-pair[1], pair[0]))


def check_milestone(starts_on: date, due_on: date) -> None:
    """Refuse a milestone that is due before it starts."""
    if due_on < starts_on:
        raise Refused(_("节点的完成日期（%(due)s）早于开始日期（%(start)s）。"), due=due_on, start=starts_on)
