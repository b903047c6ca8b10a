"""督办页面: what each role finds, types and takes away."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianduimian.ledger import acts as ledger
from mianduimian.people.rules import Role
from mianduimian.refusal import Refused
from mianduimian.supervision import acts
from mianduimian.supervision.models import Accountability, Circular, Inspection, Instruction, Notice, PressItem
from mianduimian.supervision.tests.conftest import DEMAND

TODAY = date(2023, 12, 11)
SEES = {"office", "unit", "supervisor", "leader"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    for module in ("pages", "steps", "notices", "reports", "circulars"):
        monkeypatch.setattr(f"mianduimian.supervision.views.{module}.localdate", lambda: TODAY)


@pytest.fixture
def visit(client):
    """Open a page as somebody: visit(person, "supervision:home")."""

    def go(person, name, *args, post=None, query=None):
        client.force_login(person)
        address = reverse(name, args=args, query=query)
        return client.post(address, post) if post is not None else client.get(address)

    return go


def text(answer):
    return answer.content.decode()


def words(answer):
    document = docx.Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*[paragraph.text for paragraph in document.paragraphs], *cells])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_who_enters_the_room(matter, hire, visit, role):
    assert visit(hire(role), "supervision:home").status_code == (200 if role in SEES else 403)


def test_the_home_page_names_who_is_behind(matter, supervisor, visit):
    page = text(visit(supervisor, "supervision:home"))
    assert "校门口乱停车" in page
    assert "逾期2个工作日" in page


def test_a_unit_finds_only_its_own(matter, handler, stranger, visit):
    assert "校门口乱停车" in text(visit(handler, "supervision:home"))
    assert "校门口乱停车" not in text(visit(stranger, "supervision:home"))
    assert visit(stranger, "supervision:matter", matter.pk).status_code == 404


def test_a_matter_of_the_second_turn_is_long_standing(matter, reply, visitor, supervisor, visit):
    reply(matter, on=date(2023, 12, 1))
    ledger.reassign(matter, why="不满意", by=visitor, on=TODAY)
    page = text(visit(supervisor, "supervision:lasting"))
    assert "第2轮" in page and "重新交办过" in page and "还没有" in page


def test_ten_more_matters_cost_no_more_queries(give, supervisor, client):
    client.force_login(supervisor)
    counts = []
    for more in (2, 10):
        for _ in range(more):
            give(assists=("housing",))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("supervision:home"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_oldest_drafts_stand_first_and_the_others_are_counted(give, clock, supervisor, visit):
    for _n in range(17):
        give()
    acts.draft(by=clock, on=TODAY)
    page = text(visit(supervisor, "supervision:home"))
    assert page.count(reverse("supervision:draft", args=[0]).split("0")[0]) == 15
    assert "共 17 份，先列拟得最早的 15 份。" in page


def test_a_settled_matter_is_sent_no_notice(matter, reply, office, supervisor, visit):
    ledger.settle(reply(matter, on=TODAY), by=office, on=TODAY)
    assert reverse("supervision:notify", args=[matter.pk]) not in text(visit(supervisor, "supervision:matter", matter.pk))
    with pytest.raises(Refused, match="不再发督办单"):
        acts.notify(matter, DEMAND, by=supervisor, on=TODAY)


def test_a_clerk_urges_with_one_click(matter, office, visit):
    visit(office, "supervision:remind", post={})
    page = text(visit(office, "supervision:matter", matter.pk))
    assert "逾期催办" in page


def test_a_notice_is_typed_answered_and_printed(matter, supervisor, handler, visit):
    typed = {"failing": "逾期", "demand": "立即反馈", "due_on": ""}
    assert visit(supervisor, "supervision:notify", matter.pk, post=typed).status_code == 302
    notice = Notice.objects.get()
    assert 'name="text"' in text(visit(handler, "supervision:notice", notice.pk))
    assert visit(handler, "supervision:notice", notice.pk, post={"text": "已整改"}).status_code == 302
    assert "已整改" in text(visit(supervisor, "supervision:notice", notice.pk))
    paper = words(visit(handler, "supervision:notice_paper", notice.pk))
    assert "河面督〔2023〕1号" in paper
    assert "已整改" not in paper  # a paper stays as it was issued; the answer stands on the page


def test_who_has_a_copy_reads_but_finds_no_form(matter, supervisor, helper, stranger, visit):
    notice = acts.notify(matter, DEMAND, by=supervisor, on=TODAY)
    assert 'name="text"' not in text(visit(helper, "supervision:notice", notice.pk))
    assert visit(helper, "supervision:notice", notice.pk, post={"text": "代答"}).status_code == 403
    assert visit(stranger, "supervision:notice", notice.pk).status_code == 404


def test_a_late_answer_is_marked(matter, supervisor, handler, visit):
    notice = acts.notify(matter, DEMAND, by=supervisor, on=date(2023, 11, 28))
    assert "逾期未回复" in text(visit(handler, "supervision:notice", notice.pk))
    visit(handler, "supervision:notice", notice.pk, post={"text": "已整改"})
    assert "逾期回复" in text(visit(handler, "supervision:notice", notice.pk))


def test_a_leader_instructs_and_the_unit_reports(matter, leader, handler, visit):
    visit(leader, "supervision:instruct", matter.pk, post={"text": "限期解决", "due_on": "2023-12-20"})
    instruction = Instruction.objects.get()
    assert "限期解决" in text(visit(handler, "supervision:home"))
    visit(handler, "supervision:instruction", instruction.pk, post={"text": "已落实"})
    assert "已落实" in text(visit(leader, "supervision:matter", matter.pk))


def test_an_inspection_and_an_accountability_are_typed(matter, supervisor, visit):
    visit(supervisor, "supervision:inspect", matter.pk, post={"place": "校门口", "finding": "护栏未装"})
    typed = {"unit": "traffic_police", "kind": "talk", "ground": "逾期", "decision": "约谈"}
    visit(supervisor, "supervision:account", matter.pk, post=typed)
    assert (Inspection.objects.count(), Accountability.objects.count()) == (1, 1)
    page = text(visit(supervisor, "supervision:matter", matter.pk))
    assert "护栏未装" in page
    assert "约谈" in page


def test_a_journalist_finds_a_matter_by_its_number_and_nothing_else(matter, hire, visit, client):
    press = hire("press")
    visit(press, "supervision:items")
    found = client.get(reverse("supervision:items"), {"number": matter.number})
    assert found.headers["Location"] == reverse("supervision:press", args=[matter.pk])
    assert "没有这个编号" in text(client.get(reverse("supervision:items"), {"number": "x"}))
    typed = {"outlet": "晚间", "title": "校门口", "link": "https://example.org/1", "published_on": "2023-12-10", "after": ""}
    assert visit(press, "supervision:press", matter.pk, post=typed).headers["Location"] == reverse("supervision:items")
    assert PressItem.objects.get().title in text(visit(press, "supervision:items"))
    assert visit(press, "supervision:matter", matter.pk).status_code == 403


def test_a_link_that_is_no_page_is_not_taken(matter, supervisor, visit):
    typed = {"outlet": "晚间", "title": "校门口", "link": "javascript:alert(1)", "published_on": "2023-12-10"}
    assert visit(supervisor, "supervision:press", matter.pk, post=typed).status_code == 200
    assert not PressItem.objects.exists()


def supervisor_draft(visit, supervisor, matter, post=None):
    """The draft of a circular over a month, or what came of issuing it."""
    period = {"round": matter.appeal.round.pk, "begins_on": "2023-11-16", "ends_on": "2023-12-10"}
    return visit(supervisor, "supervision:circulate", post=post, query=period)


def test_a_circular_is_issued_read_and_printed(matter, supervisor, handler, visit):
    assert "起草" in text(visit(supervisor, "supervision:circulate"))
    draft = supervisor_draft(visit, supervisor, matter)
    assert "总体情况" in text(draft) and "各承办单位要对照台账" in text(draft) and not Circular.objects.exists()
    assert supervisor_draft(visit, supervisor, matter, post={"text": "抓紧。"}).status_code == 302
    circular = Circular.objects.get()
    page = text(visit(handler, "supervision:circular", circular.pk))
    assert "市直单位" in page
    assert "不排名" in page
    assert "按时书面反馈 ÷" in page
    assert circular.number in text(visit(handler, "supervision:circulars"))
    assert "抓紧。" in page and "SHA-256" in page
    assert "按时反馈率" in words(visit(handler, "supervision:circular_paper", circular.pk))


def test_the_same_period_twice_is_refused_in_words(matter, supervisor, visit):
    supervisor_draft(visit, supervisor, matter, post={"text": ""})
    again = supervisor_draft(visit, supervisor, matter, post={"text": ""})
    assert again.status_code == 409
    assert "已经通报过" in text(again)


def test_a_reminder_is_printed(matter, clock, handler, visit):
    told = acts.remind(by=clock, on=TODAY)[0]
    paper = words(visit(handler, "supervision:reminder_paper", told.pk))
    assert "2023年12月7日" in paper
    assert "至今未收到" in paper


def test_a_reminder_before_the_day_asks_to_be_in_time(matter, clock, handler, visit):
    told = acts.remind(by=clock, on=date(2023, 12, 5))[0]
    assert "将于2023年12月7日到期" in words(visit(handler, "supervision:reminder_paper", told.pk))


@pytest.mark.parametrize("verb", ["notify", "inspect", "instruct", "press", "account"])
def test_the_form_of_a_step_is_shown_to_who_may(matter, supervisor, leader, handler, visit, verb):
    seen = [visit(who, f"supervision:{verb}", matter.pk).status_code for who in (supervisor, leader, handler)]
    assert seen == {"instruct": [403, 200, 403], "account": [200, 200, 403]}.get(verb, [200, 403, 403])
