"""5+N 专班的页面: forming it, drafting, changing and issuing the plan, and the plan as Word."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from mianduimian.taskforce import acts
from mianduimian.taskforce.models import Measure, Member, Milestone, Plan


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
        send(at_desk, "milestone", row.pk, text="划线", starts_on="2023-11-20", due_on="2023-11-30")
        late = send(at_desk, "milestone", row.pk, text="倒着来", starts_on="2023-11-30", due_on="2023-11-20")
        assert late.status_code == 409
        step = Milestone.objects.get(text="划线")
        send(at_desk, "shift", step.pk, text="划线验收", starts_on="2023-11-20", due_on="2023-12-02")
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
        small = acts.issue(acts.draft(round, basis="甲", goal="乙", by=office, on=day), by=office, on=day)
        for number in range(60):
            decided(f"第{number}件")
        large = acts.draft(round, basis="甲", goal="乙", by=office, on=day)
        page(at_desk, "plan", small.pk)
        assert cost(small) == cost(large)
        assert "after=50" in page(at_desk, "plan", large.pk)
        assert "第58件" in page(at_desk, "plan", large.pk, after=50)


class TestPaper:
    def test_the_work_plan_has_the_seven_parts_and_an_annex_of_all_measures(self, at_desk, round, decided, unit, office, day):
        decided()
        acts.form(round, units=[unit("traffic_police")], by=office, on=day)
        plan = acts.draft(round, basis="座谈会纪要", goal="件件有着落", by=office, on=day)
        row = plan.measures.get()
        acts.measure(plan, row.work.__class__(**row.work.__dict__ | {"responsible": "王工"}), by=office, on=day)
        acts.issue(plan, by=office, on=day)
        answer = at_desk.get(reverse("taskforce:paper", args=[plan.pk]))
        said = words_of(answer)
        for words in ("工作依据", "工作目标", "组织领导", "任务分工", "时间安排", "督查考核", "措施和节点表"):
            assert words in said
        facts = ("河面专〔2023〕1号", "市委办、市府办", "15个工作日内书面反馈", "2023年12月20日 解决到位", "王工")
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
