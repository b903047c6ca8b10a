"""日程: the days of the sample round, counted back from today."""

from dataclasses import dataclass
from datetime import date, timedelta

FRIDAY = 4


@dataclass(frozen=True)
class Schedule:
    """一期的日子: when each stage of the sample round happened, or is to happen."""

    today: date
    earlier_met_on: date
    opened: date
    call_from: date
    call_to: date
    sorted_by: date
    seats_on: date
    met_on: date
    assigned_on: date
    plan_on: date
    first_notice_on: date
    lookback_from: date
    circular_on: date


def _meeting_day(wished: date) -> date:
    """A meeting is held from Monday to Thursday, so that the day after it is a weekday too."""
    while wished.weekday() >= FRIDAY:
        wished -= timedelta(1)
    return wished


def schedule(today: date) -> Schedule:
    met_on = _meeting_day(today - timedelta(24))
    before = {"opened": 19, "call_from": 16, "call_to": 11, "sorted_by": 5, "seats_on": 3}
    after = {"assigned_on": 1, "plan_on": 4, "first_notice_on": 15, "lookback_from": 10, "circular_on": 21}
    return Schedule(
        today=today,
        earlier_met_on=_meeting_day(met_on - timedelta(380)),
        met_on=met_on,
        **{name: met_on - timedelta(days) for name, days in before.items()},
        **{name: met_on + timedelta(days) for name, days in after.items()},
    )


def months_back(day: date, months: int) -> date:
    """The first of the month so many months before the day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
