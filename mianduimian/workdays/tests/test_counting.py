"""The calendar against rules.md §3, the notices and a second source."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.refusal import Refused
from mianduimian.workdays import Calendar, Deadline, calendar

DAYS = st.dates(date(2022, 6, 1), date(2027, 12, 31))
KNOWN = st.dates(date(2023, 1, 1), date(2026, 12, 24))
COUNTS = st.integers(1, 300)

VECTORS = [
    ("2023-01-13", 5, "2023-01-20"), ("2023-01-13", 10, "2023-02-01"), ("2023-01-13", 15, "2023-02-08"),
    ("2023-09-20", 15, "2023-10-17"),
    ("2023-11-16", 5, "2023-11-23"), ("2023-11-16", 10, "2023-11-30"), ("2023-11-16", 15, "2023-12-07"),
    ("2024-02-02", 5, "2024-02-08"), ("2024-02-02", 10, "2024-02-21"), ("2024-02-02", 15, "2024-02-28"),
    ("2024-09-13", 5, "2024-09-23"), ("2024-09-13", 10, "2024-09-29"), ("2024-09-13", 15, "2024-10-11"),
    ("2025-01-20", 5, "2025-01-26"), ("2025-01-20", 10, "2025-02-08"), ("2025-01-20", 15, "2025-02-14"),
    ("2025-09-26", 5, "2025-10-10"), ("2025-09-26", 10, "2025-10-16"), ("2025-09-26", 15, "2025-10-23"),
    ("2026-02-06", 5, "2026-02-13"), ("2026-02-06", 10, "2026-02-27"), ("2026-02-06", 15, "2026-03-05"),
    ("2026-09-18", 5, "2026-09-24"), ("2026-09-18", 10, "2026-10-09"), ("2026-09-18", 15, "2026-10-15"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("start", "n", "end"), VECTORS)
def test_the_published_vectors_come_out(start, n, end):
    assert calendar().add(day(start), n) == Deadline(day(end), provisional=False)
    assert calendar().between(day(start), day(end)) == n


@pytest.mark.parametrize(("year", "worked"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_its_number_of_working_days(year, worked):
    assert calendar().workdays_of(year) == worked


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_every_day_agrees_with_a_second_source(year):
    first = date(year, 1, 1)
    days = [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]
    assert [d for d in days if calendar().is_workday(d) != chinese_calendar.is_workday(d)] == []


def test_the_start_day_is_not_counted_even_if_worked():
    assert calendar().add(day("2023-11-16"), 1).on == day("2023-11-17")


def test_a_start_on_a_rest_day_counts_from_the_next_worked_day():
    assert calendar().add(day("2023-10-01"), 1).on == day("2023-10-07"), "a make-up Saturday"


def test_nothing_added_is_the_day_itself():
    assert calendar().add(day("2030-01-01"), 0) == Deadline(day("2030-01-01"), provisional=False)


@pytest.mark.parametrize(("start", "end"), [
    ("2024-02-28", "2024-02-29"), ("2024-02-29", "2024-03-01"), ("2023-02-28", "2023-03-01")])
def test_a_leap_day_is_a_day_like_any_other(start, end):
    assert calendar().add(day(start), 1) == Deadline(day(end), provisional=False)


@pytest.mark.parametrize(("start", "end"), [
    ("2023-12-29", "2024-01-02"), ("2024-12-31", "2025-01-02"), ("2025-12-31", "2026-01-04")])
def test_the_count_walks_over_the_end_of_a_year(start, end):
    assert calendar().add(day(start), 1) == Deadline(day(end), provisional=False)


@given(DAYS, DAYS, COUNTS)
def test_a_later_start_never_ends_earlier(one, other, n):
    first, second = sorted((one, other))
    assert calendar().add(first, n).on <= calendar().add(second, n).on


@given(DAYS, COUNTS)
def test_more_days_always_end_later(start, n):
    assert calendar().add(start, n).on < calendar().add(start, n + 1).on


@given(DAYS, COUNTS)
def test_a_deadline_is_never_on_a_rest_day(start, n):
    assert calendar().is_workday(calendar().add(start, n).on)


@given(DAYS, COUNTS)
def test_between_undoes_add(start, n):
    assert calendar().between(start, calendar().add(start, n).on) == n


@given(DAYS, DAYS)
def test_between_counts_backwards_as_negative(a, b):
    assert calendar().between(a, b) == -calendar().between(b, a)


@given(KNOWN, st.integers(1, 30))
def test_the_arithmetic_agrees_with_walking_day_by_day(start, n):
    worked, walked = 0, start
    while worked < n:
        walked += timedelta(1)
        worked += calendar().is_workday(walked)
    assert calendar().add(start, n).on == walked


@given(DAYS, st.integers(1, 40))
def test_a_deadline_is_firm_only_if_every_counted_day_is_known(start, n):
    deadline = calendar().add(start, n)
    counted = [start + timedelta(k) for k in range(1, (deadline.on - start).days + 1)]
    assert deadline.provisional is any(not calendar().knows(d) for d in counted)


@pytest.mark.parametrize(("text", "known"), [
    ("2022-12-31", False), ("2023-01-01", True), ("2025-12-31", True), ("2026-12-24", True),
    ("2026-12-25", False), ("2027-01-04", False)])
def test_only_days_every_notice_has_spoken_of_are_known(text, known):
    assert calendar().knows(day(text)) is known


def test_beyond_the_notices_weekends_are_an_estimate_that_says_so():
    assert calendar().is_workday(day("2027-10-01"))
    assert not calendar().knows(day("2027-10-01"))
    assert calendar().add(day("2026-12-14"), 15) == Deadline(day("2027-01-04"), provisional=True)
    assert calendar().add(day("2022-11-16"), 3).provisional


def test_a_gap_between_loaded_years_is_provisional_too():
    gap = Calendar((2023, 2025), {})
    assert gap.add(day("2023-12-20"), 3) == Deadline(day("2023-12-25"), provisional=True)
    assert gap.add(day("2024-12-30"), 3).provisional
    assert not gap.add(day("2025-01-06"), 3).provisional


@pytest.mark.parametrize(("start", "n"), [("9999-12-31", 1), ("2026-01-01", 10**9), ("2026-01-01", -1)])
def test_an_absurd_count_is_refused_in_words(start, n):
    with pytest.raises(Refused, match="工作日"):
        calendar().add(day(start), n)


def test_the_last_date_of_all_can_be_reached():
    assert calendar().add(day("9999-12-30"), 1) == Deadline(date.max, provisional=True)
