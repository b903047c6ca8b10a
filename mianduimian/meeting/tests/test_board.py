"""会场大屏: behind its own link, answered only when something changed, drawn once for all, ended after the meeting."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianduimian.meeting import acts
from mianduimian.meeting.models import Display
from mianduimian.meeting.rules import Called, Promised, Seating, Spoken, check_displayed
from mianduimian.meeting.tests.conftest import AT
from mianduimian.meeting.views import board
from mianduimian.refusal import NotYours, Refused


@pytest.fixture
def moments(monkeypatch):
    """Every question falls into a moment of its own."""
    ticking = count()
    monkeypatch.setattr(board, "monotonic", lambda: float(next(ticking)))


@pytest.fixture
def link(planned, office, day, monkeypatch):
    monkeypatch.setattr(board, "localdate", lambda: day)
    return acts.display(planned, by=office, on=day)


def look(link, name="screen_now", **headers):
    return Client().get(reverse(f"meeting:{name}", args=[link.token]), headers=headers)


class TestLink:
    def test_the_hall_sees_the_screen_without_a_log_in(self, link, planned, asker, office, day, moments):
        assert "即将开始" in look(link, "screen").content.decode()
        acts.exchange(planned, Spoken(asker.pk, "谁来管？", "traffic_police"), by=office, on=day)
        assert "谁来管？" in look(link).content.decode()

    def test_a_new_link_ends_the_old_one(self, link, planned, office, day, moments):
        old = Display(token=link.token)
        fresh = acts.display(planned, by=office, on=day)
        assert (look(old).status_code, look(fresh).status_code) == (404, 200)
        assert Display.objects.count() == 1

    def test_the_link_ends_the_day_after_the_meeting(self, link, day, moments, monkeypatch):
        check_displayed(day, day + timedelta(1))
        with pytest.raises(Refused, match="链接已停用"):
            check_displayed(day, day + timedelta(2))
        monkeypatch.setattr(board, "localdate", lambda: day + timedelta(2))
        assert (look(link).status_code, look(link, "screen").status_code) == (409, 409)

    def test_only_the_office_makes_the_link(self, planned, handler, day):
        with pytest.raises(NotYours):
            acts.display(planned, by=handler, on=day)

    def test_it_is_made_at_the_desk_and_shown_there_in_full(self, client, planned, office):
        client.force_login(office)
        shown = client.post(reverse("meeting:display", args=[planned.pk]), follow=True).content.decode()
        assert f"http://testserver{reverse('meeting:screen', args=[planned.display.token])}" in shown

    def test_a_guessed_link_shows_nothing(self, db):
        assert Client().get(reverse("meeting:screen_now", args=["guessed"])).status_code == 404


class TestAnswering:
    def test_nothing_is_sent_again_until_something_changes(self, link, planned, asker, office, day, moments):
        first = look(link)
        assert look(link, **{"If-None-Match": first["ETag"]}).status_code == 304
        acts.call_up(planned, Called(question="谁来管？", seat=asker.pk), by=office, on=day)
        changed = look(link, **{"If-None-Match": first["ETag"]})
        assert (changed.status_code, "谁来管？" in changed.content.decode()) == (200, True)

    def test_however_many_look_on_the_database_is_asked_once_a_moment(self, link, monkeypatch):
        monkeypatch.setattr(board, "monotonic", lambda: 1.0)
        tag = look(link)["ETag"]
        with CaptureQueriesContext(connection) as asked:
            assert {look(link, **{"If-None-Match": tag}).status_code for _viewer in range(20)} == {304}
            assert {look(link).status_code for _viewer in range(20)} == {200}
        assert len(asked) == 0

    def test_a_change_is_drawn_once_for_all(self, link, planned, asker, office, day, moments):
        look(link)
        acts.exchange(planned, Spoken(asker.pk, "谁来管？", "traffic_police"), by=office, on=day)
        with CaptureQueriesContext(connection) as asked:
            for _viewer in range(10):
                assert "谁来管？" in look(link).content.decode()
        assert len(asked) < 20 + 10

    def test_each_language_has_a_picture_of_its_own(self, link, moments):
        chinese, english = look(link), look(link, **{"Accept-Language": "en"})
        assert chinese["ETag"] != english["ETag"]


class TestPicture:
    def test_before_the_beginning_it_says_who_has_come(self, link, planned, asker, office, day, moments):
        card = acts.issue_cards(planned, by=office, on=day)[0]
        assert "已签到" not in look(link).content.decode()
        acts.check_in(card, at=AT, by=office, on=day)
        assert "已签到 1 / 1 席" in look(link).content.decode()

    def test_it_says_which_item_of_how_many_what_comes_next_and_what_is_promised(
        self, link, planned, asker, appeal, office, day, moments
    ):
        items = [appeal("甲路乱停"), appeal("乙路积水"), appeal("丙路颠簸")]
        acts.put_on_agenda(planned, items, by=office, on=day)
        said = Spoken(asker.pk, "谁来管？", "traffic_police", appeal=items[0].pk)
        acts.exchange(planned, said, promised=Promised("护学岗到位", day), by=office, on=day)
        shown = look(link).content.decode()
        assert "<b>1</b> / 3" in shown and "护学岗到位" in shown
        assert shown.index("下一件") < shown.index("乙路积水")
        acts.call_up(planned, Called(appeal=items[1].pk), by=office, on=day)
        shown = look(link).content.decode()
        assert "<b>2</b> / 3" in shown and shown.index("下一件") < shown.index("丙路颠簸")

    def test_after_the_meeting_it_thanks_and_keeps_the_promises(self, link, planned, asker, office, day, moments):
        said = Spoken(asker.pk, "谁来管？", "traffic_police")
        acts.exchange(planned, said, promised=Promised("护学岗到位", day), by=office, on=day)
        acts.hold(planned, by=office, on=day)
        shown = look(link).content.decode()
        assert "感谢各位代表" in shown and "护学岗到位" in shown and "谁来管" not in shown

    def test_what_was_typed_is_shown_as_words_and_not_run(self, link, planned, office, day, moments):
        seat = acts.seat(planned, Seating("npc", "<b>甲</b>"), by=office, on=day)
        acts.call_up(planned, Called(seat=seat.pk, question="<script>alert(1)</script>"), by=office, on=day)
        shown = look(link).content.decode()
        assert "<script" not in shown and "<b>甲" not in shown

    def test_without_scripts_the_page_shows_the_picture_and_a_link_to_load_it_again(self, link, moments):
        shown = look(link, "screen").content.decode()
        assert "即将开始" in shown and '<noscript><p><a href="">' in shown
