"""5+N 专班规则: which units are proposed, which milestones a plan begins with, what a measure may not be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mianduimian.refusal import Refused
from mianduimian.taskforce.rules import (
    Change,
    Frame,
    Needed,
    Step,
    Work,
    change,
    check_step,
    check_work,
    conflicts_of_step,
    conflicts_of_work,
    differing,
    frame,
    propose,
    steps,
)

DAY = date(2023, 11, 16)
days = some.integers(-5, 60).map(lambda n: DAY + timedelta(n))
promises = some.lists(some.tuples(some.text(max_size=200), days), max_size=5)


class TestUnits:
    def test_those_that_lead_most_come_first(self):
        assert propose([1, 2, 2], [3, 1]) == [Needed(2, 2, 0), Needed(1, 1, 1), Needed(3, 0, 1)]

    def test_the_reason_counts_the_appeals(self):
        assert Needed(1, 2, 0).reason == "牵头 2 件"
        assert Needed(1, 2, 3).reason == Needed(1, 2, 3).kept == "牵头 2 件、配合 3 件"

    @given(some.lists(some.integers(1, 9)), some.lists(some.integers(1, 9)))
    def test_every_unit_named_is_proposed_once_and_nothing_is_lost(self, leads, assists):
        proposed = propose(leads, assists)
        assert {one.unit for one in proposed} == {*leads, *assists}
        assert (sum(one.leads for one in proposed), sum(one.assists for one in proposed)) == (len(leads), len(assists))


class TestSteps:
    def test_each_promise_and_then_the_solution_one_after_another(self):
        first, last = DAY + timedelta(5), DAY + timedelta(30)
        assert steps(DAY, [("划线", first)], last) == [Step("兑现承诺：划线", DAY, first), Step("解决到位", first, last)]

    def test_a_promise_of_the_same_day_is_the_solution_so_that_one_miss_is_not_counted_twice(self):
        assert [step.text for step in steps(DAY, [("划线", DAY)], DAY)] == ["兑现承诺：划线"]

    def test_an_opinion_without_any_date_begins_without_milestones(self):
        assert steps(DAY, [], None) == []

    @given(promises, some.none() | days)
    def test_no_milestone_is_due_before_it_starts_and_none_is_too_long(self, made, solve_by):
        for step in steps(DAY, made, solve_by):
            check_step(step)
            assert len(step.text) <= 120

    @given(promises, days)
    def test_every_date_that_was_given_has_a_milestone(self, made, solve_by):
        assert {step.due_on for step in steps(DAY, made, solve_by)} == {*(due_on for _text, due_on in made), solve_by}


class TestChecks:
    def test_a_milestone_may_start_and_end_on_one_day(self):
        check_step(Step("完工", DAY, DAY))
        with pytest.raises(Refused, match="早于开始日期"):
            check_step(Step("完工", DAY, DAY - timedelta(1)))

    @pytest.mark.parametrize("weight", [0, 101, -3])
    def test_a_milestone_weighs_between_1_and_100(self, weight):
        with pytest.raises(Refused, match="权重"):
            check_step(Step("完工", DAY, DAY, weight))

    def test_a_measure_has_words_and_a_lead_that_does_not_assist_itself(self):
        check_work(Work(1, "划线", "highway", ("urban",)))
        with pytest.raises(Refused, match="不能同时"):
            check_work(Work(1, "划线", "highway", ("highway",)))
        with pytest.raises(Refused, match="请写明"):
            check_work(Work(1, " ", "highway"))

    def test_an_appeal_has_one_lead_and_it_is_the_one_decided(self):
        fixed = Frame(DAY, "", "highway", "市公路事务中心")
        assert conflicts_of_work("highway", (), fixed) == []
        assert [str(one) for one in conflicts_of_work("urban", (), fixed)] == [
            "办理意见已定由市公路事务中心牵头，一件诉求不能有两个牵头单位；要换，请先重写办理意见。"
        ]
        assert conflicts_of_work("urban", (), Frame(DAY, "")) == [], "nothing was decided: the plan names the lead"

    def test_beyond_the_last_day_somebody_must_have_approved(self):
        fixed = frame(DAY, None, ())
        assert conflicts_of_step(DAY, DAY, "", fixed) == []
        late = DAY + timedelta(1)
        assert [(one.field, str(one)) for one in conflicts_of_step(DAY, late, " ", fixed)] == [
            ("due_on", f"完成日期（{late}）超出书面反馈期限（{DAY}）；要定在这一天，请写明由谁批准。")
        ]
        assert conflicts_of_step(DAY, late, "温副市长 11月17日同意", fixed) == []

    def test_half_a_form_has_only_the_conflicts_it_can_have(self):
        fixed = frame(DAY, None, ())
        assert conflicts_of_step(DAY, None, "", fixed) == []
        assert len(conflicts_of_step(None, DAY + timedelta(1), "", fixed)) == 1

    @given(days, some.none() | days, some.lists(days, max_size=3))
    def test_the_last_day_is_the_latest_that_was_decided(self, reply_due, solve_by, promised):
        last = frame(reply_due, solve_by, promised).last
        assert last == max(day for day in (reply_due, solve_by, *promised) if day)


class TestVersions:
    ROW = (Work(1, "划线", "highway", ("urban",)), (Step("勘查", DAY, DAY),))

    def test_a_measure_is_new_dropped_changed_or_the_same(self):
        other = (Work(1, "设桩", "highway", ("urban",)), self.ROW[1])
        found = [change(None, self.ROW), change(self.ROW, None), change(self.ROW, other), change(self.ROW, self.ROW)]
        assert found == [Change.ADDED, Change.DROPPED, Change.CHANGED, Change.SAME]

    def test_what_reads_differently_is_named(self):
        later = (Work(1, "划线", "highway", (), "", "王工"), (Step("勘查", DAY, DAY + timedelta(1)),))
        assert differing(self.ROW, later) == {"assists", "responsible", "steps"}
        assert differing(None, later) == differing(self.ROW, self.ROW) == set()
