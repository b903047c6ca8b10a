"""数字与口径: every figure has its definition; a promise is kept, late or broken by its day."""

from datetime import date

import pytest

from mianduimian.ledger.acts import renew
from mianduimian.ledger.models import Closing, Matter
from mianduimian.lookback.models import Exemption
from mianduimian.publication.figures import DEFINITIONS, Counted, Figure, Kept, kept
from mianduimian.publication.models import outcome

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


def test_an_approved_exception_is_counted_in_public(matter, round, leader, clock, day):
    Matter.objects.filter(pk=matter.pk).update(state="closed")
    facts = {"waiver": "unasked", "why": "群众已迁居境外", "on": day, "by": leader}
    Exemption.objects.create(matter=matter, turn=matter.turn, **facts)
    Closing.objects.create(matter=matter, turn=1, on=day, by=round.opened_by, closed_on=day, closed_by=leader)
    renew(by=clock, on=day)
    counted = outcome(round, day).figures
    assert (counted[Figure.WAIVED].number, counted[Figure.WAIVED].whole) == (1, 1)
    assert counted[Figure.UNHEARD].number == 1
