"""亮灯: green, yellow, red on the days where they change, under both light rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.ledger import acts
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Light, Node, light
from mianduimian.ledger.tests.conftest import ANSWER
from mianduimian.mechanism import rulebook

HEYUAN, OTHER = rulebook("heyuan-2.0"), rulebook("test-short")


def d(day: int) -> date:
    return date(2023, 12, day)


CASES = [
    # nodes (due, done), on, by two misses, by miss and late
    ([], 1, "green", "green"),
    ([(7, None)], 6, "green", "green"),
    ([(7, None)], 7, "green", "green"),
    ([(7, None)], 8, "yellow", "red"),
    ([(7, 7)], 8, "green", "green"),
    ([(7, 8)], 8, "green", "yellow"),
    ([(7, 8)], 31, "green", "yellow"),
    ([(7, 6)], 31, "green", "green"),
    ([(7, None), (14, None)], 14, "yellow", "red"),
    ([(7, None), (14, None)], 15, "red", "red"),
    ([(14, None), (7, None)], 15, "red", "red"),
    ([(7, 8), (14, None)], 14, "green", "yellow"),
    ([(7, 8), (14, None)], 15, "red", "red"),
    ([(7, 7), (14, None)], 15, "yellow", "red"),
    ([(7, 8), (14, 15)], 16, "green", "yellow"),
    ([(7, None), (14, 14)], 15, "yellow", "red"),
    ([(7, 7), (14, 14), (21, None)], 22, "yellow", "red"),
    ([(7, 7), (14, None), (21, None)], 22, "red", "red"),
    ([(7, None), (14, None), (21, 20)], 22, "red", "red"),
    ([(21, 5)], 6, "green", "green"),
]


@pytest.mark.parametrize(("nodes", "on", "heyuan", "other"), CASES)
def test_the_light_of_these_nodes_on_that_day(nodes, on, heyuan, other):
    read = [Node(d(due), d(done) if done else None) for due, done in nodes]
    assert (light(read, d(on), HEYUAN), light(read, d(on), OTHER)) == (heyuan, other)


days = st.integers(1, 60).map(lambda n: date(2023, 11, 1) + timedelta(n))
nodes = st.lists(st.builds(Node, days, st.none() | days), max_size=6)


@given(nodes, days, st.sampled_from([HEYUAN, OTHER]))
def test_a_light_is_the_same_in_any_order_and_green_before_anything_is_due(nodes, on, rules):
    assert light(nodes, on, rules) is light(list(reversed(nodes)), on, rules) or len({n.due_on for n in nodes}) < len(nodes)
    if all(node.due_on >= on and node.done_on is None for node in nodes):
        assert light(nodes, on, rules) is Light.GREEN


def _line() -> Matter:
    return Matter.objects.lines()[0]


def test_a_line_s_light_is_judged_by_reply_milestones_and_the_day_of_solution(accepted, milestone, handler, day):
    assert _line().light(date(2023, 11, 30)) is Light.GREEN
    assert _line().light(date(2023, 12, 1)) is Light.YELLOW
    assert _line().light(date(2023, 12, 8)) is Light.RED
    acts.reach(accepted, milestone, by=handler, on=date(2023, 12, 1))
    acts.reply(accepted, type(ANSWER)(**{**vars(ANSWER), "solved": True}), by=handler, on=date(2023, 12, 7))
    assert _line().light(date(2023, 12, 20)) is Light.GREEN
    assert _line().light(date(2023, 12, 21)) is Light.YELLOW


def test_a_settled_line_in_time_stays_green(settled):
    assert _line().light(date(2024, 6, 1)) is Light.GREEN
