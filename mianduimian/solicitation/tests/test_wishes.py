"""点题与附议: proposed by anybody, looked at by the office, backed once a browser."""

import pytest
from django.test import Client
from django.urls import reverse

from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation import acts
from mianduimian.solicitation.models import Backing, Wish
from mianduimian.solicitation.rules import Wished

LIFT = Wished("老小区加装电梯", "六楼老人下不来", "housing", "441600")


@pytest.fixture
def lift(clock, city, day):
    return acts.wish(LIFT, token="t", by=clock, on=day)


@pytest.fixture
def shown(lift, office, day):
    return acts.show(lift, by=office, on=day)


def test_the_same_form_twice_is_one_wish(lift, clock, day):
    assert acts.wish(LIFT, token="t", by=clock, on=day) == lift
    assert Wish.objects.count() == 1


def test_nobody_backs_what_the_office_has_not_looked_at(lift, clock, day):
    with pytest.raises(Refused, match="不能附议"):
        acts.back(lift, "b1", by=clock, on=day)


def test_a_browser_backs_a_wish_once(shown, clock, day):
    assert [acts.back(shown, who, by=clock, on=day) for who in ("b1", "b1", "b2")] == [True, False, True]
    assert Wish.objects.shown().by_backing().get().backed == 2


def test_the_most_backed_stands_first(shown, clock, office, day):
    other = acts.wish(Wished("校门口拥堵", "", "travel", "441600"), token="u", by=clock, on=day)
    acts.show(other, by=office, on=day)
    acts.back(other, "b", by=clock, on=day)
    assert list(Wish.objects.shown().by_backing()) == [other, shown]


def test_what_is_taken_away_is_gone_for_a_reason_and_may_come_back(shown, clock, office, day):
    with pytest.raises(Refused, match="理由"):
        acts.drop(shown, why=" ", by=office, on=day)
    acts.drop(shown, why="含个人信息", by=office, on=day)
    assert not Wish.objects.shown().exists()
    with pytest.raises(Refused, match="不能附议"):
        acts.back(shown, "b", by=clock, on=day)
    with pytest.raises(Overtaken):
        acts.drop(shown, why="再来", by=office, on=day)
    assert acts.show(shown, by=office, on=day).dropped_why == ""
    with pytest.raises(Overtaken):
        acts.show(shown, by=office, on=day)


def test_only_the_office_of_the_place_judges(lift, handler, hire, day):
    for stranger in (handler, hire("office", "longchuan")):
        with pytest.raises(NotYours):
            acts.show(lift, by=stranger, on=day)


def test_an_unknown_region_is_refused(clock, city, day):
    with pytest.raises(Refused, match="999999"):
        acts.wish(Wished("x", "", "other", "999999"), token="z", by=clock, on=day)


def test_from_the_public_page_through_the_office_to_the_desk_of_topics(client, city, office):
    page = reverse("publication:wishes")
    client.get(page)
    typed = {"focus": "菜市场停车", "why": "", "theme": "housing", "region": "441600", "token": "t"}
    client.post(page, typed)
    assert "菜市场停车" not in client.get(page).content.decode()
    desk = Client()
    desk.force_login(office, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "菜市场停车" in desk.get(reverse("solicitation:wishes")).content.decode()
    wish = Wish.objects.get()
    desk.post(reverse("solicitation:show_wish", args=[wish.pk]))
    back = reverse("publication:back", args=[wish.pk])
    for _click in range(2):
        client.post(back)
    assert Backing.objects.count() == 1
    assert "您已附议" in client.get(page).content.decode()
    topics = desk.get(reverse("desks:topics")).content.decode()
    assert "菜市场停车" in topics
    assert "1 人附议" in topics


def test_a_browser_without_our_mark_is_asked_again_and_counts_nothing(client, shown):
    client.post(reverse("publication:back", args=[shown.pk]))
    assert not Backing.objects.exists()


def test_bad_input_keeps_what_was_typed(client, city):
    text = client.post(reverse("publication:wishes"), {"focus": "电", "why": "楼高没电梯", "token": "t"}).content.decode()
    assert "楼高没电梯" in text
    assert not Wish.objects.exists()
