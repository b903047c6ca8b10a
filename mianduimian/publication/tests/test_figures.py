"""数字与口径: every figure has its definition; a promise is kept, late or broken by its day."""

from datetime import date

import pytest

from mianduimian.publication.figures import DEFINITIONS, Counted, Figure, Kept, kept

DUE = date(2023, 12, 1)


@pytest.mark.parametrize(
    ("done", "on", "stands"),
    [
        (DUE, date(2024, 1, 1), Kept.KEPT),
        (date(2023, 12, 2), date(2024, 1, 1), Kept.LATE),
        (None, DUE, Kept.PENDING),
        (None, date(2023, 12, 2), Kept.BROKEN),
    ],
)
def test_a_promise_is_judged_by_its_day(done, on, stands):
    assert kept(DUE, done, on) == stands


def test_a_promise_without_a_matter_is_not_called_broken():
    assert kept(DUE, None, date(2024, 1, 1), tracked=False) == Kept.UNTRACKED


def test_every_figure_says_how_it_is_counted():
    assert set(DEFINITIONS) == set(Figure)


def test_nothing_divided_by_nothing_is_no_percentage():
    assert Counted(Figure.SATISFIED, 0, 0).share == "共 0 人"
    assert Counted(Figure.SATISFIED, 2, 3).share == "共 3 人，占 66.7%"
    assert Counted(Figure.COLLECTED, 8).share == ""
