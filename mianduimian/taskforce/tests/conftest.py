"""What the task force's tests stand on: the meeting's appeals, and opinions on them."""

from datetime import date

import pytest

from mianduimian.meeting import acts as meeting
from mianduimian.meeting.rules import Decided, Promised, Spoken
from mianduimian.meeting.tests.conftest import appeal, asker, planned, spoke
from mianduimian.taskforce import acts

__all__ = ["appeal", "asker", "planned", "spoke"]

SOLVE = date(2023, 12, 20)
PROMISED = date(2023, 12, 1)


@pytest.fixture
def decided(appeal, office, day):
    """An appeal with its opinion in force: decided("校门口乱停车")."""

    def write(title="校门口乱停车", lead="traffic_police", assists=("education",), solve_by=SOLVE, exchange=None):
        one = exchange.appeal if exchange else appeal(title)
        handling = "by_a_date" if solve_by else "on_the_ledger"
        meeting.opine(one, Decided(handling, f"治理{title}。", lead, assists, solve_by), exchange=exchange, by=office, on=day)
        return one

    return write


@pytest.fixture
def heard(appeal, planned, asker, office, day):
    """An appeal discussed in the hall, with a measure and a promise."""
    one = appeal("越王大道逆行")
    said = Spoken(asker.pk, "谁来管逆行？", "traffic_police", appeal=one.pk, measure="增设护栏和调头口。")
    return meeting.exchange(planned, said, promised=Promised("护栏装好", PROMISED), by=office, on=day)


@pytest.fixture
def formed(round, office, day):
    """The task force with its five offices."""
    return acts.form(round, by=office, on=day)


@pytest.fixture
def plan(round, decided, formed, office, day):
    """A draft with one measure."""
    decided()
    return acts.draft(round, basis="座谈会办理意见", goal="件件有着落", by=office, on=day)
