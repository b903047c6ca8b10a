"""督办分级: which notice follows from a light, as a table; the steps are data of the rulebook."""

from datetime import date

import pytest

from mianduimian.ledger.rules import Light
from mianduimian.mechanism import rulebook
from mianduimian.supervision.rules import Lasting, Reason, Sent, lasting, rung_of, rung_owed, rungs

RULES = rulebook("heyuan-2.0")
SHORT = rulebook("test-short")
A, B, C = date(2023, 12, 7), date(2023, 12, 14), date(2023, 12, 28)
BLUE_A = Sent("blue", date(2023, 12, 18), A)
ORANGE_B = Sent("orange", date(2023, 12, 20), B)
RED_B = Sent("red", date(2023, 12, 25), B)
CASES = [
    ("green owes nothing", Light.GREEN, [], [], date(2023, 12, 8), None),
    ("a yellow light begins blue", Light.YELLOW, [A], [], date(2023, 12, 8), "blue"),
    ("a red light begins orange", Light.RED, [A, B], [], date(2023, 12, 15), "orange"),
    ("what was sent stands until its day", Light.YELLOW, [A], [BLUE_A], date(2023, 12, 18), None),
    ("ignored, the next is stronger", Light.YELLOW, [A], [BLUE_A], date(2023, 12, 19), "orange"),
    ("turned red before its day, the next is stronger at once", Light.RED, [A, B], [BLUE_A], date(2023, 12, 15), "orange"),
    ("orange ignored is red", Light.RED, [A, B], [BLUE_A, ORANGE_B], date(2023, 12, 21), "red"),
    ("after the strongest nothing more follows", Light.RED, [A, B], [BLUE_A, ORANGE_B, RED_B], date(2024, 1, 31), None),
    ("what was mended does not weigh on the next miss", Light.YELLOW, [C], [BLUE_A], date(2023, 12, 29), "blue"),
    ("a notice typed without a node does not count", Light.YELLOW, [A], [Sent("red", A, None)], date(2023, 12, 8), "blue"),
    ("an unknown step counts as the mildest", Light.YELLOW, [A], [Sent("violet", A, A)], date(2023, 12, 8), "orange"),
]


@pytest.mark.parametrize(("told", "light", "missed", "sent", "on", "key"), CASES, ids=[case[0] for case in CASES])
def test_which_notice_is_owed(told, light, missed, sent, on, key):
    rung = rung_owed(light, missed, sent, on, RULES)
    assert (rung.key if rung else None) == key


def test_the_steps_are_data():
    assert [(rung.key, rung.within) for rung in rungs(RULES)] == [("blue", 5), ("orange", 3), ("red", 2)]
    assert [rung.key for rung in rungs(SHORT)] == ["blue", "red"]
    assert rung_owed(Light.RED, [A], [], B, SHORT).key == "red"
    assert rung_of(RULES, "").key == "blue"


CALM = Lasting(turn=1, opened_on=date(2023, 11, 16), notices=0, extensions=0, voices=1, light=Light.GREEN)


@pytest.mark.parametrize(
    ("change", "on", "reasons"),
    [
        ({}, date(2024, 1, 15), []),
        ({}, date(2024, 1, 16), [Reason.DAYS]),
        ({"turn": 2}, date(2023, 12, 1), [Reason.TURNS]),
        ({"notices": 1}, date(2023, 12, 1), []),
        ({"notices": 2}, date(2023, 12, 1), [Reason.NOTICES]),
        ({"extensions": 2}, date(2023, 12, 1), [Reason.EXTENSIONS]),
        ({"voices": 10}, date(2023, 12, 1), []),
        ({"voices": 10, "light": Light.YELLOW}, date(2023, 12, 1), [Reason.VOICES]),
        ({"voices": 9, "light": Light.RED}, date(2023, 12, 1), []),
        ({"turn": 3, "notices": 5}, date(2024, 2, 1), [Reason.TURNS, Reason.DAYS, Reason.NOTICES]),
    ],
)
def test_what_is_long_standing_and_why(change, on, reasons):
    assert lasting(Lasting(**CALM.__dict__ | change), on, RULES) == reasons
