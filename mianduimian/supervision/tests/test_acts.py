"""督办: who may supervise whom, and what they must write."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mianduimian.journal.models import Line
from mianduimian.ledger.models import Matter
from mianduimian.refusal import NotYours, Refused
from mianduimian.supervision import acts
from mianduimian.supervision.models import Notice, PressItem
from mianduimian.supervision.rules import Cutting, Sanction, Seen
from mianduimian.supervision.tests.conftest import DEMAND

LATER = date(2023, 12, 11)


@pytest.fixture
def notice(matter, supervisor) -> Notice:
    return acts.notify(matter, DEMAND, by=supervisor, on=LATER)


def test_a_notice_has_a_number_a_day_and_copies_for_those_who_assist(notice, unit):
    assert notice.number == "河面督〔2023〕1号"
    assert notice.due_on == date(2023, 12, 18)
    assert notice.unit == unit("traffic_police")
    assert list(notice.assists.all()) == [unit("housing")]


def test_the_next_notice_has_the_next_number(notice, give, supervisor):
    assert acts.notify(give("housing"), DEMAND, by=supervisor, on=LATER).number == "河面督〔2023〕2号"


def test_a_notice_past_the_known_calendar_is_provisional(give, supervisor):
    matter = give(on=date(2026, 12, 1))
    assert acts.notify(matter, DEMAND, by=supervisor, on=date(2026, 12, 28)).provisional


def test_a_day_may_be_given(matter, supervisor):
    notice = acts.notify(matter, replace(DEMAND, due_on=date(2023, 12, 13)), by=supervisor, on=LATER)
    assert (notice.due_on, notice.provisional) == (date(2023, 12, 13), False)


@pytest.mark.parametrize("empty", [{"failing": " "}, {"demand": ""}, {"due_on": LATER}])
def test_a_notice_without_substance_is_refused(matter, supervisor, empty):
    with pytest.raises(Refused):
        acts.notify(matter, replace(DEMAND, **empty), by=supervisor, on=LATER)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("role", ["office", "unit", "visitor", "leader", "deputy", "press", "system", "audit"])
def test_only_supervisors_issue_notices(matter, hire, role):
    with pytest.raises(NotYours):
        acts.notify(matter, DEMAND, by=hire(role), on=LATER)


def test_a_supervisor_of_a_county_cannot_notify_in_the_city(matter, hire):
    with pytest.raises(NotYours):
        acts.notify(matter, DEMAND, by=hire("supervisor", "yuancheng"), on=LATER)


def test_what_was_never_assigned_cannot_be_supervised(matter, supervisor):
    matter.assignments.update(ended_on=LATER)
    with pytest.raises(Refused, match="没有交办"):
        acts.notify(Matter.objects.get(pk=matter.pk), DEMAND, by=supervisor, on=LATER)


def test_a_unit_answers_its_own_notice(notice, handler):
    notice = acts.answer(notice, text="已整改，12月15日完成标线。", by=handler, on=date(2023, 12, 15))
    assert (notice.answered_by, notice.late) == (handler, False)
    assert Line.objects.of(notice.matter).filter(verb="supervision.answer").exists()


@pytest.mark.parametrize("who", ["helper", "stranger", "supervisor", "office"])
def test_nobody_else_answers_it_not_even_who_has_a_copy(notice, request, who):
    with pytest.raises(NotYours):
        acts.answer(notice, text="已整改", by=request.getfixturevalue(who), on=LATER)


def test_a_notice_is_answered_once(notice, handler):
    acts.answer(notice, text="已整改", by=handler, on=LATER)
    with pytest.raises(Refused, match="已于2023-12-11回复"):
        acts.answer(notice, text="再说一次", by=handler, on=LATER)


def test_an_empty_answer_is_refused(notice, handler):
    with pytest.raises(Refused):
        acts.answer(notice, text="  ", by=handler, on=LATER)


def test_an_answer_past_the_day_is_taken_and_marked_late(notice, handler):
    assert acts.answer(notice, text="已整改", by=handler, on=date(2023, 12, 19)).late


def test_who_sees_a_notice(notice, handler, helper, stranger, supervisor, leader):
    seen = [bool(Notice.objects.seen_by(who)) for who in (handler, helper, stranger, supervisor, leader)]
    assert seen == [True, True, False, True, True]


def test_a_leader_instructs_and_the_unit_reports(matter, leader, handler):
    given = acts.instruct(matter, text="请限期解决。", due_on=LATER, by=leader, on=date(2023, 12, 1))
    given = acts.report(given, text="已完成护栏安装。", by=handler, on=LATER)
    assert (given.reported_by, given.reported_on) == (handler, LATER)
    with pytest.raises(Refused):
        acts.report(given, text="又一次", by=handler, on=LATER)


def test_only_leaders_instruct(matter, supervisor, office, handler):
    for who in (supervisor, office, handler):
        with pytest.raises(NotYours):
            acts.instruct(matter, text="限期", due_on=LATER, by=who, on=LATER)


def test_an_instruction_is_not_due_yesterday(matter, leader):
    with pytest.raises(Refused):
        acts.instruct(matter, text="限期", due_on=LATER - timedelta(1), by=leader, on=LATER)


def test_only_the_responsible_unit_reports(matter, leader, helper, stranger):
    given = acts.instruct(matter, text="限期", due_on=LATER, by=leader, on=LATER)
    for who in (helper, stranger, leader):
        with pytest.raises(NotYours):
            acts.report(given, text="已办", by=who, on=LATER)


def test_an_inspection_says_where_and_what(matter, supervisor, office):
    assert acts.inspect(matter, Seen("校门口", "护栏已装一半"), by=supervisor, on=LATER).pk
    with pytest.raises(Refused):
        acts.inspect(matter, Seen("", "看了"), by=supervisor, on=LATER)
    with pytest.raises(NotYours):
        acts.inspect(matter, Seen("校门口", "看了"), by=office, on=LATER)


def test_a_journalist_enters_what_was_published(matter, hire):
    item = acts.press(matter, Cutting("槎城晚间", "校门口二十天", LATER, "https://example.org/1"), by=hire("press"), on=LATER)
    assert PressItem.objects.get() == item


@pytest.mark.parametrize("odd", [{"published_on": LATER + timedelta(1)}, {"link": "javascript:alert(1)"}])
def test_press_of_tomorrow_and_links_that_are_no_pages_are_refused(matter, supervisor, odd):
    with pytest.raises(Refused):
        acts.press(matter, replace(Cutting("晚间", "校门口", LATER), **odd), by=supervisor, on=LATER)


def test_leaders_and_supervisors_hold_to_account(matter, leader, supervisor):
    sanction = Sanction("traffic_police", "talk", "督办后仍逾期", "约谈分管负责人")
    assert acts.account(matter, sanction, by=leader, on=LATER).kind_word == "约谈"
    assert acts.account(matter, replace(sanction, unit="housing", kind="named"), by=supervisor, on=LATER).unit.key == "housing"


def test_nobody_else_holds_to_account(matter, office, handler, visitor):
    for who in (office, handler, visitor):
        with pytest.raises(NotYours):
            acts.account(matter, Sanction("traffic_police", "talk", "逾期", "约谈"), by=who, on=LATER)


def test_only_who_handled_it_answers_for_it(matter, leader):
    with pytest.raises(Refused, match="承办过"):
        acts.account(matter, Sanction("education", "talk", "逾期", "约谈"), by=leader, on=LATER)


def test_nobody_judges_their_own_unit(give, leader):
    with pytest.raises(NotYours):
        acts.account(give("shifuban"), Sanction("shifuban", "talk", "逾期", "约谈"), by=leader, on=LATER)


def test_accountability_states_ground_and_decision(matter, leader):
    with pytest.raises(Refused):
        acts.account(matter, Sanction("traffic_police", "talk", "", "约谈"), by=leader, on=LATER)
