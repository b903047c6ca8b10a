"""亮灯: green, yellow, red on the days where they change, under both light rules."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mianduimian.ledger import acts
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import LIGHT_RULES, Light, Node, light, turning
from mianduimian.ledger.tests.conftest import ANSWER
from mianduimian.mechanism import rulebook

HEYUAN, OUHAI = rulebook("heyuan-2.0"), rulebook("variant-ouhai")


def d(day: int) -> date:
    return date(2023, 12, day)


# nodes as due:done (nothing behind the colon: not done), the day, the light in 河源 and in 瓯海
CASES = """
                        1   green   green
7:                      1   green   green
7:                      6   green   green
7:                      7   green   green
7:                      8   yellow  red
7:                     31   yellow  red
7:7                     7   green   green
7:7                     8   green   green
7:6                     8   green   green
7:6                    31   green   green
7:8                     8   green   yellow
7:8                     9   green   yellow
7:8                    31   green   yellow
7:31                   31   green   yellow
7: 14:                  7   green   green
7: 14:                  8   yellow  red
7: 14:                 14   yellow  red
7: 14:                 15   red     red
7: 14:                 31   red     red
14: 7:                 15   red     red
7: 7:                   8   red     red
7:8 14:                14   green   yellow
7:8 14:                15   red     red
7:7 14:                14   green   green
7:7 14:                15   yellow  red
7:7 14:14              15   green   green
7:8 14:14              15   green   yellow
7:8 14:15              16   green   yellow
7:7 14:15              16   green   yellow
7: 14:14               15   yellow  red
7: 14:10               15   yellow  red
7:7 14:14 21:          21   green   green
7:7 14:14 21:          22   yellow  red
7:7 14: 21:            20   yellow  red
7:7 14: 21:            22   red     red
7: 14: 21:20           22   red     red
7: 14:14 21:           22   yellow  red
7:8 14:14 21:          22   yellow  red
7:8 14:15 21:          22   red     red
7:8 14:15 21:22        31   green   yellow
7: 14:14 21:21         31   yellow  red
7:7 14:14 21:21        31   green   green
21:5                    6   green   green
21:5 28:               28   green   green
21:5 28:               29   yellow  red
7: 21:5                 8   yellow  red
"""


def _cases():
    for line in CASES.strip("\n").splitlines():
        *nodes, on, heyuan, ouhai = line.split()
        pairs = [node.split(":") for node in nodes]
        yield [Node(d(int(due)), d(int(done)) if done else None) for due, done in pairs], d(int(on)), heyuan, ouhai


def test_the_light_of_these_nodes_on_that_day_by_either_rule():
    cases = list(_cases())
    assert len(cases) >= 40
    for nodes, on, heyuan, ouhai in cases:
        assert (light(nodes, on, HEYUAN), light(nodes, on, OUHAI)) == (heyuan, ouhai), (nodes, on)
        assert (turning(nodes, HEYUAN).light(on), turning(nodes, OUHAI).light(on)) == (heyuan, ouhai), (nodes, on)
    assert sum(heyuan != ouhai for _nodes, _on, heyuan, ouhai in cases) >= 20


def test_the_variant_differs_from_the_rulebook_in_its_light_rule_and_in_nothing_else():
    ours, theirs = (
        {(section, name): rule for section, name, rule in book.rules()} for book in (HEYUAN, OUHAI)
    )
    assert {key for key in ours if ours[key] != theirs[key]} == {("lights", "rule")}
    assert (HEYUAN.test_only, OUHAI.test_only) == (False, True)
    assert {book.lights["rule"] for book in (HEYUAN, OUHAI)} == set(LIGHT_RULES)


days = st.integers(1, 60).map(lambda n: date(2023, 11, 1) + timedelta(n))
nodes = st.lists(st.builds(Node, days, st.none() | days), max_size=6)


@given(nodes, days, st.sampled_from([HEYUAN, OUHAI]))
def test_a_light_is_the_same_in_any_order_and_green_before_anything_is_due(nodes, on, rules):
    assert light(nodes, on, rules) is light(list(reversed(nodes)), on, rules) or len({n.due_on for n in nodes}) < len(nodes)
    if all(node.due_on >= on and node.done_on is None for node in nodes):
        assert light(nodes, on, rules) is Light.GREEN


@given(nodes, days, st.sampled_from([HEYUAN, OUHAI]))
def test_the_days_on_which_a_light_turns_say_the_light_of_any_day(nodes, on, rules):
    """What was done is done by the day that is asked about; every rule of the table is held to it."""
    known = [node for node in nodes if node.done_on is None or node.done_on <= on]
    assert turning(known, rules).light(on) is light(known, on, rules)


@given(nodes, days, days, st.sampled_from([HEYUAN, OUHAI]))
def test_a_light_never_turns_back_by_itself(nodes, one, other, rules):
    order, (early, late) = list(Light), sorted((one, other))
    assert order.index(turning(nodes, rules).light(early)) <= order.index(turning(nodes, rules).light(late))


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
