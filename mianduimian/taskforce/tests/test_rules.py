"""5+N 专班规则: which units are proposed, which milestones a plan begins with, what a measure may not be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mianduimian.refusal import Refused
from mianduimian.taskforce.rules import Needed, Step, Work, check_milestone, check_work, propose, steps

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
            check_milestone(step.starts_on, step.due_on)
            assert len(step.text) <= 120

    @given(promises, days)
    def test_every_date_that_was_given_has_a_milestone(self, made, solve_by):
        assert {step.due_on for step in steps(DAY, made, solve_by)} == {*(due_on for _text, due_on in made), solve_by}


class TestChecks:
    def test_a_milestone_may_start_and_end_on_one_day(self):
        check_milestone(DAY, DAY)
        with pytest.raises(Refused, match="早于开始日期"):
            check_milestone(DAY, DAY - timedelta(1))

    def test_a_measure_has_words_and_a_lead_that_does_not_assist_itself(self):
        check_work(Work(1, "划线", "highway", ("urban",)))
        with pytest.raises(Refused, match="不能同时"):
            check_work(Work(1, "划线", "highway", ("highway",)))
        with pytest.raises(Refused, match="请写明"):
            check_work(Work(1, " ", "highway"))
