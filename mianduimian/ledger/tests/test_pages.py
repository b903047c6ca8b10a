"""The pages: who sees which matter, what a handler never learns, and every move made in the browser."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from mianduimian.ledger import acts
from mianduimian.ledger.forms import FORMS
from mianduimian.ledger.models import Assignment, Matter, Reply
from mianduimian.ledger.rules import MOVES, State
from mianduimian.ledger.tests.test_files import PDF
from mianduimian.people.models import Post
from mianduimian.people.rules import Role


@pytest.fixture
def visit(client):
    """Open a page of the ledger as somebody."""

    def get(name, person, *args):
        client.force_login(person)
        return client.get(reverse(f"ledger:{name}", args=args))

    return get


@pytest.fixture
def send(client):
    """Send a form of the ledger as somebody."""

    def post(name, person, *args, **typed):
        client.force_login(person)
        return client.post(reverse(f"ledger:{name}", args=args), typed)

    return post


def test_a_unit_sees_only_its_own_matters(assigned, handler, helper, stranger, office, leader, visit):
    seen = {who.pk: visit("matter", who, assigned.pk).status_code for who in (handler, helper, office, leader, stranger)}
    assert list(seen.values()) == [200, 200, 200, 200, 404]
    assert visit("reply", stranger, assigned.pk).status_code == 404
    assert "校门口" in visit("mine", handler).text and "校门口" not in visit("mine", stranger).text


def test_a_handler_reads_the_appeal_and_never_who_said_it_or_in_which_words(assigned, handler, visit):
    page = visit("matter", handler, assigned.pk).text
    assert "某小学门口上下学时段车辆乱停" in page and "2 宗" in page
    assert "王翠花" not in page and "孩子差点被车撞" not in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_every_page_of_a_move_opens_for_those_of_the_table_only(accepted, hire, visit, role):
    somebody = hire(role, "traffic_police" if role == Role.UNIT else "shifuban")
    for verb in FORMS:
        status = visit(verb, somebody, accepted.pk).status_code
        if not somebody.may(MOVES[verb].permission):
            assert status == 403, verb
        elif status == 200:
            assert State.ACCEPTED in MOVES[verb].starts
        else:
            assert status in (403, 409), verb


def test_a_page_of_the_ledger_asks_who_is_there(assigned, client):
    for name, *args in (("mine",), ("open",), ("matter", assigned.pk), ("reply", assigned.pk), ("moves",)):
        assert client.get(reverse(f"ledger:{name}", args=args)).status_code == 302


def test_the_office_opens_appeals_and_gives_them_to_their_units_in_one_go(opinion, office, visit, send):
    assert "校门口乱停车" in visit("open", office).text
    answer = send("open", office, opinions=[opinion.pk], assign="on")
    assert answer.status_code == 302
    assert (Matter.objects.get().state, Assignment.objects.get().lead.key) == ("assigned", "traffic_police")
    assert "都已入账" in visit("open", office).text
    assert "请至少选一件" in send("open", office, opinions=[opinion.pk]).text


def test_what_is_open_is_given_by_ticking_or_to_other_units_by_a_form(matter, office, unit, visit, send):
    assert "待交办的事项（1 件）" in visit("open", office).text
    send("assign_many", office)
    assert Matter.objects.get().state == "open"
    form = visit("assign", office, matter.pk).text
    assert 'value="traffic_police" selected' in form
    send("assign", office, matter.pk, version=1, lead="transport", assists=["housing"], requirement="牵头整治")
    assert Assignment.objects.get().lead == unit("transport")


def test_ticked_matters_are_given_to_the_units_of_their_opinions(matter, office, send):
    send("assign_many", office, matters=[matter.pk])
    assert Assignment.objects.get().lead.key == "traffic_police"


def test_a_matter_s_page_has_the_buttons_of_this_person_and_no_others(accepted, handler, helper, office, visit):
    words = {who: visit("matter", who, accepted.pk).context["moves"] for who in (handler, helper, office)}
    said = [[move["word"] for move in moves] for moves in words.values()]
    assert said[0] == ["书面反馈", "填报进展", "上传佐证", "联系群众", "明确责任人", "申请延期", "提出异议"]
    assert said[1] == ["填报进展", "上传佐证", "联系群众", "配合单位报告办妥"]
    assert said[2] == ["明确分管领导"]


REPLY = {"founded": "on", "account": "已到现场", "public": "已增设护栏", "signed_by": "支队长", "version": 3}


def test_a_unit_signs_replies_and_asks_for_time_in_the_browser(assigned, handler, office, visit, send, clean_day):
    send("accept", handler, assigned.pk, version=2)
    answer = send("reply", handler, assigned.pk, **REPLY, measure="护栏", solve_by=clean_day)
    assert answer.url == f"/ledger/{assigned.pk}/?done=reply"
    page = visit("matter", office, assigned.pk).text
    assert "已增设护栏" in page and "逾期反馈" in page and "未明确解决措施" not in page
    for verb in ("settle", "propose_closing"):
        assert send(verb, office, assigned.pk, version=Matter.objects.get().version, note="同意").status_code == 302
    assert Matter.objects.get().state == "closing"


@pytest.fixture
def clean_day() -> date:
    """A day far ahead of whatever day the test runs on."""
    return date(2099, 12, 31)


def test_the_page_after_a_step_lets_the_browser_forget_what_was_typed(replied, handler, client):
    client.force_login(handler)
    assert f'data-accepted="ledger.reply.{replied.pk}"' in client.get(f"/ledger/{replied.pk}/?done=reply").text


def test_an_overtaken_form_keeps_what_was_typed_says_who_was_faster_and_can_be_sent_again(accepted, handler, helper, day, send):
    acts.progress(accepted, text="住建局已进场", by=helper, on=day)
    answer = send("reply", handler, accepted.pk, **REPLY)
    assert answer.status_code == 409
    assert f"{helper.name} 2023-11-16 填报进展" in answer.text and "已增设护栏" in answer.text
    assert Reply.objects.count() == 0
    assert send("reply", handler, accepted.pk, **(REPLY | {"version": 4})).status_code == 302


def test_a_form_that_lacks_something_says_so_and_keeps_the_rest(accepted, handler, send):
    answer = send("reply", handler, accepted.pk, **(REPLY | {"public": ""}))
    assert answer.status_code == 200 and "还有几处需要改正" in answer.text and "已到现场" in answer.text


def test_a_refused_step_is_a_page_in_words(accepted, handler, send):
    answer = send("ask_extension", handler, accepted.pk, version=3, until="2023-12-01", reason="雨天")
    assert answer.status_code == 409 and "到期后不能再申请延期" in answer.text


def test_evidence_is_uploaded_and_seen_on_the_page(accepted, handler, visit, send):
    file = SimpleUploadedFile("报告.pdf", PDF)
    send("evidence", handler, accepted.pk, version=3, file=file, moment="after", quantity="2000", measure="平方米")
    page = visit("matter", handler, accepted.pk).text
    assert "报告.pdf" in page and "平方米" in page and "整改后" in page
    wrong = SimpleUploadedFile("a.jpg", b"<html>")
    assert "不符" in send("evidence", handler, accepted.pk, version=4, file=wrong, moment="after").text


def test_an_objection_is_decided_and_told_on_the_page(accepted, handler, office, day, visit, send):
    acts.object(accepted, reason="道路属县区管养", by=handler, on=day)
    assert "异议待裁" in visit("matter", office, accepted.pk).text
    assert "道路属县区管养" in visit("uphold", office, accepted.pk).text
    send("uphold", office, accepted.pk, version=4, lead="transport", requirement="整治", why="有理")
    page = visit("matter", office, accepted.pk).text
    assert "已采纳，改派" in page and "河面交〔2023〕1号" in page
    assert visit("matter", handler, accepted.pk).status_code == 404


def test_a_waiting_extension_is_shown_and_granted(accepted, handler, office, day, visit, send):
    acts.ask_extension(accepted, until=date(2023, 12, 15), reason="雨天不能施工", by=handler, on=day)
    assert "申请延期：2023-12-07 → 2023-12-15" in visit("grant_extension", office, accepted.pk).text
    send("grant_extension", office, accepted.pk, version=4, why="同意")
    assert "已同意" in visit("matter", office, accepted.pk).text


def test_a_provisional_day_is_marked(matter, office, visit):
    acts.assign(matter, by=office, on=date(2026, 12, 15))
    assert "2027-01-05" in (page := visit("matter", office, matter.pk).text) and "暂定" in page


def test_milestones_and_the_timeline_are_told_in_words(accepted, milestone, handler, day, visit, send):
    assert "完成节点" in [move["word"] for move in visit("matter", handler, accepted.pk).context["moves"]]
    send("reach", handler, accepted.pk, version=3, milestone=milestone.pk, note="标线已划")
    page = visit("matter", handler, accepted.pk).text
    assert "完成节点，标线完成" in page and "标线已划" in page and "入账" in page and "第1轮" in page


def test_the_table_of_moves_is_drawn_as_it_is(handler, visit):
    page = visit("moves", handler).text
    assert all(move.word in page for move in MOVES.values())
    ends = set(State) - {state for move in MOVES.values() for state in move.starts}
    assert page.count("<tr>") == 1 + sum(len(move.starts) for move in MOVES.values()) + len(ends)


def _words(answer) -> str:
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_the_assignment_is_a_paper_with_its_number_units_and_deadline(accepted, handler, stranger, visit):
    answer = visit("assignment_paper", handler, accepted.assignment.pk)
    words = _words(answer)
    for said in ("河面交〔2023〕1号", "2023年12月7日", "河源市公安局交通警察支队", accepted.number):
        assert said in words
    assert "%E4%BA%A4%E5%8A%9E%E5%8D%95.docx" in answer["Content-Disposition"]
    assert visit("assignment_paper", stranger, accepted.assignment.pk).status_code == 404


def test_the_reply_is_a_paper_with_account_and_public_wording_apart(replied, office, visit):
    words = _words(visit("reply_paper", office, replied.replies.get().pk))
    assert "办理情况（内部）" in words and "公开答复" in words and "支队长" in words


def test_a_matter_without_anything_yet_has_a_page_too(matter, office, visit):
    page = visit("matter", office, matter.pk).text
    assert "还没有书面反馈" in page and "现行工作方案里还没有" in page
    assert visit("mine", office).status_code == 403


def test_somebody_whose_post_has_ended_sees_nothing(assigned, handler, visit, day):
    Post.objects.filter(person=handler).update(until=day)
    assert visit("matter", handler, assigned.pk).status_code == 403
