"""回头看页面: what each role finds; a handler finds nothing, and a phone is shown once, for a reason."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse

from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts
from mianduimian.lookback.models import Answer, Attempt, SendBack, Visit
from mianduimian.lookback.tests.conftest import BAD, GOOD, LATER, NAME, PHONE, TRUE
from mianduimian.lookback.views import campaigns, open, recurring, shares, steps, visits
from mianduimian.people.models import Person, Post
from mianduimian.people.rules import Role

SEES = {"office", "supervisor", "visitor", "leader"}
ANSWERED = {"scale": "2", "solved": "no", "contacted": "no", "reason": "没人来过"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    for views in (campaigns, open, shares, steps, visits, recurring):
        monkeypatch.setattr(views, "localdate", lambda: LATER)


@pytest.fixture
def go(client):
    """Open a page as somebody: go(person, "lookback:home")."""

    def open_page(person, name, *args, post=None, query=""):
        client.force_login(person)
        address = reverse(name, args=args) + query
        return client.post(address, post) if post is not None else client.get(address)

    return open_page


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_who_enters_the_room(settled, hire, go, role):
    assert go(hire(role, "xinfangju"), "lookback:home").status_code == (200 if role in SEES else 403)


def test_a_handler_reaches_nothing_about_who_complained(visit, handler, go):
    pages = [("home",), ("matter", visit.matter_id), ("visit", visit.pk), ("identity", visit.pk), ("paper", visit.matter_id)]
    for name, *args in pages:
        answer = go(handler, f"lookback:{name}", *args)
        assert answer.status_code == 403
        assert PHONE[-4:] not in text(answer)


def test_somebody_who_handles_and_visits_does_not_find_their_own_unit_there(visit, handler, unit, go):
    Post.objects.create(person=handler, unit=unit("xinfangju"), role="visitor", since=LATER)
    both = Person.objects.get(pk=handler.pk)
    assert "校门口乱停车" not in text(go(both, "lookback:home", query="?show=visit"))
    for name in ("visit", "identity"):
        assert go(both, f"lookback:{name}", visit.pk).status_code == 404
    assert go(both, "lookback:matter", visit.matter_id).status_code == 404


def test_the_four_queues(settled, visitor, office, go):
    assert "校门口乱停车" in text(go(visitor, "lookback:home", query="?show=verify"))
    fresh = text(go(visitor, "lookback:home", query="?show=verify"))
    assert '<span class="quiet nowrap">未核查' in fresh and '<span class="quiet nowrap">1人未列入' in fresh
    go(visitor, "lookback:plan_all", post={})
    assert '<span class="nowrap">已评价 0 / 1</span>' in text(go(visitor, "lookback:home", query="?show=verify"))
    assert "138****8000" in text(go(visitor, "lookback:home", query="?show=visit"))
    acts.verify(settled, TRUE, by=visitor, on=LATER)
    acts.answer(Visit.objects.get(), GOOD, by=visitor, on=LATER)
    assert "等专班提请销号" in text(go(visitor, "lookback:home", query="?show=close"))
    ledger.propose_closing(settled, by=office, on=LATER)
    assert "可以销号" in text(go(visitor, "lookback:home", query="?show=close"))


def test_who_does_not_ask_sees_no_name_and_no_number(visit, supervisor, leader, go):
    for who in (supervisor, leader):
        for page in (go(who, "lookback:home", query="?show=visit"), go(who, "lookback:matter", visit.matter_id)):
            assert "8000" not in text(page)
            assert "欧" not in text(page)
        assert go(who, "lookback:visit", visit.pk).status_code == 403


def test_a_visitor_sees_a_masked_name_until_there_is_a_reason(visit, visitor, go):
    page = text(go(visitor, "lookback:visit", visit.pk))
    assert "欧** 138****8000" in page
    assert NAME not in page
    shown = go(visitor, "lookback:identity", visit.pk, post={"why": "电话回访"})
    assert PHONE in text(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    assert Line.objects.get(verb="intake.unmask").why == "电话回访"


def test_without_a_reason_the_seal_stays_closed(visit, visitor, go):
    page = go(visitor, "lookback:identity", visit.pk, post={"why": " "})
    assert PHONE not in text(page)
    assert not Line.objects.filter(verb="intake.unmask").exists()


def test_the_seal_on_a_phone_has_one_word_and_no_reason_filled_in(visit, visitor, go):
    assert "启封电话</a>" in text(go(visitor, "lookback:visit", visit.pk))
    page = go(visitor, "lookback:identity", visit.pk)
    assert "<title>启封电话" in text(page) and "启封电话</button>" in text(page)
    assert "查看电话" not in text(page)
    assert not page.context["form"]["why"].value()


def test_a_whistle_blower_is_not_even_masked(settled, visitor, go):
    settled.appeal.parts.get().submission.__class__.objects.update(confidential=True)
    made = acts.plan_visits(settled, by=visitor, on=LATER)[0]
    assert "8000" not in text(go(visitor, "lookback:visit", made.pk))


def test_who_left_no_name_has_no_seal_to_open(settled, speak, visitor, go):
    speak(settled.appeal, None)
    silent = acts.plan_visits(settled, by=visitor, on=LATER)[1]
    assert "无联系方式" in text(go(visitor, "lookback:visit", silent.pk))
    assert go(visitor, "lookback:identity", silent.pk).status_code == 409


def test_an_attempt_and_an_answer_are_typed(visit, visitor, go):
    go(visitor, "lookback:attempt", visit.pk, post={"result": "no_answer", "at": "2023-12-08T10:30"})
    assert Attempt.objects.get().result == "no_answer"
    assert go(visitor, "lookback:answer", visit.pk, post=ANSWERED).status_code == 302
    assert Answer.objects.get().contacted is False
    page = text(go(visitor, "lookback:matter", visit.matter_id))
    assert "没人来过" in page
    assert "应退回重办：群众评价不满意" in page


def test_half_an_answer_is_not_kept(visit, visitor, go):
    page = go(visitor, "lookback:answer", visit.pk, post={"scale": "5"})
    assert page.status_code == 200
    assert "还有几处需要改正" in text(page)
    assert not Answer.objects.exists()


def test_a_clerk_is_asked_once_about_content_with_what_is_not_solved(visit, visitor, go):
    half = {**ANSWERED, "scale": "3"}
    page = go(visitor, "lookback:answer", visit.pk, post=half)
    assert "您选了满意，又选了没有解决，请再核对一次" in text(page)
    assert "没人来过" in text(page) and not Answer.objects.exists()
    assert go(visitor, "lookback:answer", visit.pk, post={**half, "asked": "yes"}).status_code == 302
    assert Answer.objects.get().scale == "3"


def test_half_an_attempt_is_not_kept(visit, visitor, go):
    assert go(visitor, "lookback:attempt", visit.pk, post={"at": ""}).status_code == 200
    assert not Attempt.objects.exists()


def test_a_verification_is_typed(settled, visitor, go):
    assert "核查情况" in text(go(visitor, "lookback:verify", settled.pk))
    go(visitor, "lookback:verify", settled.pk, post={"finding": "false", "note": "没有装", "on_site": "on"})
    assert "核查未解决" in text(go(visitor, "lookback:matter", settled.pk))


def test_the_handling_unit_cannot_even_open_the_form(settled, inside, handler, go):
    assert go(inside, "lookback:verify", settled.pk).status_code == 404
    assert go(handler, "lookback:verify", settled.pk).status_code == 403


def test_a_matter_is_sent_back_on_a_page(visit, visitor, go):
    acts.answer(visit, BAD, by=visitor, on=LATER)
    assert "按规则的理由：群众评价不满意" in text(go(visitor, "lookback:send_back", visit.matter_id))
    go(visitor, "lookback:send_back", visit.matter_id, post={"why": "照旧"})
    assert SendBack.objects.get().grounds == ["unsatisfied"]
    assert "第1轮退回" in text(go(visitor, "lookback:matter", visit.matter_id))


def test_what_the_closing_lacks_is_said_once_the_present_turn_is_answered(visit, visitor, office, reply, go):
    lacks = "没有列入回访"
    acts.answer(visit, BAD, by=visitor, on=LATER)
    assert "按规则应退回重办：群众评价不满意" in text(go(visitor, "lookback:matter", visit.matter_id))
    acts.send_back(visit.matter, why="照旧", by=visitor, on=LATER)
    again = text(go(visitor, "lookback:matter", visit.matter_id))
    assert "第2轮" in again
    assert "销号还缺" not in again and "按规则应退回重办" not in again and lacks not in again
    ledger.settle(reply(Matter.objects.get(pk=visit.matter_id)), by=office, on=LATER)
    assert lacks in text(go(visitor, "lookback:matter", visit.matter_id))


def test_without_a_ground_the_page_says_so(visit, visitor, go):
    answer = go(visitor, "lookback:send_back", visit.matter_id, post={"why": "不喜欢"})
    assert answer.status_code == 409
    assert "没有应退回的理由" in text(answer)


def test_a_matter_is_closed_on_a_page(closing, visitor, go):
    refused = go(visitor, "lookback:close", closing.pk, post={"ground": "满意"})
    assert refused.status_code == 409
    assert "本轮还没有核查" in text(refused)
    acts.verify(closing, TRUE, by=visitor, on=LATER)
    go(visitor, "lookback:plan", closing.pk, post={})
    acts.answer(Visit.objects.get(), GOOD, by=visitor, on=LATER)
    go(visitor, "lookback:close", closing.pk, post={"ground": "满意"})
    assert Matter.objects.get(pk=closing.pk).state == "closed"
    assert "满意率 100.0%" in text(go(visitor, "lookback:matter", closing.pk))


def test_a_plan_needs_a_click(settled, visitor, go):
    assert go(visitor, "lookback:plan", settled.pk).status_code == 405


def test_the_form_of_visits_holds_no_identity(visit, visitor, supervisor, go):
    acts.verify(visit.matter, TRUE, by=visitor, on=LATER)
    acts.answer(visit, BAD, by=visitor, on=LATER)
    paper = docx.Document(BytesIO(go(visitor, "lookback:paper", visit.matter_id).content))
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "138****8000" in cells
    assert "不满意" in cells
    assert PHONE not in cells + said
    assert "满意率只以已评价的为分母" in said
    assert go(supervisor, "lookback:paper", visit.matter_id).status_code == 403
