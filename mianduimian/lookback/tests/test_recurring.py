"""复发: the same class at the same place, after the closing and within the window; a person decides what it is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from mianduimian.journal.models import Line
from mianduimian.ledger.models import Matter
from mianduimian.lookback import acts, jobs
from mianduimian.lookback.models import Recurrence, SendBack
from mianduimian.lookback.rules import Said, recurs, same_spot, within
from mianduimian.lookback.tests.conftest import LATER, NAME, PHONE
from mianduimian.mechanism import rulebook
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.triage.models import Part

RULES = rulebook("heyuan-2.0")
CLASS = "road-parking"
SINCE = LATER + timedelta(10)


@pytest.mark.parametrize(("days", "counts"), [(0, False), (1, True), (180, True), (181, False), (-1, False)])
def test_it_counts_from_the_day_after_the_closing_to_the_last_day_of_the_window(days, counts):
    assert within(LATER, LATER + timedelta(days), RULES) is counts


@pytest.mark.parametrize(
    ("here", "there", "place"),
    [
        (("parking", "441602", "文祥学校门口乱停车"), ("parking", "441602", "文祥学校又停满了"), "文祥学校"),
        (("parking", "", "文祥学校门口"), ("parking", "441602", "文祥学校"), "文祥学校"),
        (("parking", "441600", "文祥学校门口"), ("parking", "441602", "文祥学校"), "文祥学校"),
        (("parking", "441602", "文祥学校门口"), ("parking", "441621", "文祥学校"), ""),
        (("parking", "441602", "文祥学校门口"), ("light", "441602", "文祥学校路灯"), ""),
        (("", "441602", "文祥学校门口"), ("", "441602", "文祥学校"), ""),
        (("parking", "441602", "文祥学校门口"), ("parking", "441602", "越王大道"), ""),
        (("parking", "441602", "乱停车"), ("parking", "441602", "乱停车"), ""),
    ],
)
def test_same_class_and_a_place_that_both_name(here, there, place):
    assert recurs(Said(*here), Said(*there)) == place


def test_a_district_alone_is_no_place():
    assert same_spot(Said("x", "", "源城区有人乱停车"), Said("x", "", "源城区路灯不亮")) == ""


@pytest.fixture
def placed(appeal):
    appeal.category, appeal.place, appeal.title = CLASS, "文祥学校门口", "文祥学校门口乱停车"
    appeal.save()
    return appeal


@pytest.fixture
def again(placed, closed, round, speak, born):
    """Somebody speaks after the closing: again("文祥学校又停满了", days=10)."""

    def say(text="文祥学校门口又停满了车", days=10, category=CLASS, **more):
        said = speak(closed.appeal, born("13911112222", "司徒大山"), text)
        said.received_on = LATER + timedelta(days)
        said.save()
        facts = {"appeal": None, "bucket": "undecided", "category": category, **more}
        Part.objects.filter(submission=said).update(**facts)
        return Part.objects.get(submission=said)

    return say


def find(on=SINCE):
    return jobs.find(on)


def test_what_comes_again_is_found_once_however_often_the_job_runs(again, closed):
    part = again()
    assert (find(), find(), find(SINCE + timedelta(1))) == ("疑似复发 1 件", "疑似复发 0 件", "疑似复发 0 件")
    found = Recurrence.objects.get()
    assert (found.part, found.matter, found.turn, found.place, found.verdict) == (part, closed, 1, "文祥学校", "")
    assert Line.objects.filter(verb="lookback.find_recurrence").count() == 1


@pytest.mark.parametrize(("days", "n"), [(0, 0), (1, 1), (180, 1), (181, 0)])
def test_the_window_of_the_rulebook_decides(again, days, n):
    again(days=days)
    assert find(LATER + timedelta(200)) == f"疑似复发 {n} 件"


def test_another_class_another_place_and_what_is_invalid_are_not(again):
    again(category="other")
    again("越王大道乱停车")
    again(bucket="invalid", reason="no_content")
    assert find() == "疑似复发 0 件"


def test_what_the_triage_called_a_repeat_of_it_is_found_whatever_its_class(again, closed):
    again("又来了", category="", bucket="repeat", earlier=closed.appeal)
    assert find() == "疑似复发 1 件"


def test_the_same_problem_again_goes_back_as_the_next_turn(again, closed, visitor):
    again()
    find()
    acts.judge_recurrence(Recurrence.objects.get(), verdict="same", why="护栏被拆，又停满", by=visitor, on=SINCE)
    back, matter = SendBack.objects.get(), Matter.objects.get(pk=closed.pk)
    assert (back.grounds, back.turn, matter.state, matter.turn) == (["recurred"], 1, "assigned", 2)
    assert matter.assignment.reply_due_on == date(2024, 1, 9)
    assert closed.closings.count() == 1  # the earlier closing is kept


@pytest.mark.parametrize("verdict", ["new", "different"])
def test_anything_else_leaves_the_closing_alone(again, closed, visitor, verdict):
    again()
    find()
    acts.judge_recurrence(Recurrence.objects.get(), verdict=verdict, why="是另一所学校", by=visitor, on=SINCE)
    assert Matter.objects.get(pk=closed.pk).state == "closed"
    assert not SendBack.objects.exists()
    with pytest.raises(Overtaken, match="已于"):
        acts.judge_recurrence(Recurrence.objects.get(), verdict="same", why="改主意", by=visitor, on=SINCE)


def test_two_submissions_reopen_it_once(again, closed, visitor):
    again()
    again("文祥学校天天堵")
    assert find() == "疑似复发 2 件"
    for found in Recurrence.objects.all():
        acts.judge_recurrence(found, verdict="same", why="同一处", by=visitor, on=SINCE)
    assert SendBack.objects.count() == 1
    assert Matter.objects.get(pk=closed.pk).turn == 2


def test_a_reason_is_owed_and_the_unit_decides_nothing(again, visitor, handler, inside):
    again()
    find()
    found = Recurrence.objects.get()
    with pytest.raises(Refused, match="理由"):
        acts.judge_recurrence(found, verdict="same", why=" ", by=visitor, on=SINCE)
    for who in (handler, inside):
        with pytest.raises(NotYours):
            acts.judge_recurrence(found, verdict="different", why="不是", by=who, on=SINCE)
    assert Recurrence.objects.open().count() == 1


def test_the_page_shows_the_earlier_matter_beside_it_and_no_identity(again, closed, visitor, client, monkeypatch):
    again(f"{NAME}也说文祥学校门口又停满了，我的电话{PHONE}")
    find()
    client.force_login(visitor)
    desk = client.get(reverse("lookback:home") + "?show=recur").content.decode()
    assert "文祥学校门口乱停车" in desk and "对照认定" in desk
    page = client.get(reverse("lookback:recurrence", args=[Recurrence.objects.get().pk])).content.decode()
    for words in ("文祥学校门口乱停车", "又停满了", "已增设护栏"):
        assert words in page
    assert PHONE not in page + desk and "司徒大山" not in page + desk
    monkeypatch.setattr("mianduimian.lookback.views.recurring.localdate", lambda: SINCE)
    address = reverse("lookback:recurrence", args=[Recurrence.objects.get().pk])
    assert client.post(address, {"verdict": "same", "why": "又堵了"}).status_code == 302
    assert Matter.objects.get(pk=closed.pk).turn == 2
