"""The arithmetic of working days: pure, and honest about how far the calendar is known."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

NOTICE_MAY_REACH_BACK_TO = (12, 25)  # a year's notice may name days of the December before it (2023's named 2022-12-31)
LAST = date.max.toordinal()


@dataclass(frozen=True)
class Deadline:
    """期限: the last day, and whether it is 暂定 because the calendar is not published that far."""

    on: date
    provisional: bool

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}" + (" 暂定" if self.provisional else "")


@dataclass(frozen=True)
class Calendar:
    """工作日历: which days are worked, by the notices of the State Council for the years that are loaded.

    Outside those years, and from 25 December of a year whose next one is not loaded, days are estimated by weekends
    only: `knows` is false there and every deadline that counted such a day is provisional, to be counted anew.
    """

    years: tuple[int, ...]
    named: Mapping[date, bool]  # the days a notice speaks of: True is worked, False is off
    _extra: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _missing: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_extra", self._against_the_week(worked=True))
        object.__setattr__(self, "_missing", self._against_the_week(worked=False))

    def _against_the_week(self, *, worked: bool) -> tuple[int, ...]:
        return tuple(sorted(day.toordinal() for day, is_worked in self.named.items()
                            if is_worked is worked and (day.weekday() < 5) is not worked))

    def knows(self, day: date) -> bool:
        """Whether every notice that may speak of this day is loaded."""
        if day.year not in self.years:
            return False
        return (day.month, day.day) < NOTICE_MAY_REACH_BACK_TO or day.year + 1 in self.years

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked; only the estimate by weekends where `knows(day)` is false."""
        return self.named.get(day, day.weekday() < 5)

    def add(self, start: date, n: int) -> Deadline:
        """The n-th working day after start; the start day is not counted (民法典第二百零一条)."""
        if n < 0:
            raise Refused(_("工作日天数不能是负数。"))
        if n == 0:
            return Deadline(start, provisional=False)
        first = start.toordinal() + 1
        end = first + bisect_left(range(first, LAST + 1), self._worked_until(first - 1) + n, key=self._worked_until)
        if end > LAST:
            raise Refused(_("从%(start)s起加%(n)s个工作日，超出了日历能表示的范围，请检查日期和天数。"), start=start, n=n)
        counted = (date.fromordinal(day) for day in range(first, end + 1))
        return Deadline(date.fromordinal(end), provisional=not all(map(self.knows, counted)))

    def between(self, a: date, b: date) -> int:
        """How many working days lie after a up to and including b; negative where b is earlier."""
        return self._worked_until(b.toordinal()) - self._worked_until(a.toordinal())

    def _worked_until(self, ordinal: int) -> int:
        weeks, rest = divmod(ordinal, 7)  # day 1 of the calendar is a Monday
        return weeks * 5 + min(rest, 5) + bisect_right(self._extra, ordinal) - bisect_right(self._missing, ordinal)

    def workdays_of(self, year: int) -> int:
        """How many days of the year are worked."""
        return self.between(date(year, 1, 1) - timedelta(1), date(year, 12, 31))
