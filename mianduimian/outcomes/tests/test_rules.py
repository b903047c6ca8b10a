"""成效规则: figures with definitions, months beside months, nothing counted from nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.mechanism import rulebook
from mianduimian.outcomes.rules import DEFINITIONS, Figure, Share, check_count, months, signed, so_far, year_on_year
from mianduimian.refusal import Refused

DAY = date(2023, 11, 16)


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [(10000, 4064, "−59.36%"), (10000, 7216, "−27.84%"), (10000, 8063, "−19.37%"), (100, 100, "+0.00%"), (50, 75, "+50.00%")],
)
def test_year_on_year_as_the_article_prints_it(before, now, shown):
    assert signed(year_on_year(now, before)) == shown


def test_without_an_earlier_year_there_is_a_dash_and_no_number():
    assert year_on_year(5, 0) is None
    assert signed(None) == "—"


def test_every_figure_has_its_definition():
    assert set(DEFINITIONS) == set(Figure)
    assert "阶段性办结不计入" in Share(Figure.SETTLED, 1, 2).definition
    assert "不计入满意" in Share(Figure.SATISFIED, 1, 2).definition


def test_nothing_counted_is_a_dash_not_a_hundred_per_cent():
    assert Share(Figure.SATISFIED, 0, 0).percent == "—"
    assert Share(Figure.SATISFIED, 9, 10).percent == "90.0%"


@pytest.mark.parametrize(("whole", "ranked"), [(9, False), (10, True)])
def test_few_cases_are_not_ranked(whole, ranked):
    assert Share(Figure.ON_TIME, whole, whole).rankable(rulebook("heyuan-2.0")) is ranked


def test_months_stand_beside_the_same_month_a_year_earlier():
    rows = months({(2022, 10): 100, (2023, 10): 80, (2023, 9): 50})
    assert [(row.year, row.month, row.before, row.percent) for row in rows] == [
        (2022, 10, None, "—"),
        (2023, 9, None, "—"),
        (2023, 10, 100, "−20.00%"),
    ]


def test_this_year_so_far_counts_only_months_known_in_both_years():
    assert so_far({(2022, 1): 100, (2022, 2): 100, (2023, 1): 50, (2023, 3): 999}) == (1, 50, 100, -0.5)
    assert so_far({}) == (0, 0, 0, None)
    assert so_far({(2023, 1): 5}) == (0, 0, 0, None)


@pytest.mark.parametrize(("month", "calls"), [(date(2023, 11, 1), 5), (date(2023, 12, 1), 5), (date(2023, 10, 1), -1)])
def test_a_month_that_has_not_ended_or_a_negative_count_is_refused(month, calls):
    with pytest.raises(Refused):
        check_count(month, calls, DAY)


def test_last_month_may_be_counted_on_the_first_day_of_this_one():
    check_count(date(2023, 10, 1), 0, date(2023, 11, 1))


@given(st.dictionaries(st.tuples(st.integers(2020, 2026), st.integers(1, 12)), st.integers(0, 10_000)))
def test_so_far_never_counts_a_month_twice(counts):
    n, now, _before, _change = so_far(counts)
    assert 0 <= n <= 12
    assert now <= sum(counts.values())
