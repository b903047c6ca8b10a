"""回头看行动: every settled matter is a task; a sample is drawn in addition; whoever handled it never looks."""

from dataclasses import replace

import pytest

from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts, jobs
from mianduimian.lookback.models import Campaign, Draw, Recusal, Task, Verification, Visit, look
from mianduimian.lookback.rules import draw
from mianduimian.lookback.tests.conftest import GOOD, LATER, TRUE
from mianduimian.people.models import Person, Post
from mianduimian.refusal import NotYours, Refused


@pytest.fixture
def planned(unit):
    return acts.Planned(unit("xinfangju"), "分两组，先远后近。", LATER)


@pytest.fixture
def campaign(settled, round, planned, visitor):
    return acts.begin_campaign(round, planned, by=visitor, on=LATER)


def test_every_settled_matter_is_a_task_and_one_settled_later_is_added(campaign, settled):
    assert [(task.matter, task.again, task.due_on) for task in Task.objects.all()] == [(settled, False, campaign.ends_on)]
    assert jobs.gather(LATER) == "新增核查任务 0 件"
    Task.objects.all().delete()
    assert jobs.gather(LATER) == "新增核查任务 1 件"
    assert Line.objects.filter(verb="lookback.gather").count() == 2


def test_without_an_end_it_lasts_as_long_as_the_rulebook_says(campaign):
    assert campaign.ends_on.isoformat() == "2024-01-08"  # 20 个工作日，元旦不算


def test_what_is_not_settled_is_no_task(matter, round, planned, visitor):
    assert acts.begin_campaign(round, planned, by=visitor, on=LATER).tasks.count() == 0


def test_a_campaign_cannot_end_before_it_begins(settled, round, planned, visitor):
    with pytest.raises(Refused, match="不能早于"):
        acts.begin_campaign(round, replace(planned, ends_on=LATER.replace(day=7)), by=visitor, on=LATER)


def test_units_leaders_and_another_county_plan_nothing(settled, round, planned, handler, leader, hire):
    for who in (handler, leader, hire("visitor", "yuancheng")):
        with pytest.raises(NotYours):
            acts.begin_campaign(round, planned, by=who, on=LATER)


def test_a_task_goes_to_a_stranger_only(campaign, visitor, colleague, inside, office):
    task = Task.objects.get()
    with pytest.raises(Refused, match="承办过"):
        acts.entrust([task], to=inside, by=visitor, on=LATER)
    with pytest.raises(Refused, match="没有核查"):
        acts.entrust([task], to=office, by=visitor, on=LATER)
    assert Task.objects.get().verifier is None
    acts.entrust([task], to=colleague, by=office, on=LATER)
    assert Task.objects.get().verifier == colleague


def test_who_has_an_interest_stands_aside_and_the_task_goes_back(campaign, settled, visit, colleague, office):
    acts.entrust(Task.objects.all(), to=colleague, by=office, on=LATER)
    acts.assign_calls([visit], to=[colleague], by=office, on=LATER)
    acts.recuse(settled, person=colleague, why="孩子就读该校", by=colleague, on=LATER)
    assert (Task.objects.get().verifier, Visit.objects.get().caller) == (None, None)
    for what in (
        lambda: acts.verify(settled, TRUE, by=colleague, on=LATER),
        lambda: acts.answer(visit, GOOD, by=colleague, on=LATER),
    ):
        with pytest.raises(NotYours, match="回避"):
            what()
    with pytest.raises(Refused, match="已在.*回避"):
        acts.entrust(Task.objects.all(), to=colleague, by=office, on=LATER)


def test_standing_aside_needs_a_reason_and_others_are_kept_out_by_whoever_plans(settled, colleague, office, supervisor):
    with pytest.raises(Refused, match="理由"):
        acts.recuse(settled, person=colleague, why=" ", by=colleague, on=LATER)
    with pytest.raises(NotYours):
        acts.recuse(settled, person=colleague, why="亲属", by=supervisor, on=LATER)
    acts.recuse(settled, person=colleague, why="亲属", by=office, on=LATER)
    acts.recuse(settled, person=colleague, why="亲属", by=office, on=LATER)
    assert Recusal.objects.count() == 1


def test_a_draw_adds_a_second_look_by_somebody_else_and_replaces_nothing(campaign, settled, visitor, colleague):
    made = acts.draw(campaign, size=1, seed="20231208", by=visitor, on=LATER)
    assert draw(made.population, 1, "20231208") == [settled.number]
    assert sorted(Task.objects.values_list("again", flat=True)) == [False, True]
    acts.verify(settled, TRUE, by=visitor, on=LATER)
    assert "抽查复核还没有做" in look(settled).missing
    with pytest.raises(Refused, match="初次核查以外"):
        acts.verify(settled, TRUE, by=visitor, on=LATER)
    acts.verify(settled, replace(TRUE, finding="false", note="傍晚去，照样停满。"), by=colleague, on=LATER)
    assert look(settled).finding == "false"  # the less favourable of the two counts
    with pytest.raises(Refused, match="已经核查过"):
        acts.verify(settled, TRUE, by=Person.objects.get(pk=visitor.pk), on=LATER)


def test_the_second_look_is_not_given_to_the_one_who_looked_first(campaign, settled, visitor, colleague, office):
    acts.draw(campaign, size=1, by=office, on=LATER)
    acts.verify(settled, TRUE, by=visitor, on=LATER)
    again = Task.objects.filter(again=True)
    with pytest.raises(Refused, match="初次核查以外"):
        acts.entrust(again, to=visitor, by=office, on=LATER)
    assert acts.entrust(again, to=colleague, by=office, on=LATER)[0].verifier == colleague


def test_the_seed_is_kept_and_shown_and_more_than_there_is_cannot_be_drawn(campaign, visitor):
    with pytest.raises(Refused, match="须在1和1之间"):
        acts.draw(campaign, size=2, by=visitor, on=LATER)
    assert not Draw.objects.exists()
    made = acts.draw(campaign, size=1, by=visitor, on=LATER)
    assert len(made.seed) == 16
    assert Line.objects.get(verb="lookback.draw").now["seed"] == made.seed


def test_what_went_back_leaves_its_task_behind_and_gets_a_new_one(campaign, settled, visitor, office, reply):
    acts.verify(settled, replace(TRUE, finding="false"), by=visitor, on=LATER)
    acts.send_back(settled, why="没装", by=visitor, on=LATER)
    assert not Task.objects.open().exists()
    ledger.settle(reply(Matter.objects.get(pk=settled.pk)), by=office, on=LATER)
    acts.gather(campaign, by=office, on=LATER)
    assert list(Task.objects.open().values_list("turn", flat=True)) == [2]


def test_a_post_in_the_handling_unit_taken_later_bars_too(campaign, settled, colleague, unit):
    Post.objects.create(person=colleague, unit=unit("housing"), role="visitor", since=LATER)
    with pytest.raises(NotYours, match="承办过"):
        acts.verify(settled, TRUE, by=Person.objects.get(pk=colleague.pk), on=LATER)
    assert not Verification.objects.exists()


def test_campaigns_are_counted_with_what_is_left(campaign, settled, visitor):
    one = Campaign.objects.seen_by(visitor).with_tally().get()
    assert (one.total, one.left) == (1, 1)
    acts.verify(settled, TRUE, by=visitor, on=LATER)
    assert Campaign.objects.with_tally().get().left == 0
