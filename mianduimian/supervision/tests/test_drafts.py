"""拟稿: at each light the clock drafts the notice that follows, once; a person issues it or says why not."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianduimian.archive import store
from mianduimian.archive.models import Document
from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.refusal import NotYours, Refused
from mianduimian.supervision import acts, jobs
from mianduimian.supervision.models import Draft, Notice
from mianduimian.supervision.tests.conftest import DEMAND, answered

DUE = date(2023, 12, 7)
DAY_AFTER = date(2023, 12, 8)


@pytest.fixture
def draft(matter, clock) -> Draft:
    jobs.draft(DAY_AFTER)
    return Draft.objects.get()


def issue(draft, supervisor, on=DAY_AFTER):
    return acts.issue(draft, DEMAND, by=supervisor, on=on)


def test_while_everything_is_in_time_nothing_is_drafted(matter, clock):
    assert jobs.draft(DUE) == "拟稿 0 份，撤稿 0 份"


def test_the_day_after_a_node_was_missed_a_notice_is_drafted_once(matter, clock):
    assert [jobs.draft(DAY_AFTER) for _time in range(3)] == ["拟稿 1 份，撤稿 0 份", *["拟稿 0 份，撤稿 0 份"] * 2]
    draft = Draft.objects.get()
    assert (draft.rung, draft.light, draft.since, draft.turn) == ("blue", "yellow", DUE, 1)
    assert draft.failing == "书面反馈应于2023年12月7日前完成，至今未完成。"
    assert Line.objects.of(matter).filter(verb="supervision.draft").count() == 1


def test_issued_it_goes_to_lead_and_assist_with_copies_to_the_leaders(draft, matter, supervisor, unit):
    Assignment.objects.update(overseer="陈副市长", leader="李局长")
    notice = issue(draft, supervisor)
    assert (notice.number, notice.due_on, notice.rung, notice.since) == ("河面督〔2023〕1号", date(2023, 12, 15), "blue", DUE)
    assert (notice.unit, list(notice.assists.all()), notice.leaders) == (
        unit("traffic_police"), [unit("housing")], "陈副市长、李局长、市长",
    )  # fmt: skip
    paper = docx.Document(BytesIO(store.get(Document.objects.of(notice).get().digest)))
    said = "\n".join(p.text for p in paper.paragraphs) + "\n".join(c.text for t in paper.tables for r in t.rows for c in r.cells)
    assert "河源市公安局交通警察支队、河源市住房和城乡建设局：" in said
    assert "抄送：陈副市长，李局长，市长。" in said


def test_a_draft_is_issued_or_dropped_once(draft, supervisor):
    issue(draft, supervisor)
    for again in (lambda: issue(draft, supervisor), lambda: acts.drop(draft, why="重复", by=supervisor, on=DAY_AFTER)):
        with pytest.raises(Refused, match="已于2023-12-08处理"):
            again()
    assert Notice.objects.count() == 1


def test_dropped_with_a_reason_it_is_not_drafted_again(draft, supervisor):
    with pytest.raises(Refused, match="理由"):
        acts.drop(draft, why=" ", by=supervisor, on=DAY_AFTER)
    acts.drop(draft, why="单位已电话说明，明日反馈", by=supervisor, on=DAY_AFTER)
    assert jobs.draft(DAY_AFTER + timedelta(3)) == "拟稿 0 份，撤稿 0 份"


@pytest.mark.parametrize("role", ["office", "unit", "leader", "visitor"])
def test_only_supervisors_issue_and_drop(draft, hire, role):
    by = hire(role)
    for forbidden in (lambda: issue(draft, by), lambda: acts.drop(draft, why="不发", by=by, on=DAY_AFTER)):
        with pytest.raises(NotYours):
            forbidden()


def test_a_supervisor_of_a_county_issues_nothing_in_the_city(draft, hire):
    with pytest.raises(NotYours):
        issue(draft, hire("supervisor", "yuancheng"))


def test_ignored_the_next_step_is_drafted_and_names_the_notice_that_was_ignored(draft, supervisor):
    notice = issue(draft, supervisor)
    assert jobs.draft(notice.due_on) == "拟稿 0 份，撤稿 0 份"
    jobs.draft(notice.due_on + timedelta(1))
    stronger = Draft.objects.waiting().get()
    assert stronger.rung == "orange"
    assert "河面督〔2023〕1号的整改限期已过" in stronger.failing


def test_step_by_step_to_the_strongest_and_no_further(draft, supervisor):
    for n in range(40):
        day = DAY_AFTER + timedelta(n)
        jobs.draft(day)
        for one in Draft.objects.waiting():
            issue(one, supervisor, on=day)
    assert list(Notice.objects.order_by("pk").values_list("rung", flat=True)) == ["blue", "orange", "red"]


def test_a_reply_in_time_takes_the_draft_back(draft, matter, reply):
    reply(matter, on=DAY_AFTER)
    assert jobs.draft(DAY_AFTER) == "拟稿 0 份，撤稿 1 份"
    assert Draft.objects.get().why and not Draft.objects.waiting().exists()


@pytest.mark.parametrize("settled", [False, True])
def test_overtaken_a_draft_is_not_issued_any_more(draft, matter, handler, visitor, office, supervisor, settled):
    ledger.accept(matter, by=handler, on=DAY_AFTER)
    ledger.reply(matter, answered(), by=handler, on=DAY_AFTER)
    if settled:
        ledger.settle(matter, by=office, on=DAY_AFTER)
    else:
        ledger.reassign(matter, why="不满意", by=visitor, on=DAY_AFTER)
    with pytest.raises(Refused, match="已不需要"):
        issue(draft, supervisor)
    assert not Notice.objects.exists()


def test_given_again_the_old_draft_goes_and_the_new_turn_has_its_own(draft, matter, handler, visitor):
    ledger.accept(matter, by=handler, on=DAY_AFTER)
    ledger.reply(matter, answered(), by=handler, on=DAY_AFTER)
    ledger.reassign(matter, why="不满意", by=visitor, on=DAY_AFTER)
    assert jobs.draft(DAY_AFTER) == "拟稿 0 份，撤稿 1 份"
    later = Matter.objects.get(pk=matter.pk).assignment.reply_due_on + timedelta(1)
    jobs.draft(later)
    assert Draft.objects.waiting().get().turn == 2


def test_a_notice_of_ones_own_words_takes_the_step_the_light_calls_for(matter, supervisor):
    assert acts.notify(matter, DEMAND, by=supervisor, on=DAY_AFTER).rung == "blue"
    chosen = acts.notify(matter, replace(DEMAND, rung="red"), by=supervisor, on=DAY_AFTER)
    assert (chosen.rung, chosen.due_on) == ("red", date(2023, 12, 12))


def test_the_drafts_are_looked_at_and_issued_on_the_page(client, draft, supervisor, monkeypatch):
    monkeypatch.setattr("mianduimian.supervision.views.notices.localdate", lambda: DAY_AFTER)
    monkeypatch.setattr("mianduimian.supervision.views.pages.localdate", lambda: DAY_AFTER)
    client.force_login(supervisor)
    assert draft.failing in client.get(reverse("supervision:home")).content.decode()
    page = client.get(reverse("supervision:draft", args=[draft.pk])).content.decode()
    assert "请于2023年12月15日前完成整改" in page and "印发时取号" in page
    typed = {"failing": draft.failing, "demand": "三日内反馈。", "due_on": ""}
    client.post(reverse("supervision:draft", args=[draft.pk]), typed)
    assert Notice.objects.get().demand == "三日内反馈。"


def test_looking_for_what_to_draft_asks_as_much_for_ten_as_for_two(give, clock, supervisor):
    counts = []
    for more in (2, 10):
        for _n in range(more):
            give()
        for one in acts.draft(by=clock, on=DAY_AFTER):
            acts.drop(one, why="已电话催办", by=supervisor, on=DAY_AFTER)
        with CaptureQueriesContext(connection) as asked:
            assert acts.draft(by=clock, on=DAY_AFTER) == []
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_only_the_matters_named_are_drafted_for(give, clock):
    first, _second = give(), give()
    assert [one.matter_id for one in acts.draft(among=[first.pk], by=clock, on=DAY_AFTER)] == [first.pk]
