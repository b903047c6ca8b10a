"""Two hands at once: one wins, the other is told what happened, nothing is overwritten."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.ledger import acts
from mianduimian.ledger.models import Assignment, Matter, Reply
from mianduimian.ledger.rules import Order
from mianduimian.ledger.tests.conftest import ANSWER
from mianduimian.refusal import Overtaken, Refused

HANDS = 4


def test_a_form_opened_before_another_s_step_is_refused_and_says_who_did_what(replied, office, hire, day):
    seen = replied.version
    acts.settle(replied, by=office, on=day)
    with pytest.raises(Overtaken, match=f"{office.name} 2023-11-16 办结"):
        acts.stage(replied, planned_on=day, reason="x", by=hire("office"), on=day, seen=seen)


def test_the_same_click_twice_does_one_thing(accepted, handler, day):
    seen = accepted.version
    acts.progress(accepted, text="已进场", by=handler, on=day, seen=seen)
    with pytest.raises(Overtaken):
        acts.progress(accepted, text="已进场", by=handler, on=day, seen=seen)
    assert accepted.progress.count() == 1


def test_only_the_last_three_steps_are_told(accepted, handler, day):
    seen = accepted.version
    for n in range(5):
        acts.progress(accepted, text=f"第{n}步", by=handler, on=day)
    with pytest.raises(Overtaken) as refused:
        acts.reply(accepted, ANSWER, by=handler, on=day, seen=seen)
    assert str(refused.value).count("填报进展") == 3


def _at_once(works):
    """Do the works in threads that start together; what each one came to."""
    barrier = Barrier(len(works))

    def run(work):
        try:
            barrier.wait(timeout=20)
            return work()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_hands_that_answer_one_matter_at_once_exactly_one_succeeds(accepted, handler, day):
    version = accepted.version
    matters = [Matter.objects.get(pk=accepted.pk) for _hand in range(HANDS)]
    results = _at_once(
        [lambda m=m: acts.reply(m, ANSWER, by=handler, on=day, seen=version) for m in matters]
    )
    assert sum(isinstance(result, Reply) for result in results) == 1
    assert sum(isinstance(result, Overtaken) for result in results) == HANDS - 1
    assert Reply.objects.count() == 1
    assert Line.objects.of(accepted).filter(verb="ledger.reply").count() == 1
    assert journal.verify() is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_lead_units_named_at_once_exactly_one_is_responsible(matter, office, hire, day):
    other = hire("office", "xuanchuanbu")
    orders = [Order("traffic_police"), Order("transport")] * (HANDS // 2)
    matters = [Matter.objects.get(pk=matter.pk) for _hand in range(HANDS)]
    results = _at_once(
        [
            lambda m=m, o=o, by=by: acts.assign(m, order=o, by=by, on=day)
            for m, o, by in zip(matters, orders, [office, other] * (HANDS // 2), strict=True)
        ]
    )
    assert sum(isinstance(result, Assignment) for result in results) == 1
    assert Assignment.objects.current().filter(matter=matter).count() == 1
    assert Assignment.objects.get().number == "河面交〔2023〕1号"
    assert connection.vendor in ("sqlite", "postgresql")
