"""明责: who may do what, and the three administrators kept apart."""

from itertools import combinations

import pytest
from django.urls import reverse

from mianduimian.people import acts
from mianduimian.people.models import Person, Post, Region, Unit
from mianduimian.people.rules import ADMINISTRATORS, Role, granted, holders, permissions, require, separate
from mianduimian.refusal import NotYours, Refused


def test_the_city_has_101_town_units_five_counties_one_district_and_two_committees(city):
    assert Region.objects.filter(level="town").count() == 101
    assert Region.objects.filter(level="county", pk__regex=r"^\d{6}$").count() == 6
    assert Unit.objects.filter(kind="committee").count() == 2
    assert list(Unit.objects.filter(kind="standing").values_list("short", flat=True)) == [
        "市委办",
        "市府办",
        "市委宣传部",
        "市信访局",
        "市政数局",
    ]


def test_loading_the_city_again_adds_nothing(city, clock, day):
    units = Unit.objects.count()
    acts.load_city(by=clock, on=day)
    assert Unit.objects.count() == units
    assert Unit.objects.get(key="traffic_police").parent.key == "police"


@pytest.mark.parametrize("pair", list(combinations(sorted(ADMINISTRATORS), 2)))
def test_no_two_administrators_posts_in_one_hand(pair):
    with pytest.raises(Refused, match="分设"):
        separate(pair)


@pytest.mark.parametrize("role", sorted(set(Role) - ADMINISTRATORS))
def test_no_administrator_works_in_the_mechanism_too(role):
    with pytest.raises(Refused, match="分设"):
        separate([role, Role.AUDIT])


def test_two_posts_in_the_mechanism_may_be_held_together():
    separate([Role.SUPERVISOR, Role.VISITOR])


def test_every_role_has_permissions_and_every_permission_a_room():
    rooms = {name.split(".")[0] for grants in permissions().values() for name in grants}
    assert set(permissions()) == {role.value for role in Role}
    assert rooms <= {
        "desk",
        "archive",
        "clock",
        "people",
        "solicitation",
        "intake",
        "triage",
        "meeting",
        "taskforce",
        "ledger",
        "supervision",
        "lookback",
        "publication",
        "outcomes",
    }


def test_the_refusal_names_who_may():
    with pytest.raises(NotYours, match="核查回访人员"):
        require(granted(["unit"]), "lookback.close")
    assert holders("lookback.close") == [Role.VISITOR]


def test_a_handler_has_no_way_to_an_identity():
    assert not {"intake.see", "intake.unmask", "triage.see", "lookback.see"} & granted(["unit"])


def test_a_person_may_do_nothing_until_appointed(hire, unit, day):
    system, security = hire("system"), hire("security")
    newcomer = acts.register("chen", "陈", "hw-49-fine", by=system, on=day)
    assert newcomer.grants == frozenset()
    acts.appoint(newcomer, unit("urban"), "unit", by=security, on=day)
    assert Person.objects.get(pk=newcomer.pk).may("ledger.handle")


def test_system_cannot_appoint_security_cannot_register_and_nobody_appoints_themselves(hire, unit, day):
    system, security = hire("system"), hire("security")
    with pytest.raises(NotYours):
        acts.appoint(system, unit("urban"), "unit", by=system, on=day)
    with pytest.raises(NotYours):
        acts.register("x", "x", "hw-49-fine", by=security, on=day)
    with pytest.raises(Refused, match="不能给自己"):
        acts.appoint(security, unit("urban"), "office", by=security, on=day)


def test_a_post_that_ended_grants_nothing_and_stays_on_record(hire, day, office):
    post = Post.objects.get(person=office)
    acts.relieve(post, by=hire("security"), on=day, why="调离")
    assert Person.objects.get(pk=office.pk).grants == frozenset()
    assert Post.objects.get(pk=post.pk).until == day


def test_weak_passwords_and_taken_names_are_refused_in_words(hire, day):
    system = hire("system")
    with pytest.raises(Refused):
        acts.register("li", "李", "12345678", by=system, on=day)
    acts.register("li", "李", "hw-49-fine", by=system, on=day)
    with pytest.raises(Refused, match="已被使用"):
        acts.register("li", "李", "hw-49-fine", by=system, on=day)


def test_a_county_office_reaches_its_own_county_and_towns_only(hire):
    codes = hire("office", "longchuan").region_codes
    assert "441622" in codes
    assert "441600" not in codes
    assert sum(code.startswith("441622") for code in codes) == 25


PAGES = {
    "persons": {"system", "security", "audit"},
    "register": {"system"},
    "units": {"system", "security", "audit"},
    "rights": {"system", "security", "audit"},
    "trace": {"audit"},
    "verify": {"audit"},
}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLOCK])
def test_each_administrator_sees_their_own_pages_and_nobody_else_does(hire, client, role):
    client.force_login(hire(role.value))
    for page, roles in PAGES.items():
        assert client.get(reverse(f"people:{page}")).status_code == (200 if role in roles else 403), page


def test_a_stranger_is_asked_to_log_in(client, city):
    answer = client.get(reverse("people:persons"))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_registering_and_appointing_in_the_browser(hire, client, unit):
    client.force_login(hire("system"))
    answer = client.post(reverse("people:register"), {"username": "wang", "name": "王", "password": "hw-49-fine"}, follow=True)
    assert "已登记王" in answer.content.decode()
    made = Person.objects.get(username="wang")
    client.force_login(hire("security"))
    client.post(reverse("people:appoint", args=[made.pk]), {"unit": unit("urban").pk, "role": "unit"})
    post = Post.objects.get(person=made)
    client.post(reverse("people:relieve", args=[post.pk]), {"why": "调离"})
    assert not Post.objects.filter(person=made, until=None).exists()
