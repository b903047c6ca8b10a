"""5+N 专班的页面: forming it, drafting, changing and issuing the plan, and the plan as Word."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from mianduimian.meeting import acts as meeting
from mianduimian.meeting.rules import Decided
from mianduimian.taskforce import acts
from mianduimian.taskforce.models import Measure, Member, Milestone, Plan
from mianduimian.taskforce.rules import Step

MARKED = ("改过的措施。", "治理校门口乱停车。")


@pytest.fixture
def at_desk(client, office, monkeypatch, day):
    """The clerk's browser, on the day of the meeting."""
    monkeypatch.setattr("mianduimian.taskforce.views.localdate", lambda: day)
    client.force_login(office)
    return client


def page(browser, name, /, *args, **query):
    answer = browser.get(reverse(f"taskforce:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:300]
    return answer.content.decode()


def send(browser, name, /, *args, **typed):
    return browser.post(reverse(f"taskforce:{name}", args=args), typed)


def words_of(answer):
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


class TestForming:
    def test_the_proposed_units_are_ticked_and_the_clerk_decides(self, at_desk, round, decided):
        decided()
        decided("路面坑洼", lead="highway", assists=())
        shown = page(at_desk, "form", round.code)
        assert "市交警支队：牵头 1 件" in shown and shown.count("checked") == 3
        send(at_desk, "form", round.code, units=["traffic_police"])
        assert Member.objects.count() == 6
        assert "市公路事务中心" in page(at_desk, "round", round.code)

    def test_a_unit_joins_from_the_proposal(self, at_desk, round, formed, decided):
        decided(lead="highway", assists=())
        assert 'value="牵头 1 件"' in page(at_desk, "join", round.code, unit="highway", reason="牵头 1 件")
        send(at_desk, "join", round.code, unit="highway", reason="牵头 1 件")
        assert Member.objects.filter(unit__key="highway").exists()


class TestPlanning:
    def test_the_plan_is_drafted_changed_and_issued_in_the_browser(self, at_desk, round, formed, decided):
        decided()
        assert "座谈会纪要和各项办理意见" in page(at_desk, "draft", round.code)
        send(at_desk, "draft", round.code, basis="办理意见", goal="件件有着落")
        row = Measure.objects.get()
        assert "治理校门口乱停车" in page(at_desk, "measure", row.pk)
        typed = {"text": "设临停区。", "lead": "traffic_police", "assists": ["urban"], "responsible": "王工", "seen": 1}
        send(at_desk, "measure", row.pk, **typed)
        assert send(at_desk, "measure", row.pk, **typed).status_code == 409
        assert "设临停区。" in page(at_desk, "round", round.code)
        send(at_desk, "issue", row.plan_id)
        assert Plan.objects.get().number == "河面专〔2023〕1号"
        assert "起草新版" in page(at_desk, "round", round.code)

    def test_milestones_are_added_shifted_and_struck(self, at_desk, plan):
        row = plan.measures.get()
        send(
            at_desk, "milestone", row.pk, text="划线", starts_on="2023-11-20", due_on="2023-11-30", weight="3", responsible="李工"
        )
        late = send(at_desk, "milestone", row.pk, text="倒着来", starts_on="2023-11-30", due_on="2023-11-20", weight="1")
        assert "早于开始日期" in late.content.decode() and "倒着来" in late.content.decode()
        shown = page(at_desk, "measure", row.pk)
        assert "倒着来" not in shown and "权重 3 · 李工" in shown
        step = Milestone.objects.get(text="划线")
        send(at_desk, "shift", step.pk, text="划线验收", starts_on="2023-11-20", due_on="2023-12-02", weight="1")
        assert "划线验收" in page(at_desk, "measure", row.pk)
        send(at_desk, "strike", step.pk)
        assert Milestone.objects.count() == 1

    def test_measures_are_found_by_unit_and_words(self, at_desk, round, decided, office, day):
        decided("甲路逆行")
        decided("乙路坑洼", lead="highway", assists=())
        plan = acts.draft(round, basis="办理意见", goal="有着落", by=office, on=day)
        by_unit, by_words = (page(at_desk, "plan", plan.pk, **query) for query in ({"lead": "highway"}, {"q": "逆行"}))
        assert "乙路坑洼" in by_unit and "甲路逆行" not in by_unit
        assert "甲路逆行" in by_words and "乙路坑洼" not in by_words

    def test_the_plan_page_costs_the_same_with_many_measures(self, at_desk, round, decided, formed, office, day):
        def cost(plan):
            with CaptureQueriesContext(connection) as asked:
                page(at_desk, "plan", plan.pk)
            return len(asked)

        decided()
        small = acts.draft(round, basis="甲", goal="乙", by=office, on=day)
        page(at_desk, "plan", small.pk)
        one = cost(small)
        acts.issue(small, by=office, on=day)
        for number in range(60):
            decided(f"第{number}件")
        large = acts.draft(round, basis="甲", goal="乙", by=office, on=day)
        assert one == cost(large)
        assert "after=50" in page(at_desk, "plan", large.pk)
        assert "第58件" in page(at_desk, "plan", large.pk, after=50)


class TestConflicts:
    def test_two_leads_are_said_while_one_chooses_and_again_on_saving(self, at_desk, plan):
        row = plan.measures.get()
        assert reverse("taskforce:units", args=[row.pk]) in page(at_desk, "measure", row.pk)
        said = send(at_desk, "units", row.pk, lead="highway").content.decode()
        assert "不能有两个牵头单位" in said and 'id="said_lead"' in said
        assert "不能有两个" not in send(at_desk, "units", row.pk, lead="traffic_police", assists=["urban"]).content.decode()
        own = send(at_desk, "units", row.pk, lead="traffic_police", assists=["traffic_police"]).content.decode()
        assert "不能同时是配合单位" in own
        saved = send(at_desk, "measure", row.pk, text="设桩。", lead="highway", seen=1)
        assert "不能有两个牵头单位" in saved.content.decode() and "设桩。" in saved.content.decode()
        assert plan.measures.get().lead.key == "traffic_police"

    def test_dates_are_said_while_one_types_and_approval_makes_them_good(self, at_desk, plan):
        row = plan.measures.get()
        assert reverse("taskforce:dates", args=[row.pk]) in page(at_desk, "milestone", row.pk)
        backwards = send(at_desk, "dates", row.pk, starts_on="2023-11-30", due_on="2023-11-20").content.decode()
        beyond = send(at_desk, "dates", row.pk, due_on="2023-12-21").content.decode()
        good = send(at_desk, "dates", row.pk, due_on="2023-12-21", approval="温副市长同意").content.decode()
        assert "早于开始日期" in backwards and "超出办理意见的完成时限（2023-12-20）" in beyond
        assert good.strip().endswith('hx-swap-oob="true"></p>')

    def test_the_draft_lists_its_conflicts_and_the_way_to_each(self, at_desk, plan, office, day):
        row = plan.measures.get()
        meeting.opine(row.appeal, Decided("on_the_ledger", "换人办。", "highway"), by=office, on=day)
        shown = page(at_desk, "plan", plan.pk)
        assert "处冲突，改好才能印发" in shown and reverse("taskforce:measure", args=[row.pk]) in shown
        assert send(at_desk, "issue", plan.pk).status_code == 409


class TestVersions:
    def test_two_versions_stand_side_by_side(self, at_desk, round, plan, decided, office, day):
        acts.issue(plan, by=office, on=day)
        decided("后来的")
        second = acts.draft(round, basis="新的依据", goal=plan.goal, by=office, on=day)
        row = second.measures.first()
        acts.measure(second, replace(row.work, text="改过的措施。"), by=office, on=day)
        shown = page(at_desk, "compare", round.code)
        for words in ("新增 1", "改动 1", "删去 0", "<ins>新的依据</ins>", *(f"<mark>{one}</mark>" for one in MARKED)):
            assert words in shown
        same = page(at_desk, "compare", round.code, was=1, now=1)
        assert "这两版的措施没有不同" in same
        assert "治理校门口乱停车。" in page(at_desk, "compare", round.code, was=1, now=1, all="on")

    def test_without_a_plan_the_page_says_so(self, at_desk, round):
        assert "还没有工作方案" in page(at_desk, "compare", round.code)


class TestPaper:
    def test_the_work_plan_has_the_seven_parts_and_an_annex_of_all_measures(self, at_desk, round, decided, unit, office, day):
        decided()
        acts.form(round, units=[unit("traffic_police")], by=office, on=day)
        plan = acts.draft(round, basis="座谈会纪要", goal="件件有着落", by=office, on=day)
        row = plan.measures.get()
        acts.measure(plan, row.work.__class__(**row.work.__dict__ | {"responsible": "王工"}), by=office, on=day)
        acts.milestone(row, Step("验收", day, date(2024, 1, 5), 2, "李工", "温副市长"), by=office, on=day)
        acts.issue(plan, by=office, on=day)
        answer = at_desk.get(reverse("taskforce:paper", args=[plan.pk]))
        said = words_of(answer)
        for words in ("工作依据", "工作目标", "组织领导", "任务分工", "时间安排", "督查考核", "措施和节点表"):
            assert words in said
        facts = ("河面专〔2023〕1号", "市委办、市府办", "15个工作日内书面反馈", "2023年12月20日 解决到位", "王工")
        assert "验收（权重2，李工，温副市长批准）" in said
        for words in (*facts, "治理校门口乱停车。"):
            assert words in said

    def test_a_draft_says_that_it_is_one(self, at_desk, plan):
        assert "第1版草稿" in words_of(at_desk.get(reverse("taskforce:paper", args=[plan.pk])))


class TestWhoSees:
    def test_supervisors_and_leaders_read_and_change_nothing(self, client, round, plan, supervisor, leader):
        for who in (supervisor, leader):
            client.force_login(who)
            shown = page(client, "round", round.code)
            assert "治理校门口乱停车" in shown and "印发</button>" not in shown
            assert client.get(reverse("taskforce:draft", args=[round.code])).status_code == 403
            assert send(client, "issue", plan.pk).status_code == 403

    def test_units_and_other_regions_do_not_see_it(self, client, round, plan, handler, hire):
        for who, status in ((handler, 403), (hire("office", "longchuan"), 404)):
            client.force_login(who)
            for name, key in (("round", round.code), ("plan", plan.pk), ("paper", plan.pk)):
                assert client.get(reverse(f"taskforce:{name}", args=[key])).status_code == status
