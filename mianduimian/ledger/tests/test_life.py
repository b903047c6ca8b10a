"""The life of a matter, told from the opinion to the closing and back again."""

from dataclasses import replace
from datetime import date

import pytest

from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.ledger import acts
from mianduimian.ledger.models import Assignment, Matter, Reply
from mianduimian.ledger.rules import Order
from mianduimian.ledger.tests.conftest import ANSWER
from mianduimian.refusal import NotYours, Refused


def test_an_appeal_without_an_opinion_is_not_opened_and_the_refusal_says_what_to_do(appeal, office, day):
    with pytest.raises(Refused, match="先在座谈会问答中或以书面写明办理意见"):
        acts.open_matter(appeal, by=office, on=day)


def test_an_appeal_becomes_one_matter_under_its_own_number_and_is_fixed(opinion, office, day):
    matter = acts.open_matter(opinion.appeal, by=office, on=day)
    assert matter.number == f"441600-2023-12-{opinion.appeal.number:04d}"
    assert (matter.state, matter.turn, matter.solve_by) == ("open", 0, date(2023, 12, 20))
    opinion.appeal.refresh_from_db()
    assert opinion.appeal.fixed_on == day
    with pytest.raises(Refused, match="已经入账"):
        acts.open_matter(opinion.appeal, by=office, on=day)


def test_only_the_office_of_the_region_opens_a_matter(opinion, handler, hire, day):
    with pytest.raises(NotYours):
        acts.open_matter(opinion.appeal, by=handler, on=day)
    with pytest.raises(NotYours, match="区划"):
        acts.open_matter(opinion.appeal, by=hire("office", "longchuan"), on=day)


def test_the_first_assignment_follows_the_opinion_and_starts_the_clock_of_15_working_days(matter, office, day, unit):
    given = acts.assign(matter, by=office, on=day)
    assert (given.number, given.turn, given.lead) == ("河面交〔2023〕1号", 1, unit("traffic_police"))
    assert list(given.assists.all()) == [unit("housing")]
    assert (given.reply_due_on, given.provisional) == (date(2023, 12, 7), False)
    assert (matter.state, matter.turn) == ("assigned", 1)


def test_an_order_may_name_other_units_but_none_that_leads_and_assists_at_once(matter, office, day):
    with pytest.raises(Refused, match="首接责任只有一家"):
        acts.assign(matter, order=Order("housing", ("housing",), "x"), by=office, on=day)
    with pytest.raises(Refused, match="没有“moon”"):
        acts.assign(matter, order=Order("moon"), by=office, on=day)
    given = acts.assign(matter, order=Order("transport", ("housing", "traffic_police"), "牵头整治"), by=office, on=day)
    assert (given.lead.key, given.assist_words, given.requirement) == ("transport", "市住建局、市交警支队", "牵头整治")


def test_a_matter_runs_from_the_ledger_to_its_closing_in_two_hands(accepted, handler, office, visitor, day):
    reply = acts.reply(accepted, ANSWER, by=handler, on=day)
    assert (reply.late, reply.concrete, accepted.state) == (False, True, "replied")
    assert accepted.assignment.replied_on == day
    acts.settle(accepted, note="同意", by=office, on=day)
    acts.propose_closing(accepted, by=office, on=day)
    closing = acts.close(accepted, ground="回访满意", by=visitor, on=day)
    assert (accepted.state, closing.closed_by, closing.by) == ("closed", visitor, office)


def test_the_second_hand_is_never_the_first(closing, office, hire, day):
    both = hire("office", "xuanchuanbu")
    Matter.objects.get(pk=closing.pk).closings.update(by=both)
    type(both.posts[0]).objects.create(person=both, unit=both.units[0], role="visitor", since=day)
    both = type(both).objects.get(pk=both.pk)
    with pytest.raises(NotYours, match="第二人"):
        acts.close(closing, ground="回访满意", by=both, on=day)


