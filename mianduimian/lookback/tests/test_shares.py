"""满意率: the unreached are never satisfied, small numbers are not ranked, and what is overdue counts against being on time."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts
from mianduimian.lookback.models import Visit, shares
from mianduimian.lookback.rules import Outcome, Share, rated, satisfied, share
from mianduimian.lookback.tests.conftest import BAD, GOOD, LATER
from mianduimian.mechanism import rulebook

RULES = rulebook("heyuan-2.0")
OUTCOMES = [Outcome.UNREACHED, Outcome.NO_CONTACT, Outcome.WAITING, Outcome.PASSED]
VISITS = st.lists(
    st.one_of(st.tuples(st.just(Outcome.REACHED), st.sampled_from("12345")), st.tuples(st.sampled_from(OUTCOMES), st.just("")))
)


@given(VISITS, st.lists(st.sampled_from(OUTCOMES)))
def test_however_many_are_not_reached_the_satisfied_share_stays_what_it_was(visits, silent):
    alone, together = share(visits, RULES), share([*visits, *((one, "") for one in silent)], RULES)
    assert (together.satisfied, together.reached, together.satisfaction) == (alone.satisfied, alone.reached, alone.satisfaction)
    assert together.satisfied <= together.reached <= together.to_ask == len(visits) + len(silent)
    assert together.reached + together.waiting + together.unreached == together.to_ask
    assert together.satisfied == sum(satisfied(scale, RULES) for stand, scale in visits if stand == Outcome.REACHED)


def test_small_numbers_are_not_ranked_and_stand_last():
    rows = [("小", Share(9, 9, 9), 1), ("甲", Share(30, 10, 8), 3), ("乙", Share(12, 12, 12), 2), ("丙", Share(40, 20, 16), 2)]
    assert [(row.word, row.rank) for row in rated(rows, RULES)] == [("乙", 1), ("丙", 2), ("甲", 2), ("小", None)]


@pytest.fixture
def asked(settled, speak, born, visitor, call):
    """Four were asked: one content, one not, one never reached, one without a telephone."""
    for phone in ("13900000001", "13900000002", ""):
        speak(settled.appeal, born(phone))
    first, second, third, _silent = acts.plan_visits(settled, by=visitor, on=LATER)
    acts.answer(first, GOOD, by=visitor, on=LATER)
    acts.answer(second, BAD, by=visitor, on=LATER)
    for _try in range(3):
        call(third)
    return settled


@pytest.mark.parametrize("passed", [False, True])
def test_the_database_says_of_every_visit_what_the_visit_says_of_itself(asked, passed, django_assert_num_queries):
    Visit.objects.filter(citizen__phone_index="").update(citizen=None)
    Matter.objects.filter(pk=asked.pk).update(turn=asked.turn + passed)
    mine = [(visit.matter_id, visit.outcome, visit.scale) for visit in Visit.objects.with_rows()]
    with django_assert_num_queries(1):
        told = [(one.matter, one.outcome, one.scale) for one in Visit.objects.all().standings()]
    assert sorted(told) == sorted(mine) and len({stand for _matter, stand, _scale in told}) >= 3
    assert Visit.objects.all().share() == share([(stand, scale) for _matter, stand, scale in mine], RULES)


def test_by_unit_the_denominator_stands_beside_and_the_unreached_apart(asked, round):
    told = shares(round)
    (row,) = told.units
    assert (row.word, row.share, row.rank) == (asked.assignment.lead.short, Share(4, 2, 1, 0), None)
    assert (row.share.satisfaction, row.share.unreached) == (50.0, 2)
    assert [(key, n) for key, _word, n in told.solved] == [("yes", 1), ("partly", 0), ("no", 1)]


def test_by_unit_the_last_turn_counts_and_by_turn_every_one(asked, round, visitor, office, reply):
    acts.send_back(asked, why="照旧", by=visitor, on=LATER)
    again = Matter.objects.get(pk=asked.pk)
    assert shares(round).units[0].share.satisfaction == 50.0  # who was unsatisfied counts until asked again
    ledger.settle(reply(again), by=office, on=LATER)
    for visit in acts.plan_visits(again, by=visitor, on=LATER)[:2]:
        acts.answer(visit, GOOD, by=visitor, on=LATER)
    told = shares(round)
    assert told.units[0].share == Share(4, 2, 2, 1)
    assert [(row.word, row.share.satisfaction) for row in told.turns] == [("第1轮", 50.0), ("第2轮", 100.0)]


def test_the_page_shows_the_denominator_beside_every_share(asked, round, visitor, client, monkeypatch):
    monkeypatch.setattr("mianduimian.lookback.views.shares.localdate", lambda: LATER)
    client.force_login(visitor)
    page = client.get(reverse("lookback:shares", args=[round.code])).content.decode()
    for words in ("50.0%", "1/2", "未能联系上", "不足10人的不排名"):
        assert words in page


def test_what_is_overdue_without_a_reply_lowers_the_on_time_rate(matter, reply, round, visitor, client, monkeypatch):
    client.force_login(visitor)

    def rates(on):
        monkeypatch.setattr("mianduimian.lookback.views.shares.localdate", lambda: on)
        rows = client.get(reverse("lookback:shares", args=[round.code])).context["on_time"]
        return [(line["on_time"], line["replied"], line["overdue"], line["rate"]) for line in rows]

    reply(matter, on=date(2023, 12, 1))
    acts.send_back(matter, why="没有措施", vague=True, by=visitor, on=LATER)
    assert rates(date(2023, 12, 29)) == [(1, 1, 0, 100.0)]  # the last day of the second turn
    assert rates(date(2023, 12, 30)) == [(1, 1, 1, 50.0)]  # overdue and open: in the denominator
