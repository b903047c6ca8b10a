"""参会证与签到: cards nobody can guess, each let in once, at the door of its own meeting."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mianduimian.journal.models import Line
from mianduimian.meeting import acts
from mianduimian.meeting.models import Arrival, Card, Seat
from mianduimian.meeting.rules import Seating, new_code, new_token
from mianduimian.meeting.tests.conftest import AT
from mianduimian.refusal import NotYours, Refused


@pytest.fixture
def card(planned, asker, office, day):
    return acts.issue_cards(planned, by=office, on=day)[0]


@pytest.fixture
def at_door(client, office, monkeypatch, day):
    monkeypatch.setattr("mianduimian.meeting.views.arrivals.localdate", lambda: day)
    monkeypatch.setattr("mianduimian.meeting.views.arrivals.now", lambda: AT)
    client.force_login(office)
    return client


class TestCards:
    def test_every_seat_gets_one_card_and_a_later_seat_its_own(self, planned, card, office, day):
        acts.seat(planned, Seating("press", "记者"), by=office, on=day)
        assert len(acts.issue_cards(planned, by=office, on=day)) == 1
        assert acts.issue_cards(planned, by=office, on=day) == []
        assert Card.objects.get(seat=card.seat).token == card.token

    def test_a_card_is_six_digits_to_type_and_a_link_nobody_guesses(self, card):
        assert re.fullmatch(r"\d{3} \d{3}", card.spelled)
        assert len(card.token) >= 22

    def test_no_two_codes_of_a_meeting_are_the_same(self):
        assert new_code({f"{n:06}" for n in range(1_000_000) if n != 417}) == "000417"
        assert len({new_token() for _time in range(100)}) == 100

    def test_a_seat_taken_back_takes_its_card_with_it_unless_somebody_came(self, planned, asker, card, office, day):
        acts.check_in(card, at=AT, by=office, on=day)
        with pytest.raises(Refused, match="已经签到"):
            acts.unseat(asker, why="误加", by=office, on=day)
        Arrival.objects.all().delete()
        acts.unseat(asker, why="误加", by=office, on=day)
        assert not Card.objects.exists()
        with pytest.raises(Refused, match="已作废"):
            acts.check_in(card, at=AT, by=office, on=day)

    def test_only_the_office_of_the_meeting_issues_cards_and_lets_in(self, planned, card, handler, hire, day):
        for stranger in (handler, hire("office", "longchuan")):
            with pytest.raises(NotYours):
                acts.issue_cards(planned, by=stranger, on=day)
            with pytest.raises(NotYours):
                acts.check_in(card, at=AT, by=stranger, on=day)


class TestCheckingIn:
    def test_the_first_time_counts_and_the_second_is_told_when_that_was(self, planned, card, office, day):
        first, fresh = acts.check_in(card, at=AT, by=office, on=day)
        again, fresh_again = acts.check_in(card, at=AT + timedelta(minutes=5), by=office, on=day)
        assert (fresh, fresh_again, again.at) == (True, False, first.at)
        assert Seat.objects.get().presence == "present"
        assert Line.objects.of(planned).filter(verb="meeting.check_in").count() == 1

    @pytest.mark.parametrize("days", [-1, 1])
    def test_nobody_is_let_in_on_another_day(self, card, office, day, days):
        with pytest.raises(Refused, match="当天才能签到"):
            acts.check_in(card, at=AT, by=office, on=day + timedelta(days))


class TestPages:
    def test_the_cards_are_printed_with_name_code_and_drawing(self, at_door, planned, asker):
        address = reverse("meeting:cards", args=[planned.pk])
        assert "为 1 席制发参会证" in at_door.get(address).content.decode()
        at_door.post(reverse("meeting:issue_cards", args=[planned.pk]))
        shown = at_door.get(address).content.decode()
        card = Card.objects.get()
        assert card.spelled in shown and "叶景辉" in shown and 'class="qr"' in shown

    def test_the_drawing_leads_to_the_page_of_the_card(self, at_door, planned, card, monkeypatch):
        drawn = []
        import segno

        make = segno.make
        monkeypatch.setattr("segno.make", lambda words, **given: drawn.append(words) or make(words, **given))
        at_door.get(reverse("meeting:cards", args=[planned.pk]))
        assert drawn == [f"http://testserver{reverse('meeting:card', args=[card.token])}"]

    def test_the_one_invited_reads_when_and_where_and_is_offered_nothing(self, card):
        shown = Client().get(reverse("meeting:card", args=[card.token])).content.decode()
        assert "市会议中心" in shown and "请在签到处出示" in shown
        assert "叶景辉" not in shown and reverse("meeting:check_in", args=[card.token]) not in shown

    def test_the_clerk_at_the_door_lets_in_with_one_button_and_a_second_scan_is_told(self, at_door, card):
        page, button = (reverse(f"meeting:{name}", args=[card.token]) for name in ("card", "check_in"))
        assert button in at_door.get(page).content.decode()
        assert not Arrival.objects.exists()
        assert "人大代表 叶景辉已签到" in at_door.post(button, follow=True).content.decode()
        assert "没有重复记录" in at_door.post(button, follow=True).content.decode()
        assert button not in at_door.get(page).content.decode()

    def test_a_code_is_typed_as_it_is_read_and_a_wrong_one_is_named(self, at_door, planned, card):
        address = reverse("meeting:arrivals", args=[planned.pk])
        wide = card.spelled.translate({ord(digit): ord("０") + int(digit) for digit in "0123456789"})
        assert "已签到 1 / 1" in at_door.post(address, {"code": wide}, follow=True).content.decode()
        wrong = "000000" if card.code != "000000" else "000001"
        assert "没有这个签到码" in at_door.post(address, {"code": wrong}).content.decode()
        assert Arrival.objects.count() == 1

    def test_a_clerk_of_another_region_sees_the_card_as_a_stranger_does(self, client, card, hire):
        client.force_login(hire("office", "longchuan"))
        assert "叶景辉" not in client.get(reverse("meeting:card", args=[card.token])).content.decode()
        assert client.post(reverse("meeting:check_in", args=[card.token])).status_code == 404

    def test_a_link_that_is_no_card_is_not_found(self, client, db):
        assert client.get(reverse("meeting:card", args=["nothing"])).status_code == 404

    def test_where_cards_were_shown_the_others_are_thought_absent(self, at_door, planned, card, office, day, monkeypatch):
        monkeypatch.setattr("mianduimian.meeting.views.hall.localdate", lambda: day)
        acts.seat(planned, Seating("cppcc", "罗淑贞"), by=office, on=day)
        hold = reverse("meeting:hold", args=[planned.pk])
        chosen = re.compile(r'value="(\w+)" selected')
        assert chosen.findall(at_door.get(hold).content.decode()) == ["present", "present"]
        acts.check_in(card, at=AT, by=office, on=day)
        assert chosen.findall(at_door.get(hold).content.decode()) == ["present", "absent"]

    def test_the_pages_cost_the_same_for_many_seats(self, at_door, planned, card, office, day, django_assert_num_queries):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def cost(name):
            with CaptureQueriesContext(connection) as asked:
                at_door.get(reverse(f"meeting:{name}", args=[planned.pk]))
            return len(asked)

        cost("cards")
        before = [cost(name) for name in ("cards", "arrivals")]
        for n in range(6):
            acts.seat(planned, Seating("press", f"记者{n}"), by=office, on=day)
        acts.issue_cards(planned, by=office, on=day)
        assert [cost(name) for name in ("cards", "arrivals")] == before