def test_what_goes_back_begins_its_next_turn_with_a_new_clock_and_keeps_the_earlier_one(closing, visitor, handler, office, day):
    later = date(2024, 9, 13)
    given = acts.reassign(closing, why="群众评价不满意", by=visitor, on=later)
    assert (closing.state, closing.turn, given.turn, given.reply_due_on) == ("assigned", 2, 2, date(2024, 10, 11))
    assert given.lead.key == "traffic_police"
    assert [a.ended_on for a in Assignment.objects.filter(matter=closing)] == [later, None]
    acts.accept(closing, by=handler, on=later)
    acts.reply(closing, replace(ANSWER, solve_by=date(2024, 10, 31)), by=handler, on=later)
    assert closing.solve_by == date(2024, 10, 31)
    acts.settle(closing, by=office, on=later)
    acts.propose_closing(closing, by=office, on=later)
    acts.close(closing, ground="第二轮回访满意", by=visitor, on=later)
    assert Reply.objects.filter(matter=closing).count() == 2


def test_a_vague_reply_is_taken_flagged_and_can_be_sent_back(accepted, handler, office, day):
    vague = acts.reply(accepted, replace(ANSWER, measure="", solve_by=None, public="已收到，将高度重视。"), by=handler, on=day)
    assert not vague.concrete
    with pytest.raises(Refused, match="写明理由"):
        acts.send_again(accepted, why=" ", by=office, on=day)
    acts.send_again(accepted, why="没有措施和时限", by=office, on=day)
    held = accepted.assignment
    assert (accepted.state, held.replied_on, held.reply_due_on) == ("accepted", None, date(2023, 12, 7))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"account": " "}, "都要填写"),
        ({"public": ""}, "都要填写"),
        ({"signed_by": ""}, "审签人"),
        ({"contacted_on": date(2023, 12, 1)}, "还没有到"),
        ({"solve_by": date(2023, 11, 1)}, "已经过去"),
    ],
)
def test_a_reply_that_lacks_something_is_refused_in_words(accepted, handler, day, wrong, said):
    with pytest.raises(Refused, match=said):
        acts.reply(accepted, replace(ANSWER, **wrong), by=handler, on=day)


def test_a_staged_matter_is_not_settled_keeps_its_planned_day_and_is_answered_again_when_done(replied, handler, office, day):
    with pytest.raises(Refused, match="须晚于今天"):
        acts.stage(replied, planned_on=day, reason="雨季", by=office, on=day)
    acts.stage(replied, planned_on=date(2024, 3, 1), reason="雨季不能施工", by=office, on=day)
    assert replied.solve_by == date(2024, 3, 1)
    assert replied not in Matter.objects.settled()
    spring = date(2024, 2, 28)
    again = acts.reply(replied, replace(ANSWER, solved=True), by=handler, on=spring)
    assert not again.late
    acts.settle(replied, by=office, on=spring)
    assert replied in Matter.objects.settled()


def test_milestones_are_reached_once_and_only_those_of_the_plan(accepted, milestone, handler, helper, day):
    acts.reach(accepted, milestone, note="标线已划", by=helper, on=day)
    with pytest.raises(Refused, match="已经完成"):
        acts.reach(accepted, milestone, by=handler, on=day)
    milestone.measure.plan.issued_on, milestone.measure.plan.number = None, ""
    milestone.measure.plan.save()
    with pytest.raises(Refused, match="不在"):
        acts.reach(accepted, milestone, by=handler, on=day)


def test_every_act_leaves_one_line_on_the_matter_and_the_chain_holds(closing, visitor, handler, day):
    acts.close(closing, ground="回访满意", by=visitor, on=day)
    verbs = [line.verb for line in Line.objects.of(closing)]
    moves = "open_matter assign accept reply settle propose_closing close"
    assert verbs == [f"ledger.{verb}" for verb in moves.split()]
    assert [line.now["state"] for line in Line.objects.of(closing)][-2:] == ["closing", "closed"]
    assert journal.verify() is None
