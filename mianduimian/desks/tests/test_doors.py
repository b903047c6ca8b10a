"""Who may enter which page of the desks: every role at every door."""

import pytest
from django.urls import reverse

from mianduimian.desks.context import menu
from mianduimian.desks.menu import DOORS, current_round, entries
from mianduimian.desks.tests.town import FATES, TODAY
from mianduimian.journal.models import Line
from mianduimian.people.rules import permissions
from mianduimian.solicitation.acts import open_round
from mianduimian.solicitation.rules import Opening

pytestmark = pytest.mark.django_db

ABOVE = {"office", "supervisor", "visitor", "leader"}
MAY = {
    "home": set(permissions()) - {"clock"},
    "ledger": ABOVE | {"unit"},
    "export": {"office", "unit", "supervisor"},
    "rollup": ABOVE,
    "funnel": ABOVE,
    "appeals": ABOVE,
    "bucket": ABOVE,
    "briefing": ABOVE,
    "submission": ABOVE,
    "wall": ABOVE | {"unit"},
    "screen": ABOVE | {"unit"},
}


def of(name, round, submission):
    args = {"bucket": [round.code, "all"], "submission": [submission.pk]}
    codes = {"funnel", "appeals", "briefing", "wall", "screen"}
    return args.get(name, [round.code] if name in codes else [])


@pytest.fixture
def submission(town):
    town.build(13)
    return town.said(bucket="undecided")


@pytest.mark.parametrize("name", MAY)
def test_every_role_at_every_door(name, submission, round, everybody, get):
    answers = {role: get(who, f"desks:{name}", *of(name, round, submission)).status_code for role, who in everybody.items()}
    assert answers == {role: 200 if role in MAY[name] else 403 for role in everybody}


@pytest.mark.parametrize("name", sorted(set(MAY) - {"home"}))
def test_nobody_enters_without_logging_in(name, submission, round, get):
    assert get(None, f"desks:{name}", *of(name, round, submission)).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ["funnel", "appeals", "briefing", "wall", "screen", "bucket", "submission"])
def test_another_county_finds_nothing(name, submission, round, hire, get):
    assert get(hire("office", "zijin"), f"desks:{name}", *of(name, round, submission)).status_code == 404


def test_nothing_on_the_desks_is_changed_by_a_post(submission, round, office, client):
    client.force_login(office)
    lines = Line.objects.count()
    for name in MAY:
        client.post(reverse(f"desks:{name}", args=of(name, round, submission)))
    assert Line.objects.count() == lines


def test_every_entry_of_the_menu_has_an_address(round):
    given = {"round": [round.code], "meeting": [1], "": []}
    assert all(reverse(door.to, args=given[door.of]) for door in DOORS)


@pytest.mark.parametrize("role", sorted(MAY["home"]))
def test_every_entry_a_person_sees_can_be_opened(role, submission, town, everybody, client):
    town.meeting()
    who = everybody[role]
    client.force_login(who)
    shown = entries(who, "/", current_round(who, ""))
    assert shown[0].current
    assert {client.get(entry.url).status_code for entry in shown} == {200}


def test_the_menu_asks_little(submission, office, django_assert_max_num_queries):
    assert office.grants and office.region_codes
    with django_assert_max_num_queries(5):
        entries(office, "/", current_round(office, ""))


def test_the_menu_counts_what_waits_for_me(submission, office, visitor, everybody):
    numbers = {entry.word: entry.count for entry in entries(office, "/", current_round(office, ""))}
    assert numbers["台账"] == len([fate for fate in FATES if fate in ("open", "objected", "replied", "vague")])
    assert {entry.word: entry.count for entry in entries(visitor, "/", current_round(visitor, ""))}["回头看"] == 3
    assert entries(everybody["press"], "/", None)[0].count == 0


def test_an_anonymous_page_asks_nothing_for_the_menu(db, django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        assert list(menu(rf.get("/"))["menu"]) == []


def test_the_menu_names_the_round_of_the_page_not_the_one_chosen_before(town, round, office, get):
    other = open_round(Opening("饮水难", "water", "441600", "书记", "shifuban"), by=office, on=TODAY)
    matter = town.build(1)[0]
    get(office, "desks:round", other.code)

    def named(name, *args):
        return get(office, name, *args).context["menu"][1].group

    assert other.focus in named("solicitation:rounds")
    assert round.focus in named("desks:wall", round.code)
    assert round.focus in named("ledger:matter", matter.pk)
