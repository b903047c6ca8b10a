"""What comes next in a round, how long is left, and what the three administrators keep in order."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mianduimian.desks.forms import LedgerForm
from mianduimian.desks.tests.town import TODAY
from mianduimian.desks.waiting import Desk, waiting
from mianduimian.desks.waiting.piles import left
from mianduimian.ledger.models import Assignment
from mianduimian.meeting.models import Meeting
from mianduimian.people.models import Person
from mianduimian.publication.models import Release
from mianduimian.solicitation.models import Call
from mianduimian.taskforce.models import Member, Plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(round, office, today):
    """What the office is told to do next in the round."""

    def told():
        piles = [pile for section in waiting(Desk(office, round, today)) for pile in section.piles]
        return [line.words for pile in piles if pile.word == "本期下一步" for line in pile.lines]

    return told


def call(round, office, closes_on):
    return Call.objects.create(
        round=round, number="1号", opens_on=date(2023, 10, 20), closes_on=closes_on, scope="全市", channels=["hotline"],
        issued_on=date(2023, 10, 20), issued_by=office,
    )  # fmt: skip


def test_a_new_round_needs_its_call_and_its_meeting(steps):
    assert steps() == ["发布征集公告", "筹备座谈会"]


def test_an_open_call_says_until_when(steps, round, office):
    call(round, office, TODAY + timedelta(1))
    assert steps() == ["征集进行中，2023-12-12截止", "筹备座谈会"]


def test_a_meeting_to_come_says_when(steps, round, office):
    call(round, office, date(2023, 10, 25))
    at = datetime(2023, 12, 15, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    Meeting.objects.create(round=round, number=1, host="市长", place="会议中心", starts_at=at)
    assert steps() == ["座谈会定于2023-12-15召开"]


def test_after_the_meeting_come_minutes_task_force_plan_and_the_public_page(steps, town, round, office):
    call(round, office, date(2023, 10, 25))
    held = town.meeting()
    assert steps() == ["印发会议纪要", "组建 5+N 专班", "向社会公开本期页面"]
    Member.objects.create(round=round, unit=round.office, kind="standing", since=TODAY)
    assert steps() == ["印发会议纪要", "印发工作方案", "向社会公开本期页面"]
    Meeting.objects.filter(pk=held.pk).update(minutes_on=TODAY, minutes_number="河面纪〔2023〕1号")
    Plan.objects.create(
        round=round, version=1, basis="座谈会", goal="畅通", drafted_on=TODAY, drafted_by=office, issued_on=TODAY, number="1"
    )
    Release.objects.create(round=round, on=TODAY, by=office)
    assert steps() == []


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2023, 12, 11), "今天到期"),
        (date(2023, 12, 12), "还有 1 个工作日"),
        (date(2023, 12, 18), "还有 5 个工作日"),
        (date(2023, 12, 8), "已逾期 1 个工作日"),
        (date(2023, 12, 10), "已逾期 1 个工作日"),
        (date(2023, 11, 24), "已逾期 11 个工作日"),
    ],
)
def test_what_is_left_is_counted_in_working_days(due, words):
    assert left(due, TODAY) == words


def desk_of(person):
    return waiting(Desk(person, None, TODAY))[0]


def test_the_system_administrator_hears_of_deadlines_past_the_known_calendar(town, everybody):
    assert [pile.word for pile in desk_of(everybody["system"]).piles] == []
    town.build(4)
    assert Assignment.objects.filter(provisional=True).count() == 1
    line = desk_of(everybody["system"]).piles[0].lines[0]
    assert line.words.startswith("1 件的书面反馈截止是暂定的：2027年")


def test_the_security_administrator_sees_who_has_no_post(everybody):
    Person.objects.create(username="new", name="新来的", joined_on=TODAY)
    piles = desk_of(everybody["security"]).piles
    assert [line.words for line in piles[0].lines] == ["新来的"]


def test_the_audit_administrator_sees_the_last_lines_of_the_journal(everybody):
    found = {pile.word: pile for pile in desk_of(everybody["audit"]).piles}
    assert found["最近留痕"].total > 0
    assert found["验证"].lines[0].url.endswith("/people/journal/verify")


def test_any_day_of_a_week_stands_for_the_week(town, office):
    form = LedgerForm(office, {"week": "2023-12-14"})
    assert form.is_valid()
    assert form.cleaned_data["week"] == date(2023, 12, 11)
    assert form.said() == ["节点所在周：2023-12-11"]


def test_the_filter_says_itself_in_words(town, office, round):
    form = LedgerForm(office, {"round": round.code, "state": "accepted", "overdue": "on", "columns": "all"})
    assert form.is_valid()
    assert form.said() == [f"期：{round}", "状态：办理中", "反馈逾期：是"]


def test_a_handler_is_offered_only_their_own_rounds_and_units(town, handler, round, unit):
    town.build(13)
    form = LedgerForm(handler, {})
    assert list(form.fields["round"].queryset) == [round]
    assert set(form.fields["unit"].queryset) <= {unit("traffic_police")}
