"""电话回访: result codes and times of day are data; the next attempt is at another time; calls go to strangers."""

from datetime import datetime

import pytest
from django.utils.timezone import make_aware

from mianduimian.lookback import acts
from mianduimian.lookback.models import Attempt, Visit
from mianduimian.lookback.rules import Outcome, codes, next_period, period_of, reasons
from mianduimian.lookback.tests.conftest import GOOD, LATER
from mianduimian.mechanism import rulebook, versions
from mianduimian.refusal import NotYours, Refused

RULES = rulebook("heyuan-2.0")


@pytest.mark.parametrize(
    ("hours", "then"),
    [([], "morning"), ([9], "afternoon"),
     ([9, 15], "evening"), ([15], "morning"), ([9, 15, 19], "morning"), ([9, 9], "afternoon"),
     ([9, 15, 19, 9], "afternoon"), ([13], "morning"), ([19, 9, 15], "morning")],
)  # fmt: skip
def test_the_next_attempt_is_at_the_time_of_day_tried_least_and_another_than_the_last(hours, then):
    assert next_period(hours, RULES).key == then


@pytest.mark.parametrize(
    ("hour", "key"), [(7, None), (8, "morning"), (11, "morning"), (12, None), (17, "afternoon"), (18, "evening"), (20, None)]
)
def test_a_time_of_day_begins_with_its_hour_and_ends_before_the_next(hour, key):
    found = period_of(hour, RULES)
    assert (found.key if found else None) == key


@pytest.mark.parametrize("key", versions())
def test_every_rulebook_has_codes_that_come_to_something_and_reasons_for_every_topic(key):
    rules = rulebook(key)
    assert {code.comes_to for code in codes(rules)} == {"answered", "no_answer", "wrong", "refused", "later"}
    for theme in ("travel", "water", "doctor", "school", "housing", "work"):
        assert theme in reasons(rules, theme)[0].themes
    assert not any(reason.themes for reason in reasons(rules, "other"))


def test_a_citys_own_code_is_kept_and_counts_as_what_it_comes_to(visit, call):
    made = call(visit, "busy")
    assert (made.result, made.code, made.result_word) == ("no_answer", "busy", "占线")
    with pytest.raises(Refused, match="没有“fax”"):
        call(visit, "fax")
    assert Attempt.objects.count() == 1


def test_the_line_says_when_to_try_next(visit, visitor):
    assert visit.next_time.key == "morning"
    at = make_aware(datetime(2023, 12, 8, 9, 30))
    acts.attempt(visit, result="off", at=at, by=visitor, on=LATER)
    assert Visit.objects.with_rows().get().next_time.key == "afternoon"


def test_who_was_tried_often_enough_is_not_to_be_tried_again(visit, call):
    for code in ("busy", "off", "no_answer"):
        call(visit, code)
    seen = Visit.objects.with_rows().get()
    assert (seen.outcome, seen.next_time) == (Outcome.UNREACHED, None)


def test_calls_go_round_among_the_callers_and_past_whoever_handled_it(settled, speak, born, visitor, colleague, inside, office):
    for n in range(5):
        speak(settled.appeal, born(f"1390000000{n}"))
    visits = acts.plan_visits(settled, by=visitor, on=LATER)
    assert len(acts.assign_calls(visits, to=[visitor, inside, colleague], by=office, on=LATER)) == 6
    callers = [visit.caller for visit in Visit.objects.order_by("pk")]
    assert inside not in callers
    assert {visitor, colleague} == set(callers)


def test_where_nobody_may_call_it_says_why_and_an_answered_call_is_not_given_out(visit, inside, visitor, colleague, office):
    with pytest.raises(Refused, match="承办过"):
        acts.assign_calls([visit], to=[inside], by=office, on=LATER)
    acts.answer(visit, GOOD, by=visitor, on=LATER)
    assert acts.assign_calls([visit], to=[colleague], by=office, on=LATER) == []


def test_who_does_not_plan_gives_out_no_calls(visit, supervisor, colleague):
    with pytest.raises(NotYours):
        acts.assign_calls([visit], to=[colleague], by=supervisor, on=LATER)
