"""成效规则: every figure with its definition and denominator; what is too small is not ranked."""

from dataclasses import dataclass
from datetime import date

from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
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
    Figure.SATISFIED: _("每人以最近一轮的评价为准：非常满意、满意、基本满意 ÷ 已评价的群众；未联系上的另列，不计入满意"),
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


@dataclass(frozen=True)
class Month:
    """One month of one theme: this year's calls beside last year's."""

    year: int
    month: int
    calls: int
    before: int | None

    @property
    def change(self) -> float | None:
        """同比; None without an earlier count."""
        return None if self.before is None else year_on_year(self.calls, self.before)

    @property
    def percent(self) -> str:
        """The change for the page, with its sign."""
        return signed(self.change)


def signed(change: float | None) -> str:
    """A change in per cent with its sign and two decimals, or a dash."""
    return "—" if change is None else f"{change:+.2%}".replace("-", "−")


def months(counts: dict[tuple[int, int], int]) -> list[Month]:
    """(year, month) → calls, as months in order, each beside the same month a year earlier."""
    return [Month(year, month, calls, counts.get((year - 1, month))) for (year, month), calls in sorted(counts.items())]


def so_far(counts: dict[tuple[int, int], int]) -> tuple[int, int, int, float | None]:
    """今年以来: the newest year's months against the same months a year earlier: months, now, before, change."""
    if not counts:
        return 0, 0, 0, None
    year, _last = max(counts)
    both = [month for (counted, month) in counts if counted == year and (year - 1, month) in counts]
    now, before = (sum(counts[(when, month)] for month in both) for when in (year, year - 1))
    return len(both), now, before, year_on_year(now, before)


def check_count(month_begins: date, calls: int, on: date) -> None:
    """Refuse a month that has not ended, or a count below nothing."""
    if (month_begins.year, month_begins.month) >= (on.year, on.month):
        raise Refused(_("%(month)s还没有过完，不能登记全月件数。"), month=f"{month_begins:%Y-%m}")
    if calls < 0:
        raise Refused(_("件数不能是负数。"))


@dataclass(frozen=True)
class Cause:
    """What is known of a problem class: its name, category, root cause, standing remedy, owner unit's key and dates."""

    name: str
    root: str
    remedy: str
    owner: str
    category: str = ""
    due_on: date | None = None
