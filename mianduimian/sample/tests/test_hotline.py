"""The invented hotline counts: three years, six themes, and one that fell after its round."""

import pytest

from mianduimian.sample.hotline import COURSES, MONTHS, months
from mianduimian.sample.schedule import months_back, schedule
from mianduimian.solicitation.rules import Theme

PUBLISHED = (-59.36, -27.84, -19.37)


@pytest.fixture(scope="module")
def counts(today):
    return months(today)


def change(counts, theme, since, span=11):
    """Calls in the months after a day against the same months a year before."""
    calls = {count.month: count.calls for count in counts if count.theme == theme}
    after = [month for month in sorted(calls) if month > since][:span]
    return sum(calls[month] for month in after) / sum(calls[months_back(month, 12)] for month in after) - 1


def test_three_full_years_of_every_theme(counts, today):
    assert len(counts) == len(COURSES) * MONTHS
    assert max(count.month for count in counts) == months_back(today, 1)


def test_themes_are_those_of_the_rounds():
    assert set(COURSES) == {theme.value for theme in Theme} - {"other"}


def test_every_month_is_named_by_its_first_day_and_has_calls(counts):
    assert all(count.month.day == 1 and count.calls > 100 for count in counts)


def test_the_same_day_gives_the_same_counts(counts, today):
    assert months(today) == counts


def test_a_month_keeps_its_noise_when_today_moves_within_the_month(counts, today):
    assert months(today.replace(day=20)) == counts


def test_travel_fell_after_its_round_and_more_than_any_other_theme(counts, today):
    since = schedule(today).earlier_met_on
    changes = {theme: change(counts, theme, since) for theme in COURSES}
    assert changes["travel"] < -0.1
    assert min(changes, key=changes.get) == "travel"
    assert changes["travel"] < min(value for theme, value in changes.items() if theme != "travel") - 0.05


def test_school_is_hard_in_late_summer_and_water_in_the_heat(counts):
    def peak(theme):
        last = [count for count in counts if count.theme == theme][-12:]
        return max(last, key=lambda count: count.calls).month.month

    assert peak("school") in (7, 8, 9)
    assert peak("water") in (6, 7, 8)


def test_no_published_figure_is_reproduced(counts, today):
    since = schedule(today).earlier_met_on
    shown = {round(change(counts, theme, since, span) * 100, 2) for theme in COURSES for span in range(1, 13)}
    assert not shown & set(PUBLISHED)
