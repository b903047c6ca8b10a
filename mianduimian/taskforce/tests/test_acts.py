"""5+N 专班: who belongs to it, what its plan says, how versions follow one another."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest

from mianduimian.archive import store
from mianduimian.archive.acts import phrase
from mianduimian.archive.models import Document
from mianduimian.archive.rules import sentences
from mianduimian.journal import acts as journal
from mianduimian.journal.models import Line
from mianduimian.meeting import acts as meeting
from mianduimian.meeting.rules import Decided
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.taskforce import acts
from mianduimian.taskforce.models import Measure, Member, Milestone, Plan, compared, conflicts, frames, needed
from mianduimian.taskforce.rules import Step, Work
from mianduimian.taskforce.tests.conftest import PROMISED, SOLVE
from mianduimian.triage.models import Part

FIVE = ["shiweiban", "shifuban", "xuanchuanbu", "xinfangju", "zhengshuju"]


def draft(round, office, day):
    return acts.draft(round, basis="办理意见", goal="件件有着落", by=office, on=day)


class TestMembers:
    def test_the_five_standing_offices_come_first_and_the_chosen_units_after_them(self, round, decided, unit, office, day):
        for title in ("甲", "乙"):
            decided(title)
        members = acts.form(round, units=[unit("traffic_police"), unit("shifuban")], by=office, on=day)
        assert [member.unit.key for member in members] == [*FIVE, "traffic_police"]
        assert members[-1].reason == "牵头 2 件"
        assert [member.kind for member in Member.objects.of(round)] == ["standing"] * 5 + ["functional"]
        with pytest.raises(Refused, match="已经组建"):
            acts.form(round, by=office, on=day)

    def test_the_n_units_are_proposed_from_opinions_and_from_appeals_still_waiting(self, round, decided, appeal, unit):
        decided("甲")
        decided("乙", lead="highway", assists=("traffic_police", "education"))
        appeal("还没有办理意见", by_unit="education")
        assert [(one.unit, one.reason) for one in needed(round)] == [
            (unit("education").pk, "牵头 1 件、配合 2 件"),
            (unit("traffic_police").pk, "牵头 1 件、配合 1 件"),
            (unit("highway").pk, "牵头 1 件"),
        ]

    def test_a_unit_joins_once_with_a_reason(self, round, formed, unit, office, day):
        acts.join(round, unit("highway"), reason="牵头 1 件", by=office, on=day)
        with pytest.raises(Refused, match="已在专班中"):
            acts.join(round, unit("highway"), reason="再来", by=office, on=day)
        with pytest.raises(Refused, match="理由"):
            acts.join(round, unit("education"), reason=" ", by=office, on=day)

    def test_nobody_joins_a_task_force_that_was_not_formed(self, round, unit, office, day):
        with pytest.raises(Refused, match="请先组建专班"):
            acts.join(round, unit("highway"), reason="牵头", by=office, on=day)

    def test_only_an_office_of_the_region_forms_it(self, round, handler, supervisor, leader, hire, day):
        for stranger in (handler, supervisor, leader, hire("office", "longchuan")):
            with pytest.raises(NotYours):
                acts.form(round, by=stranger, on=day)


class TestDraft:
    def test_a_plan_is_drafted_from_the_opinions_with_the_words_of_the_hall(self, round, heard, decided, office, day):
        decided("没上会的")
        decided(exchange=heard)
        plan = draft(round, office, day)
        assert [(row.text, row.lead.key) for row in plan.measures.all()] == [
            ("增设护栏和调头口。", "traffic_police"),
            ("治理没上会的。", "traffic_police"),
        ]
        assert [unit.key for unit in plan.measures.first().assists.all()] == ["education"]
        steps = [milestone.step for milestone in plan.measures.first().milestones.all()]
        assert steps == [Step("兑现承诺：护栏装好", day, PROMISED), Step("解决到位", PROMISED, SOLVE)]

    def test_only_the_opinion_in_force_is_planned(self, round, decided, office, day):
        one = decided()
        meeting.opine(one, Decided("on_the_ledger", "先纳入台账。", "highway"), by=office, on=day)
        row = draft(round, office, day).measures.get()
        assert (row.text, row.lead.key, row.milestones.count()) == ("先纳入台账。", "highway", 0)

    def test_there_is_one_draft_at_a_time(self, round, plan, office, day):
        with pytest.raises(Refused, match="第1版还是草稿"):
            draft(round, office, day)

    def test_a_new_version_copies_the_last_and_adds_what_was_decided_since(self, round, plan, decided, office, day):
        row = plan.measures.get()
        acts.measure(plan, replace(row.work, text="改过的措施。", leader="李某"), seen=row.version, by=office, on=day)
        acts.issue(plan, by=office, on=day)
        decided("后来的")
        second = draft(round, office, day)
        assert (second.version, [row.text for row in second.measures.all()]) == (2, ["改过的措施。", "治理后来的。"])
        assert second.measures.first().leader == "李某"
        assert [step.text for step in second.measures.first().milestones.all()] == ["解决到位"]
        assert second.measures.first().milestones.get().pk != row.milestones.get().pk

    def test_an_appeal_merged_away_leaves_the_next_version(self, round, plan, office, day):
        acts.issue(plan, by=office, on=day)
        Part.objects.update(bucket="withdrawn", appeal=None)
        assert not draft(round, office, day).measures.exists()

    def test_355_opinions_become_measures_in_a_fixed_number_of_statements(
        self, round, decided, office, day, django_assert_max_num_queries
    ):
        for number in range(40):
            decided(f"第{number}件")
        with django_assert_max_num_queries(30):
            draft(round, office, day)
        assert Milestone.objects.count() == 40


class TestMeasures:
    def test_a_measure_is_written_anew_for_its_appeal_and_keeps_its_milestones(self, plan, office, day):
        row = plan.measures.get()
        work = Work(row.appeal_id, "拓宽道路。", "traffic_police", ("highway",), "张局", "王工")
        made = acts.measure(plan, work, seen=row.version, by=office, on=day)
        assert (plan.measures.get(), made.work) == (row, work)
        assert made.milestones.count() == 1
        with pytest.raises(Overtaken):
            acts.measure(plan, work, seen=row.version, by=office, on=day)

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"assists": ("traffic_police",)}, "不能同时是配合单位"),
            ({"text": ""}, "请写明工作措施"),
            ({"assists": ("nobody",)}, "没有这些单位"),
            ({"lead": "highway"}, "不能有两个牵头单位"),
            ({"appeal": 0}, "不在本期"),
        ],
    )
    def test_a_measure_that_cannot_be_carried_out_is_refused(self, plan, office, day, change, why):
        with pytest.raises(Refused, match=why):
            acts.measure(plan, replace(plan.measures.get().work, **change), by=office, on=day)

    def test_a_milestone_is_not_due_before_it_starts(self, plan, office, day):
        row = plan.measures.get()
        with pytest.raises(Refused, match="早于开始日期"):
            acts.milestone(row, Step("完工", day, day - timedelta(days=1)), by=office, on=day)
        step = acts.milestone(row, Step("完工", day, day), by=office, on=day)
        with pytest.raises(Refused, match="早于开始日期"):
            acts.shift(step, Step("完工", day, day - timedelta(days=1)), by=office, on=day)
        acts.shift(step, Step("验收", day, SOLVE), by=office, on=day)
        acts.strike(step, by=office, on=day)
        assert [step.text for step in row.milestones.all()] == ["解决到位"]
        assert [line.verb.split(".")[1] for line in Line.objects.of(plan)] == ["milestone", "shift", "strike"]


class TestConflicts:
    def test_the_last_day_is_what_was_decided_and_beyond_it_somebody_approves(self, plan, office, day):
        row, late = plan.measures.get(), SOLVE + timedelta(1)
        with pytest.raises(Refused, match="超出办理意见的完成时限（2023-12-20）"):
            acts.milestone(row, Step("验收", day, late), by=office, on=day)
        made = acts.milestone(row, Step("验收", day, late, 3, "王工", "温副市长同意"), by=office, on=day)
        assert made.step == Step("验收", day, late, 3, "王工", "温副市长同意")
        with pytest.raises(Refused, match="由谁批准"):
            acts.shift(made, replace(made.step, approval=""), by=office, on=day)

    def test_without_a_decided_day_the_last_is_the_reply_counted_from_the_draft(self, round, decided, formed, office, day):
        decided(solve_by=None)
        row = draft(round, office, day).measures.get()
        assert frames(row.plan, [row.appeal_id])[row.appeal_id].last == date(2023, 12, 7)
        with pytest.raises(Refused, match="超出书面反馈期限（2023-12-07）"):
            acts.milestone(row, Step("验收", day, date(2023, 12, 8)), by=office, on=day)

    def test_a_day_promised_in_the_hall_needs_no_other_approval(self, round, heard, decided, formed, office, day):
        decided(exchange=heard, solve_by=None)
        heard.promises.update(due_on=date(2024, 2, 1))
        row = draft(round, office, day).measures.get()
        acts.milestone(row, Step("验收", day, date(2024, 2, 1)), by=office, on=day)
        assert conflicts(row.plan) == []

    def test_a_plan_in_conflict_with_a_later_opinion_is_not_issued(self, round, plan, office, day):
        row = plan.measures.get()
        meeting.opine(row.appeal, Decided("by_a_date", "换人办。", "highway", (), PROMISED), by=office, on=day)
        assert [(one.field, measure) for measure, one in conflicts(plan)] == [("lead", row), ("due_on", row)]
        with pytest.raises(Refused, match="还有2处冲突，不能印发：办理意见已定由市公路事务中心牵头"):
            acts.issue(plan, by=office, on=day)

    def test_conflicts_of_many_measures_are_found_in_a_fixed_number_of_queries(
        self, round, decided, formed, office, day, django_assert_num_queries
    ):
        for number in range(12):
            decided(f"第{number}件")
        plan = draft(round, office, day)
        with django_assert_num_queries(4):
            assert conflicts(plan) == []


class TestVersions:
    def test_what_was_added_dropped_and_changed_is_found_and_the_rest_is_the_same(self, round, decided, formed, office, day):
        kept, gone, other = decided("不变的"), decided("并走的"), decided("要改的")
        first = acts.issue(draft(round, office, day), by=office, on=day)
        Part.objects.filter(appeal=gone).update(bucket="withdrawn", appeal=None)
        added = decided("后来的")
        second = draft(round, office, day)
        row = second.measures.get(appeal=other)
        acts.milestone(row, Step("多一步", day, day), by=office, on=day)
        pairs = compared(first, second)
        assert [pair.steps for pair in pairs if pair.steps] == [{Step("多一步", day, day)}]
        found = {pair.appeal: (pair.change.value, pair.parts) for pair in pairs}
        assert found == {
            kept: ("same", set()), gone: ("dropped", set()), added: ("added", set()), other: ("changed", {"steps"})
        }  # fmt: skip


class TestIssuing:
    def test_an_issued_version_has_its_number_and_is_not_changed(self, plan, office, day):
        row = plan.measures.get()
        issued = acts.issue(plan, by=office, on=day)
        assert (issued.number, issued.issued_on) == ("河面专〔2023〕1号", day)
        for change in (
            lambda: acts.measure(plan, row.work, by=office, on=day),
            lambda: acts.milestone(row, Step("完工", day, day), by=office, on=day),
            lambda: acts.strike(row.milestones.get(), by=office, on=day),
            lambda: acts.issue(plan, by=office, on=day),
        ):
            with pytest.raises(Refused, match="请起草新的一版"):
                change()

    def test_the_plan_is_kept_as_issued_and_worded_as_the_region_words_it(self, plan, office, city, day):
        sentence = sentences()["plan"]["tracking"]
        phrase(sentence, region=city, text="自交办之日起{反馈时限}个工作日内反馈。", by=office, on=day)
        issued = acts.issue(plan, by=office, on=day)
        kept = Document.objects.of(issued).get()
        text = [p.text for p in docx.Document(BytesIO(store.get(kept.digest))).paragraphs]
        assert (kept.number, kept.kind) == (issued.number, "plan")
        assert "自交办之日起15个工作日内反馈。" in text

    def test_only_the_newest_issued_version_is_in_force(self, round, plan, office, day):
        acts.issue(plan, by=office, on=day)
        second = draft(round, office, day)
        assert {row.plan for row in Measure.objects.in_force()} == {plan}
        acts.issue(second, by=office, on=day)
        assert {row.plan for row in Measure.objects.in_force()} == {second}

    def test_an_empty_plan_and_one_without_a_task_force_are_not_issued(self, round, decided, office, day):
        empty = draft(round, office, day)
        with pytest.raises(Refused, match="没有工作措施"):
            acts.issue(empty, by=office, on=day)
        acts.measure(empty, Work(decided().pk, "治理。", "traffic_police"), by=office, on=day)
        with pytest.raises(Refused, match="请先组建专班"):
            acts.issue(empty, by=office, on=day)

    def test_a_handler_plans_nothing(self, round, plan, handler, day):
        for forbidden in (lambda: draft(round, handler, day), lambda: acts.issue(plan, by=handler, on=day)):
            with pytest.raises(NotYours):
                forbidden()
        assert Plan.objects.get().issued_on is None

    def test_every_step_is_journalled_and_the_chain_holds(self, round, plan, office, day):
        acts.issue(plan, by=office, on=date(2023, 11, 20))
        verbs = [line.verb for line in Line.objects.of(round) if line.verb.startswith("taskforce")]
        assert verbs == ["taskforce.form", "taskforce.draft", "taskforce.issue"]
        assert journal.verify() is None
