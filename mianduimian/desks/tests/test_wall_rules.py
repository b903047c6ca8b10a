"""The rules of the wall chart: weeks, marks and rows."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mianduimian.desks.rules import LONGEST, Sign, Work, bands, monday, share, sign, weeks
from mianduimian.ledger.rules import Light, Node

ON = date(2023, 12, 11)
# The first draw is slow in a large suite: hypothesis reads every module it finds loaded.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2023, 1, 1), date(2024, 12, 31))


def work(unit=1, light=Light.GREEN, *nodes):
    return Work(unit, date(2023, 11, 16), nodes, light)


def test_a_node_done_is_green_and_one_ahead_is_none():
    assert sign(Node(date(2023, 12, 1), date(2023, 12, 1)), Light.GREEN, ON) == Sign.GREEN
    assert sign(Node(date(2023, 12, 12)), Light.GREEN, ON) == Sign.NONE


def test_a_node_missed_is_yellow_and_on_a_red_matter_red():
    assert sign(Node(date(2023, 12, 1)), Light.YELLOW, ON) == Sign.YELLOW
    assert sign(Node(date(2023, 12, 1)), Light.RED, ON) == Sign.RED


def test_a_node_due_today_is_not_missed():
    assert sign(Node(ON), Light.GREEN, ON) == Sign.NONE


def test_a_node_done_late_is_done():
    assert sign(Node(date(2023, 12, 1), date(2023, 12, 5)), Light.YELLOW, ON) == Sign.GREEN


def test_weeks_begin_on_mondays_and_none_is_left_out():
    assert weeks([date(2023, 11, 16), date(2023, 12, 7)]) == [date(2023, 11, day) for day in (13, 20, 27)] + [date(2023, 12, 4)]


def test_no_days_make_no_weeks():
    assert weeks([]) == []


@PATIENT
@given(st.lists(DAYS, min_size=1, max_size=20))
def test_every_day_falls_into_one_of_the_weeks_unless_the_chart_is_full(days):
    found = weeks(days)
    assert all(week.weekday() == 0 for week in found)
    assert len(found) == LONGEST or {monday(day) for day in days} <= set(found)


@PATIENT
@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(list(Light)), st.lists(DAYS, max_size=4)), max_size=20))
def test_nothing_is_lost_on_the_way_to_the_wall(works):
    hung = [Work(unit, date(2023, 1, 1), tuple(Node(day) for day in days), light) for unit, light, days in works]
    rows = bands(hung, ON)
    assert sum(row.total for row in rows) == len(works)
    assert sum(sum(marks.values()) for row in rows for marks in row.marks.values()) == sum(len(days) for *_rest, days in works)


def test_the_unit_with_red_lights_hangs_first():
    rows = bands([work(1), work(2, Light.YELLOW), work(3, Light.RED), work(1)], ON)
    assert [row.unit for row in rows] == [3, 2, 1]


def test_a_row_spans_from_the_assignment_to_its_last_node():
    row = bands([work(1, Light.GREEN, Node(date(2023, 12, 7)))], ON)[0]
    assert [row.spans(date(2023, 11, 13) + timedelta(7 * n)) for n in range(-1, 5)] == [False, True, True, True, True, False]


def test_the_weight_of_what_is_done_is_summed_over_a_units_matters():
    hung = [Work(1, ON, (), Light.GREEN, 3, 4), Work(1, ON, (), Light.GREEN, 0, 2), Work(2, ON, (), Light.GREEN)]
    assert [(row.unit, row.done, row.whole) for row in bands(hung, ON)] == [(1, 3, 6), (2, 0, 0)]


def test_every_sign_has_a_shape_of_its_own():
    assert len({one.shape for one in Sign}) == len(Sign)


def test_a_share_of_nothing_is_a_dash():
    assert share(355, 881) == "40.3%"
    assert share(0, 0) == "—"
