"""The front hall: what waits for each role now, why, and where it is done."""

import pytest
from django.urls import reverse

from mianduimian.desks.tests.town import FATES, TODAY
from mianduimian.desks.waiting import Desk, waiting
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Post
from mianduimian.people.rules import Role
from mianduimian.publication.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def matters(town):
    return dict(zip(FATES, town.build(13), strict=True))


def piles(person, round):
    return {pile.word: pile for section in waiting(Desk(person, round, TODAY)) for pile in section.piles}


def named(pile):
    return {line.words.split()[0] for line in pile.lines}


def test_a_visitor_from_outside_is_led_to_the_public_pages(client, db):
    assert client.get("/").headers["Location"] == reverse("publication:rounds")


@pytest.mark.parametrize("role", [role.value for role in Role if role != Role.CLOCK])
def test_everybody_finds_a_desk(role, everybody, matters, round, town, get):
    town.meeting()
    Release.objects.create(round=round, on=TODAY, by=town.office)
    page = get(everybody[role], "desks:home")
    assert page.status_code == 200
    assert [section.role for section in page.context["sections"]] == [role]
    assert page.context["sections"][0].piles or page.context["sections"][0].tiles


def test_the_office_sees_every_step_that_is_its_own(matters, round, office, town):
    unheard, to_open = town.appeal(), town.appeal()
    town.opinion(to_open)
    town.meeting()
    town.said(bucket="undecided")
    found = piles(office, round)
    steps = {
        "异议待裁定": "objected", "延期待审批": "extended", "已入账、待交办": "open", "书面反馈待审": "replied",
        "阶段性办结到期": "staged",
    }  # fmt: skip
    assert {word: named(found[word]) for word in steps} == {word: {matters[fate].number} for word, fate in steps.items()}
    assert named(found["按规则应退回重办"]) == {matters["vague"].number, matters["unhappy"].number}
    assert named(found["待写办理意见"]) == {str(unheard.number)}
    assert named(found["待入账交办"]) == {str(to_open.number)}
    assert "待梳理的来件：1 宗" in found["梳理"].lines[0].words


def test_what_presses_stands_first(matters, round, office):
    pressing = [pile.pressing for section in waiting(Desk(office, round, TODAY)) for pile in section.piles]
    assert pressing == sorted(pressing, reverse=True)
    assert pressing[0]


def test_a_handler_sees_what_the_unit_owes(town, round, hire, unit):
    town.build(39)
    handler = hire("unit", "housing")
    mine = {matter.pk for matter in Matter.objects.led_by(handler)}
    found = piles(handler, None)
    assert found["书面反馈已逾期"].total == Matter.objects.led_by(handler).overdue(TODAY).count() > 0
    assert {line.left for line in found["书面反馈已逾期"].lines} == {"已逾期 2 个工作日"}
    assert found["待书面反馈"].lines[0].provisional
    assert found["督办单待回复"].total == found["批示待报告"].total > 0
    assert {key for pile in found.values() for key in pile.keys} <= mine | set(
        Matter.objects.held_by(handler).values_list("pk", flat=True)
    )


def test_a_supervisor_sees_red_overdue_unanswered_and_second_turns(matters, round, supervisor):
    found = piles(supervisor, round)
    assert named(found["红灯事项"]) == {matters["red"].number}
    assert named(found["书面反馈逾期"]) == {matters[fate].number for fate in ("assigned", "red", "objected", "again")}
    assert found["督办单未回复"].pressing
    assert named(found["第二轮及以后的事项"]) == {matters["again"].number}
    assert named(found["批示等待报告"]) == {matters["again"].number}


def test_a_visitor_sees_whom_to_call_by_surname_only(matters, town, round, visitor):
    town.asked(matters["settled"], "5")
    matter = matters["settled"]
    one = town.said(matter.appeal)
    from_lookback = piles(visitor, round)
    assert named(from_lookback["应退回重办"]) == {matters["vague"].number, matters["unhappy"].number}
    assert named(from_lookback["可以销号"]) == {matters["ready"].number}
    assert matter.number in named(from_lookback["待核查"])
    assert matter.number in named(from_lookback["待列入回访"])
    assert one.citizen.name not in str(from_lookback)


def test_a_leader_sees_the_loop_and_every_unit(matters, round, leader):
    section = waiting(Desk(leader, round, TODAY))[0]
    loop = {step["word"]: step["number"] for step in section.tables["loop"]}
    assert loop["问责"] == 1
    assert sum(loop.values()) + section.tables["closed"] == 13
    assert sum(unit["total"] for unit in section.tables["units"]) == 12
    assert {tile.word for tile in section.tiles} >= {"收集来件", "有效诉求", "办结率", "满意率"}


def test_a_deputy_follows_promises_and_meetings(matters, town, round, everybody):
    town.meeting()
    found = piles(everybody["deputy"], round)
    assert found["承诺与兑现"].lines[0].state == "overdue"
    assert found["座谈会"].total == 1


def test_a_reporter_sees_only_what_is_published(matters, town, round, everybody):
    assert "公开页面" not in piles(everybody["press"], None)
    Release.objects.create(round=round, on=TODAY, by=town.office)
    assert piles(everybody["press"], None)["公开页面"].total == 1


def test_a_person_of_two_roles_sees_the_parts_of_both(matters, town, office, get):
    Post.objects.create(person=office, unit=office.posts[0].unit, role="leader", since=TODAY)
    assert [section.role for section in get(office, "desks:home").context["sections"]] == ["leader", "office"]


def test_a_pile_shows_ten_and_says_how_many_there_are(town, round, office, get):
    town.build(12, ("objected",))
    pile = piles(office, round)["异议待裁定"]
    assert (len(pile.lines), pile.total) == (10, 12)
    assert "全部 12 件" in get(office, "desks:home").content.decode()


def test_the_round_chosen_is_remembered(town, round, office, get):
    town.build(2)
    other = type(round).objects.create(
        code="441600-2023-11", number=11, year=2023, focus="饮水难", theme="water", level="city", region=round.region,
        host="书记", office=round.office, rulebook="heyuan-2.0", opened_on=round.opened_on.replace(month=9), opened_by=office,
    )  # fmt: skip
    assert get(office, "desks:home").context["round"] == round
    get(office, "desks:round", other.code)
    assert get(office, "desks:home").context["round"] == other


def test_a_round_of_elsewhere_cannot_be_chosen(round, hire, get):
    assert get(hire("office", "zijin"), "desks:round", round.code).status_code == 404
    assert get(hire("unit", "education"), "desks:round", round.code).status_code == 404


def test_sixty_matters_ask_no_more_of_the_database_than_thirteen(town, round, office, get, django_assert_max_num_queries):
    town.build(65)
    with django_assert_max_num_queries(90):
        get(office, "desks:home")
