"""安排页面: campaigns, draws, calls, exceptions and standing aside, each typed on a page by whoever may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts, jobs
from mianduimian.lookback.models import Campaign, Exemption, Reading, Recusal, Task, Visit
from mianduimian.lookback.tests.conftest import LATER
from mianduimian.lookback.views import campaigns, steps, visits


@pytest.fixture(autouse=True)
def today(monkeypatch):
    for views in (campaigns, steps, visits):
        monkeypatch.setattr(views, "localdate", lambda: LATER)


@pytest.fixture
def go(client):
    def open_page(person, name, *args, post=None, query=""):
        client.force_login(person)
        address = reverse(f"lookback:{name}", args=args) + query
        return client.post(address, post, follow=True) if post is not None else client.get(address)

    return open_page


def text(answer):
    return answer.content.decode()


PLAN = {"head": "xinfangju", "begins_on": "2023-12-08", "plan": "分两组"}


def test_a_campaign_is_planned_drawn_and_given_out_on_its_pages(settled, round, visitor, colleague, leader, go):
    assert "2023-12-08" in text(go(visitor, "campaigns"))
    seen = go(visitor, "begin", post={**PLAN, "round": round.code})
    assert "1件已办结的事项全部列入核查" in text(seen)
    pk = Campaign.objects.get().pk
    assert "抽出1件复核，种子 2023摇号" in text(go(visitor, "draw", pk, post={"size": 1, "seed": "2023摇号"}))
    page = text(go(leader, "campaign", pk))
    assert "2023摇号" in page and "共2件，做完0件" in page
    assert 'name="task"' not in page  # a leader reads
    first = Task.objects.get(again=False)
    go(visitor, "entrust", pk, post={"task": [first.pk], "to": colleague.pk})
    assert Task.objects.get(again=False).verifier == colleague
    assert "新增核查任务0件" in text(go(visitor, "gather", pk, post={}))
    assert text(go(leader, "campaigns")).count("第1次回头看") == 1


def test_half_a_plan_is_asked_for_again_and_keeps_what_was_typed(settled, round, visitor, go):
    seen = go(visitor, "begin", post={**PLAN, "round": round.code, "begins_on": ""})
    assert "还有几处需要改正" in text(seen) and "分两组" in text(seen)
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [("2023-12-08", "2023-12-07", "结束日期不能早于开始日期"), ("2023-10-01", "2023-10-31", "结束日期（2023-10-31）已经过去")],
)
def test_a_wrong_end_is_told_beside_its_field_and_the_plan_is_kept(settled, round, visitor, go, begins, ends, words):
    seen = go(visitor, "begin", post={**PLAN, "round": round.code, "begins_on": begins, "ends_on": ends})
    assert seen.status_code == 200 and words in seen.context["form"].errors["ends_on"][0]
    assert words in text(seen) and "分两组" in text(seen) and f'value="{ends}"' in text(seen)
    assert not Campaign.objects.exists()


def test_nothing_ticked_and_nobody_chosen_are_said_in_words(settled, round, visitor, visit, go):
    go(visitor, "begin", post={**PLAN, "round": round.code})
    pk = Campaign.objects.get().pk
    for name, args, post, words in (
        ("entrust", [pk], {}, "请勾选要分派的事项"),
        ("assign", [], {"visit": [visit.pk]}, "请勾选要分派的回访"),
        ("draw", [pk], {"size": "许多"}, "请写明抽几件"),
        ("draw", [pk], {"size": 5}, "须在1和1之间"),
    ):
        seen = go(visitor, name, *args, post=post)
        assert (seen.status_code, words in text(seen)) == (409, True)


def test_calls_are_given_out_and_each_finds_their_own(visit, visitor, colleague, office, go):
    assert "把勾选的回访分给" in text(go(office, "home", query="?show=visit"))
    assert "时钟" not in text(go(office, "home", query="?show=visit"))
    assert "分派回访1人" in text(go(office, "assign", post={"visit": [visit.pk], "to": [colleague.pk]}))
    assert Visit.objects.get().caller == colleague
    assert "校门口乱停车" in text(go(colleague, "home", query="?show=visit&mine=1"))
    assert "这里现在没有要办的" in text(go(visitor, "home", query="?show=visit&mine=1"))


def test_a_leader_approves_an_exception_and_its_name_stands_on_the_page(closing, leader, visitor, go):
    assert "批准例外销号" in text(go(leader, "matter", closing.pk))
    assert "批准例外销号" not in text(go(visitor, "matter", closing.pk))
    go(leader, "exempt", closing.pk, post={"waiver": "unasked", "why": "反映人已迁往外省，多方联系不上。"})
    assert Exemption.objects.get().by == leader
    assert f"例外销号：{leader.name}" in text(go(visitor, "matter", closing.pk))


def test_who_stands_aside_no_longer_finds_the_matter(settled, visitor, colleague, go):
    go(visitor, "recuse", settled.pk, post={"why": "家住附近"})
    assert Recusal.objects.get().person == visitor
    assert go(visitor, "matter", settled.pk).status_code == 404
    assert "校门口乱停车" not in text(go(visitor, "home", query="?show=verify"))
    assert f"{visitor.name}（家住附近）" in text(go(colleague, "matter", settled.pk))


def test_a_doubtful_reply_is_decided_on_a_page(matter, reply, supervisor, go):
    reply(matter)
    matter.replies.update(public="您好，已收悉，我们将高度重视。", measure="加强管理")
    jobs.read(LATER)
    assert "校门口乱停车" in text(go(supervisor, "home", query="?show=doubt"))
    assert "机器读这份答复" in text(go(supervisor, "judge_reading", matter.pk))
    assert "应退回重办：未明确解决措施" in text(go(supervisor, "judge_reading", matter.pk, post={"holds": "yes"}))
    assert Reading.objects.get().decided_by == supervisor
    assert go(supervisor, "judge_reading", matter.pk).status_code == 404


def test_after_the_closing_the_form_of_visits_is_handed_out_as_it_was_kept(closed, visitor, go):
    seen = go(visitor, "paper", closed.pk)
    assert "%E6%B2%B3%E9%9D%A2%E8%AE%BF" in seen.headers["Content-Disposition"]  # 河面访…
    assert Matter.objects.get(pk=closed.pk).state == "closed"


@pytest.mark.parametrize("show", ["verify", "visit", "doubt", "back", "close", "recur"])
def test_a_longer_queue_asks_the_database_no_more_often(settled, speak, born, visitor, go, show):
    speak(settled.appeal, born("13900000000"))
    acts.plan_visits(settled, by=visitor, on=LATER)
    go(visitor, "home", query=f"?show={show}")
    with CaptureQueriesContext(connection) as few:
        go(visitor, "home", query=f"?show={show}")
    for n in range(1, 9):
        speak(settled.appeal, born(f"1390000000{n}"))
    acts.plan_visits(settled, by=visitor, on=LATER)
    with CaptureQueriesContext(connection) as many:
        go(visitor, "home", query=f"?show={show}")
    assert len(many) == len(few)
