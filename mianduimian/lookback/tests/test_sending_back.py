"""退回与销号: the unsatisfied go back, and a matter closes only in two hands with the citizens' answers."""

from dataclasses import replace

import pytest

from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts
from mianduimian.lookback.models import SendBack, Visit, look
from mianduimian.lookback.tests.conftest import BAD, GOOD, LATER, TRUE
from mianduimian.refusal import NotYours, Refused
from mianduimian.supervision.models import Notice


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def answered(visitor):
    """Verify a matter and let everybody answer."""

    def do(matter, said=GOOD):
        acts.verify(matter, TRUE, by=visitor, on=LATER)
        acts.plan_visits(matter, by=visitor, on=LATER)
        for visit in Visit.objects.filter(matter=matter).of_this_turn():
            acts.answer(visit, said, by=visitor, on=LATER)
        return matter

    return do


def test_an_unsatisfied_citizen_sends_the_matter_back(settled, answered, visitor):
    made = acts.send_back(answered(settled, BAD), why="第四天照旧", by=visitor, on=LATER)
    assert made.grounds == ["unsatisfied"]
    assert (fresh(settled).state, fresh(settled).turn, made.turn) == ("assigned", 2, 1)
    assert made.assignment == fresh(settled).assignment
    assert [line.verb for line in Line.objects.of(settled)][-2:] == ["ledger.reassign", "lookback.send_back"]


def test_a_reply_without_a_measure_goes_back(matter, reply, visitor):
    made = acts.send_back(reply(matter, measure=""), why="只说加强", by=visitor, on=LATER)
    assert made.ground_words == "未明确解决措施"


def test_what_the_verification_found_unsolved_goes_back(settled, visitor):
    acts.verify(settled, replace(TRUE, finding="false", note="没装"), by=visitor, on=LATER)
    assert acts.send_back(settled, why="没装", by=visitor, on=LATER).grounds == ["not_true"]


def test_a_person_confirms_that_a_reply_is_vague(settled, visitor):
    assert acts.send_back(settled, why="通篇是原则话", vague=True, by=visitor, on=LATER).grounds == ["no_measure"]


def test_without_a_ground_nothing_goes_back(settled, answered, visitor):
    with pytest.raises(Refused, match="没有应退回的理由"):
        acts.send_back(answered(settled), why="不喜欢", by=visitor, on=LATER)
    assert not SendBack.objects.exists()


def test_the_unit_itself_sends_nothing_back(settled, answered, handler, inside):
    answered(settled, BAD)
    for who in (handler, inside):
        with pytest.raises(NotYours):
            acts.send_back(settled, why="不满意", by=who, on=LATER)


def test_the_second_time_a_notice_goes_with_it(settled, answered, reply, office, visitor):
    acts.send_back(answered(settled, BAD), why="第一次", by=visitor, on=LATER)
    assert not Notice.objects.exists()
    ledger.settle(reply(fresh(settled)), by=office, on=LATER)
    acts.send_back(answered(fresh(settled), BAD), why="第二次", by=visitor, on=LATER)
    notice = Notice.objects.get()
    assert (notice.unit.key, fresh(settled).turn) == ("traffic_police", 3)
    assert "群众评价不满意" in notice.failing


def test_unsatisfied_then_back_then_satisfied_then_closed(settled, answered, reply, office, visitor, colleague):
    acts.send_back(answered(settled, BAD), why="照旧", by=visitor, on=LATER)
    again = fresh(settled)
    ledger.settle(reply(again), by=office, on=LATER)
    ledger.propose_closing(answered(fresh(settled)), by=office, on=LATER)
    acts.close(fresh(settled), ground="群众满意", by=colleague, on=LATER)
    assert (fresh(settled).state, fresh(settled).turn) == ("closed", 2)
    assert [visit.answer.scale for visit in Visit.objects.order_by("turn")] == ["2", "5"]
    assert Line.objects.of(settled).filter(verb="lookback.close").count() == 1


def test_two_hands_close(closing, answered, office, visitor):
    answered(closing)
    with pytest.raises(NotYours):
        acts.close(closing, ground="满意", by=office, on=LATER)
    assert acts.close(closing, ground="满意", by=visitor, on=LATER).closed_by == visitor


def test_one_person_with_two_posts_is_still_one_hand(settled, answered, hire, unit):
    both = hire("visitor", "xinfangju")
    type(both.posts[0]).objects.create(person=both, unit=unit("shifuban"), role="office", since=LATER)
    both = type(both).objects.get(pk=both.pk)
    answered(settled)
    ledger.propose_closing(fresh(settled), by=both, on=LATER)
    with pytest.raises(NotYours, match="第二人"):
        acts.close(fresh(settled), ground="满意", by=both, on=LATER)


def test_closing_says_what_is_missing(closing, speak, born, visitor):
    with pytest.raises(Refused, match="本轮还没有核查；还有1位群众没有列入回访"):
        acts.close(closing, ground="满意", by=visitor, on=LATER)
    acts.verify(closing, TRUE, by=visitor, on=LATER)
    acts.plan_visits(closing, by=visitor, on=LATER)
    with pytest.raises(Refused, match="还有1位群众没有答复"):
        acts.close(closing, ground="满意", by=visitor, on=LATER)
    acts.answer(Visit.objects.get(), GOOD, by=visitor, on=LATER)
    speak(closing.appeal, born("13900000009"))
    with pytest.raises(Refused, match="没有列入回访"):
        acts.close(closing, ground="满意", by=visitor, on=LATER)
    assert fresh(closing).state == "closing"


def test_with_an_unsatisfied_citizen_nothing_closes(closing, answered, visitor):
    with pytest.raises(Refused, match="应退回重办：群众评价不满意"):
        acts.close(answered(closing, BAD), ground="算了", by=visitor, on=LATER)


def test_recorded_attempts_close_where_nobody_answers(closing, visitor, call):
    acts.verify(closing, TRUE, by=visitor, on=LATER)
    visit = acts.plan_visits(closing, by=visitor, on=LATER)[0]
    for _ in range(2):
        call(visit)
    with pytest.raises(Refused):
        acts.close(closing, ground="无人接听", by=visitor, on=LATER)
    call(visit)
    acts.close(closing, ground="三次无人接听，核查属实", by=visitor, on=LATER)
    share = look(fresh(closing)).share
    assert (share.reached, share.unreached, share.satisfaction) == (0, 1, None)


def test_what_is_not_proposed_is_not_closed(settled, answered, visitor):
    with pytest.raises(Refused, match="提请销号之后"):
        acts.close(answered(settled), ground="满意", by=visitor, on=LATER)


def test_nobody_of_the_handling_unit_closes(closing, answered, inside, handler):
    answered(closing)
    for who in (inside, handler):
        with pytest.raises(NotYours):
            acts.close(closing, ground="满意", by=who, on=LATER)


def test_the_second_turn_is_looked_at_anew(settled, answered, visitor):
    acts.send_back(answered(settled, BAD), why="照旧", by=visitor, on=LATER)
    seen = look(fresh(settled))
    assert (seen.finding, seen.share.to_ask, seen.concrete) == ("", 0, False)
