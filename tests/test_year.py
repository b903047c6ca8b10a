"""Eleven weeks on a moving clock: jobs that are killed in the middle and begun again tell everybody once and nobody twice."""

from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from bench.year.checking import compare
from bench.year.living import Size, live
from mianduimian.clock import acts

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]  # what is killed loses its own transaction only
SIZE = Size(begins=date(2026, 11, 9), days=76, rounds=2, matters=44)  # across a year whose notice comes late
KILLED = 0.4  # how likely the jobs of a morning are killed, and again each time they are begun anew
STATEMENTS = 200  # about as many as a morning sends to the database


class Killed(BaseException):
    """What kill -9 looks like from inside: between one statement and the next there is nothing more."""


class Killer:
    """Lets so many statements through and no more; what was not committed by then is gone."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def __call__(self, execute, sql, params, many, context):
        self.left -= not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
        if self.left == 0:
            self.left = -1
            raise Killed
        return execute(sql, params, many, context)


def morning(jobs, day, dice):
    killed = 0
    while True:
        killer = Killer(dice.randrange(1, STATEMENTS) if dice.random() < KILLED else 0)
        try:
            with connection.execute_wrapper(killer):
                acts.run(jobs, datetime.combine(day, time(1), ZoneInfo("Asia/Shanghai")))
        except Killed:
            killed += 1
        else:
            return killed


def test_no_notice_is_sent_twice_none_is_missing_and_every_clock_is_right(city, clock, monkeypatch):
    monkeypatch.setattr(acts, "is_dead", lambda who: True)
    monkeypatch.setattr("mianduimian.desks.jobs.now", lambda: datetime.combine(SIZE.begins, time(1), ZoneInfo("Asia/Shanghai")))
    lived = live(SIZE, Random(881), morning, clock)
    compared = compare(lived)
    assert {what: faults for what, (_looked, faults) in compared.items() if faults} == {}
    assert lived.killed > 20 and len(lived.ran) < SIZE.days
    assert [what for what, (looked, _faults) in compared.items() if not looked] == []
    doubted = [one for life in lived.diary.by_matter.values() for one in [*life.given, *life.sent, *life.told]]
    assert sum(len(one.dues) > 1 for one in doubted) > 10
