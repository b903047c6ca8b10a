"""几双手同时: thirty-two issue at one moment; every number is taken once, none is left out, every paper is kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from mianduimian.archive import acts
from mianduimian.archive.models import Document, faults
from mianduimian.archive.rules import Kind
from mianduimian.archive.tests.conftest import PAPER
from mianduimian.journal import acts as journal
from mianduimian.journal.acts import act
from mianduimian.refusal import Refused
from mianduimian.solicitation.acts import next_number

HANDS = 32

pytestmark = pytest.mark.django_db(transaction=True)


@act
def issue(subject, *, region, fail, by, on):
    """An act of a room: a number, a paper under it, and sometimes a refusal after all."""
    number = next_number("河面试", by=by, on=on)
    kept = acts.keep(replace(PAPER, number=number), subject, kind=Kind.ASSIGNMENT, region=region, by=by, on=on)
    if fail:
        raise Refused("不发了。")
    return kept


def test_thirty_two_hands_leave_no_gap_and_no_double(city, office, hire, day):
    subjects = [hire("unit") for _n in range(HANDS)]
    start = Barrier(HANDS)

    def work(n):
        try:
            start.wait()
            issue(subjects[n], region=city, fail=n % 4 == 0, by=office, on=day)
        except Refused:
            return
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(work, range(HANDS)))
    issued = HANDS - HANDS // 4
    numbers = Document.objects.values_list("number", flat=True)
    assert sorted(numbers) == sorted(f"河面试〔2023〕{n}号" for n in range(1, issued + 1))
    assert list(faults()) == [] and journal.verify() is None
