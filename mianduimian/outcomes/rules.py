"""成效规则: every figure with its definition and denominator; what is too small is not ranked."""

from dataclasses import dataclass

from mianduimian.mechanism import Rulebook
from mianduimian.vocabulary import Term, _, say


class Figure(Term):
    """指标."""

    SETTLED = "settled", _("办结率")
    ON_TIME = "on_time", _("按时反馈率")
    SATISFIED = "satisfied", _("满意率")
    COVERAGE = "coverage", _("回访覆盖率")
    BACK = "back", _("退回率")


DEFINITIONS = {
    Figure.SETTLED: _("办结件数 ÷ 有效诉求件数；阶段性办结不计入"),
    Figure.ON_TIME: _("按期书面反馈 ÷（已反馈 + 逾期未反馈）"),
    Figure.SATISFIED: _("非常满意、满意、基本满意 ÷ 已回访到的群众；未联系上的另列，不计入满意"),
    Figure.COVERAGE: _("回访到的群众 ÷ 应回访群众"),
    Figure.BACK: _("退回重办件数 ÷ 办结过的件数"),
}


@dataclass(frozen=True)
class Share:
    """A share as it must be shown: numerator, denominator and definition; `rate` is None where nothing is counted."""

    figure: Figure
    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """Between 0 and 1, or None when the denominator is 0."""
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> str:
        """For the page: one decimal, or a dash."""
        return "—" if self.rate is None else f"{self.rate:.1%}"

    @property
    def definition(self) -> str:
        """What is divided by what, in the reader's language."""
        return say(DEFINITIONS[self.figure])

    def rankable(self, rulebook: Rulebook) -> bool:
        """Whether there are enough cases to compare: rulebook.figures.rank_from."""
        return self.whole >= rulebook.figures["rank_from"]


def year_on_year(now: int, before: int) -> float | None:
    """同比: the change against the same month a year earlier, as a share; None without an earlier count."""
    return (now - before) / before if before else None
