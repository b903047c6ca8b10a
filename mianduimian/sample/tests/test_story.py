"""What was said in the hall and what became of every matter, checked against the rules it will be played by."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mianduimian.lookback.rules import Reached, Scale, Solved
from mianduimian.meeting.rules import Decided, Handling, SeatKind, check_opinion, check_promise
from mianduimian.sample.bank import places, problems, table
from mianduimian.sample.fates import ENDS, fates
from mianduimian.sample.round import submissions
from mianduimian.sample.schedule import schedule
from mianduimian.sample.story import classes, meeting, plan, warned, watched
from mianduimian.sample.truth import appeals
from mianduimian.supervision.rules import Account
from mianduimian.workdays import calendar


@pytest.fixture(scope="module")
def told(today):
    return fates(today)


@pytest.fixture(scope="module")
def held(today):
    return meeting(today)


def test_ten_citizens_a_deputy_and_a_cppcc_member_sit_in_the_hall(held):
    kinds = Counter(seat.kind for seat in held.seats)
    assert (kinds["citizen"], kinds["npc"], kinds["cppcc"], kinds["host"]) == (10, 1, 1, 1)
    assert set(kinds) <= {kind.value for kind in SeatKind}


def test_every_citizen_in_the_hall_had_sent_something_in(today, held):
    sent = {one.source_number for one in submissions(today)}
    citizens = [seat for seat in held.seats if seat.kind == "citizen"]
    assert {seat.source_number for seat in citizens} <= sent
    assert len({seat.source_number for seat in citizens}) == 10


def test_twenty_exchanges_each_on_an_appeal_of_the_round(today, held):
    keys = {truth.key for truth in appeals(today)}
    assert len(held.exchanges) == 20
    assert len({exchange.appeal for exchange in held.exchanges} & keys) == 20


def test_every_answer_names_cause_measure_promise_and_a_day_the_rules_accept(held):
    for exchange in held.exchanges:
        assert min(map(len, (exchange.cause, exchange.measure, exchange.promise, exchange.reaction))) > 1
        check_promise(held.starts_at.date(), exchange.due_on)
        decided = Decided(exchange.handling, exchange.measure, exchange.unit, solve_by=exchange.due_on)
        check_opinion(decided, held.starts_at.date())


def test_items_were_solved_on_the_spot_by_a_date_or_kept_on_the_ledger(held):
    assert {exchange.handling for exchange in held.exchanges} == {handling.value for handling in Handling}


def test_suggestions_were_adopted_or_refused_with_a_reason(held):
    suggested = [exchange for exchange in held.exchanges if exchange.suggestion]
    assert {exchange.adopted for exchange in suggested} == {True, False}
    assert all(exchange.why for exchange in suggested)


def test_the_plan_covers_every_category_of_the_round(today):
    planned = {category for measure in plan(today).measures for category in measure.categories}
    assert planned == {truth.category for truth in appeals(today)}


def test_no_milestone_is_due_before_it_starts(today):
    nodes = [node for measure in plan(today).measures for node in measure.milestones]
    assert nodes and all(node.starts_on <= node.due_on for node in nodes)


def test_some_milestones_lie_behind_today_and_some_ahead(today):
    due = [node.due_on for measure in plan(today).measures for node in measure.milestones]
    assert min(due) < today < max(due)


def test_every_appeal_has_one_fate(today, told):
    assert [fate.appeal for fate in told] == [truth.key for truth in appeals(today)]


def test_every_way_a_matter_can_stand_occurs(told):
    assert set(Counter(fate.end for fate in told)) == set(ENDS)


@given(st.dates(date(2024, 3, 1), date(2026, 12, 31)))
@settings(max_examples=4, deadline=None)
def test_the_steps_of_a_matter_follow_each_other_and_none_lies_ahead(day):
    for fate in fates(day):
        replied_on = fate.reply.on if fate.reply else None
        steps = [fate.assigned_on, fate.accepted_on, replied_on, fate.settled_on, fate.verified_on, fate.closed_on]
        taken = [step for step in steps if step]
        assert taken == sorted(taken)
        assert taken[-1] <= day


def test_replies_came_within_fifteen_working_days(today, told):
    due_on = calendar().add(schedule(today).assigned_on, 15).on
    assert all(fate.reply.on <= due_on for fate in told if fate.reply)


def test_a_vague_reply_has_neither_measure_nor_date(told):
    vague = [fate.reply for fate in told if fate.end == "vague"]
    assert vague
    assert not any(reply.measure or reply.solve_by for reply in vague)


def test_a_good_reply_has_both(told):
    assert all(fate.reply.measure and fate.reply.solve_by for fate in told if fate.end == "closed")


def test_a_matter_was_closed_only_after_every_citizen_with_a_telephone_was_asked(today, told):
    said = submissions(today)
    reachable = Counter(key for one in said if one.phone for key in {part.appeal for part in one.parts})
    for fate in told:
        if fate.end == "closed":
            assert len(fate.visits) == reachable[fate.appeal]


def test_nobody_whose_matter_was_closed_had_said_he_was_dissatisfied(told):
    assert not [visit for fate in told if fate.end == "closed" for visit in fate.visits if visit.scale and visit.scale < "3"]


def test_a_matter_went_back_because_somebody_was_dissatisfied_or_the_reply_said_nothing(told):
    back = [fate for fate in told if fate.end == "sent_back"]
    assert back
    for fate in back:
        unsatisfied = any(visit.scale and visit.scale < "3" for visit in fate.visits)
        assert unsatisfied or not fate.reply.measure


def test_answers_use_the_five_steps_and_attempts_the_known_results(told):
    visits = [visit for fate in told for visit in fate.visits]
    assert {visit.scale for visit in visits} == {scale.value for scale in Scale} | {""}
    assert {visit.solved for visit in visits} <= {solved.value for solved in Solved} | {""}
    assert {result for visit in visits for _, result in visit.attempts} <= {result.value for result in Reached}


def test_who_was_not_reached_was_tried_three_times(told):
    unreached = [visit for fate in told for visit in fate.visits if not visit.scale]
    assert unreached
    assert {len(visit.attempts) for visit in unreached} == {3}


def test_every_dissatisfied_citizen_said_why(told):
    assert all(visit.reason for fate in told for visit in fate.visits if visit.scale in ("1", "2"))


def test_no_visit_lies_ahead_of_today(today, told):
    assert all(at.date() <= today for fate in told for visit in fate.visits for at, _ in visit.attempts)


def test_some_matters_went_back_and_were_answered_again(told):
    assert any(fate.second for fate in told)
    assert all(fate.second.on > fate.back_on for fate in told if fate.second)


def test_what_was_watched_speaks_of_appeals_of_the_round(today):
    keys = {truth.key for truth in appeals(today)}
    assert {one.appeal for one in watched(today)} <= keys
    assert {one.kind for one in watched(today)} == {"instruction", "inspection", "press"}


def test_nothing_that_is_told_as_done_lies_ahead(today):
    assert all(one.on <= today for one in [*watched(today), *warned(today)])


def test_accountability_is_one_of_the_known_kinds(today):
    kinds = {one.kind for one in warned(today)} - {"notice"}
    assert kinds
    assert kinds <= {account.value for account in Account}


def test_a_problem_class_has_root_remedy_and_owner(today):
    for one in classes(today):
        assert min(map(len, (one.root, one.remedy, one.owner))) > 2
        assert one.category in {problem.category for problem in problems().values()}


def test_every_problem_has_its_own_reply_and_every_row_of_the_story_its_place():
    assert set(table("story/replies.toml")["good"]) == set(problems())
    assert all(row["place"] in places() for row in table("story/meeting.toml")["exchange"])
