"""回访: every citizen who spoke is asked once a turn, and the unreached are kept apart."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import make_aware

from mianduimian.journal.models import Line
from mianduimian.lookback import acts
from mianduimian.lookback.models import Answer, Attempt, Visit
from mianduimian.lookback.rules import Outcome
from mianduimian.lookback.tests.conftest import BAD, GOOD, LATER
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused


def test_everybody_who_spoke_is_asked_once(settled, speak, born, citizen, visitor):
    speak(settled.appeal, citizen, "又来说一次")
    speak(settled.appeal, born("13900000001"))
    speak(settled.appeal, None)
    visits = acts.plan_visits(settled, by=visitor, on=LATER)
    assert len(visits) == 3
    assert sum(visit.citizen == citizen for visit in visits) == 1


def test_planning_again_adds_only_who_came_later(settled, speak, born, citizen, visitor):
    assert len(acts.plan_visits(settled, by=visitor, on=LATER)) == 1
    assert acts.plan_visits(settled, by=visitor, on=LATER) == []
    speak(settled.appeal, citizen, "还是我")
    late = speak(settled.appeal, born("13900000002"))
    assert [visit.submission for visit in acts.plan_visits(settled, by=visitor, on=LATER)] == [late]


def test_a_citizen_asked_twice_in_a_turn_is_impossible(visit, speak, visitor):
    again = speak(visit.matter.appeal, visit.citizen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(matter=visit.matter, turn=1, submission=again, citizen=visit.citizen, planned_on=LATER,
                             planned_by=visitor)  # fmt: skip


def test_who_left_no_way_or_did_not_agree_is_unreached_from_the_start(settled, speak, born, visitor):
    speak(settled.appeal, born(""))
    speak(settled.appeal, born("13900000003", agreed=False))
    speak(settled.appeal, None)
    acts.plan_visits(settled, by=visitor, on=LATER)
    assert [visit.outcome for visit in Visit.objects.unreached()] == [Outcome.NO_CONTACT] * 3
    assert len(Visit.objects.waiting()) == 1


def test_nobody_calls_who_did_not_agree(settled, speak, born, visitor, call):
    speak(settled.appeal, born("13900000003", agreed=False))
    silent = acts.plan_visits(settled, by=visitor, on=LATER)[1]
    with pytest.raises(Refused, match="不必联系"):
        call(silent)


def test_each_attempt_is_on_record_and_three_are_enough(visit, call):
    for left in (2, 1, 0):
        call(visit)
        assert Visit.objects.get().left == left
    assert Visit.objects.get().outcome == Outcome.UNREACHED
    assert Line.objects.filter(verb="lookback.attempt").count() == 3


def test_the_same_call_recorded_twice_is_refused_and_counts_once(visit, visitor, colleague):
    at = make_aware(datetime(2023, 12, 8, 9))
    acts.attempt(visit, result="no_answer", at=at, by=visitor, on=LATER)
    for near in (at, at + timedelta(minutes=4), at - timedelta(minutes=4)):
        with pytest.raises(Refused, match="没有重复记录"):
            acts.attempt(visit, result="no_answer", at=near, by=visitor, on=LATER)
    assert (Attempt.objects.count(), Line.objects.filter(verb="lookback.attempt").count()) == (1, 1)
    acts.attempt(visit, result="busy", at=at, by=visitor, on=LATER)
    acts.attempt(visit, result="no_answer", at=at, by=colleague, on=LATER)
    acts.attempt(visit, result="no_answer", at=at + timedelta(minutes=5), by=visitor, on=LATER)
    assert Attempt.objects.count() == 4


def test_an_attempt_of_tomorrow_is_refused(visit, visitor):
    with pytest.raises(Refused):
        acts.attempt(visit, result="no_answer", at=make_aware(datetime(2023, 12, 9, 9)), by=visitor, on=LATER)
    assert not Attempt.objects.exists()


def test_an_answer_is_kept_and_the_journal_holds_no_word_of_it(visit, visitor):
    made = acts.answer(visit, BAD, by=visitor, on=LATER)
    line = Line.objects.get(verb="lookback.answer")
    assert (made.scale_word, made.solved_word, made.said) == ("不满意", "未解决", BAD)
    assert set(line.sealed) == {"scale", "solved", "contacted", "reason", "reasons"}
    assert BAD.reason not in str(line.now) + line.why + str(line.sealed)


def test_a_citizen_may_answer_alone(visit, clock):
    made = acts.answer(visit, GOOD, by=None, on=LATER)
    assert made.by is None
    assert Line.objects.get(verb="lookback.answer").actor_id == clock.pk


def test_an_answer_counts_even_after_the_attempts(visit, call):
    for _ in range(3):
        call(visit)
    acts.answer(visit, GOOD, by=None, on=LATER)
    assert Visit.objects.get().outcome == Outcome.REACHED


def test_a_citizen_answers_once_a_turn(visit, visitor):
    acts.answer(visit, GOOD, by=visitor, on=LATER)
    with pytest.raises(Refused, match="已于2023-12-08评价：非常满意"):
        acts.answer(visit, BAD, by=None, on=LATER)
    assert Answer.objects.get().scale == "5"


@pytest.mark.parametrize("role", ["office", "unit", "supervisor", "leader", "press"])
def test_only_visitors_ask(visit, hire, role):
    who = hire(role)
    with pytest.raises(NotYours):
        acts.attempt(visit, result="no_answer", at=make_aware(datetime(2023, 12, 8, 9)), by=who, on=LATER)
    with pytest.raises(NotYours):
        acts.answer(visit, GOOD, by=who, on=LATER)
    with pytest.raises(NotYours):
        acts.plan_visits(visit.matter, by=who, on=LATER)


def test_nobody_asks_about_their_own_unit(visit, inside):
    with pytest.raises(NotYours, match="承办过"):
        acts.answer(visit, GOOD, by=inside, on=LATER)


def test_an_earlier_turn_is_not_answered_any_more(visit, visitor):
    acts.answer(visit, BAD, by=visitor, on=LATER)
    acts.send_back(visit.matter, why="不满意", by=visitor, on=LATER)
    with pytest.raises(Refused):
        acts.answer(Visit.objects.get(), GOOD, by=None, on=LATER)


def test_who_was_unsatisfied_counts_until_asked_again(visit, visitor):
    acts.answer(visit, BAD, by=visitor, on=LATER)
    acts.send_back(visit.matter, why="不满意", by=visitor, on=LATER)
    assert Visit.objects.of_this_turn().share().to_ask == 0
    assert Visit.objects.of_last_turn().share().satisfaction == 0.0


def test_nobody_waits_in_a_turn_that_has_passed(settled, speak, born, visitor):
    speak(settled.appeal, born("13900000004"))
    first, silent = acts.plan_visits(settled, by=visitor, on=LATER)
    acts.answer(first, BAD, by=visitor, on=LATER)
    acts.send_back(settled, why="不满意", by=visitor, on=LATER)
    assert Visit.objects.get(pk=silent.pk).outcome == Outcome.PASSED
    assert Visit.objects.waiting() == []
    share = Visit.objects.of_last_turn().share()
    assert (share.to_ask, share.reached, share.unreached, share.waiting) == (2, 1, 1, 0)


def test_who_is_erased_is_not_called_again(visit):
    visit.citizen.erased_on = LATER
    visit.citizen.phone = visit.citizen.phone_index = ""
    visit.citizen.save()
    assert Visit.objects.get().outcome == Outcome.NO_CONTACT


def test_shares_say_how_many_were_reached(settled, speak, born, visitor, call):
    for number in range(4):
        speak(settled.appeal, born(f"1390000001{number}"))
    visits = acts.plan_visits(settled, by=visitor, on=LATER)
    acts.answer(visits[0], GOOD, by=visitor, on=LATER)
    acts.answer(visits[1], BAD, by=visitor, on=LATER)
    for _ in range(3):
        call(visits[2])
    seen = Visit.objects.filter(matter=settled).share()
    assert (seen.to_ask, seen.reached, seen.satisfied, seen.unreached, seen.waiting) == (5, 2, 1, 1, 2)
    assert (seen.satisfaction, seen.coverage) == (50.0, 40.0)


def test_the_call_list_takes_a_fixed_number_of_queries(settled, speak, born, visitor, django_assert_num_queries):
    for number in range(12):
        speak(settled.appeal, born(f"1390000002{number}"))
    acts.plan_visits(settled, by=visitor, on=LATER)
    with django_assert_num_queries(2):
        assert len(Visit.objects.waiting()) == 13


def test_a_person_without_a_post_of_a_visitor_sees_no_visit(visit, handler, inside, visitor):
    assert not Visit.objects.seen_by(handler).exists()
    assert not Visit.objects.seen_by(inside).exists()
    assert Visit.objects.seen_by(Person.objects.get(pk=visitor.pk)).exists()


def test_a_day_later_a_call_is_still_a_call(visit, call):
    assert call(visit, "later", LATER + timedelta(1)).result_word == "约定再联系"


@pytest.mark.parametrize("said", [GOOD, BAD])
def test_a_visit_keeps_the_step_that_its_answer_says(visit, visitor, said):
    assert list(Visit.objects.unanswered()) == [visit]
    acts.answer(visit, said, by=visitor, on=LATER)
    assert Visit.objects.get(pk=visit.pk).scale == Answer.objects.get(visit=visit).scale == said.scale
    assert (list(Visit.objects.reached()), list(Visit.objects.unanswered())) == ([visit], [])
