"""换规则预看: which lights and days another rulebook would change; nothing is written, and ten matters cost no more queries."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.ledger.models import Glance
from mianduimian.ledger.rules import Light
from mianduimian.mechanism import rulebook
from mianduimian.supervision.models import differing, preview
from mianduimian.supervision.tests.conftest import answered
from mianduimian.workdays import calendar

DUE = date(2023, 12, 7)
DAY_AFTER = date(2023, 12, 8)
OUHAI, SHORT, OWN = "variant-ouhai", "test-short", "heyuan-2.0"


def look(person, key, on=DAY_AFTER):
    return preview(person, key, on, calendar(settings.CALENDARS))


def only(person, key, on=DAY_AFTER):
    (line,) = look(person, key, on).lines
    return line


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("mianduimian.supervision.views.previews.localdate", lambda: DAY_AFTER)


def test_under_its_own_rulebook_nothing_changes(matter, office):
    seen = look(office, OWN)
    assert (len(seen.lines), seen.changed) == (1, [])
    assert seen.counts == [(Light.GREEN, 0, 0), (Light.YELLOW, 1, 1), (Light.RED, 0, 0)]


def test_a_missed_reply_is_yellow_here_and_red_there(matter, office):
    line = only(office, OUHAI)
    assert (line.before, line.after, line.due_on, line.new_due_on) == (Light.YELLOW, Light.RED, DUE, DUE)
    assert look(office, OUHAI).counts[1:] == [(Light.YELLOW, 1, 0), (Light.RED, 0, 1)]


def test_a_reply_made_good_late_is_green_here_and_stays_yellow_there(matter, reply, office):
    reply(matter, on=DAY_AFTER)
    line = only(office, OUHAI, date(2023, 12, 11))
    assert (line.before, line.after, line.due_on) == (Light.GREEN, Light.YELLOW, None)


def test_a_shorter_limit_moves_the_day_and_the_light_with_it(matter, office):
    line = only(office, SHORT, date(2023, 11, 24))
    assert (line.due_on, line.new_due_on) == (DUE, date(2023, 11, 23))
    assert (line.before, line.after) == (Light.GREEN, Light.RED)


def test_a_day_that_was_granted_is_kept(matter, handler, office):
    ledger.ask_extension(matter, until=date(2023, 12, 20), reason="等材料", by=handler, on=DUE)
    ledger.grant_extension(matter, why="同意", by=office, on=DUE)
    line = only(office, SHORT)
    assert (line.due_on, line.new_due_on, line.after) == (date(2023, 12, 20), date(2023, 12, 20), Light.GREEN)


def test_what_is_settled_is_not_looked_at(matter, reply, office):
    reply(matter)
    ledger.settle(matter, by=office, on=DAY_AFTER)
    assert look(office, OUHAI).lines == []


def test_what_turns_worst_stands_first(give, office, reply):
    late, made_good = give(), give()
    reply(made_good, on=DAY_AFTER)
    assert [one.pk for one in look(office, OUHAI, date(2023, 12, 11)).changed] == [late.pk, made_good.pk]


def test_a_clerk_of_a_county_sees_none_of_the_city(matter, hire):
    assert look(hire("office", "yuancheng"), OUHAI).lines == []


def test_only_values_that_differ_are_shown():
    assert [one.name for one in differing(rulebook(OWN), rulebook(OUHAI))] == ["lights.rule"]
    assert differing(rulebook(OWN), rulebook(OWN)) == []


def test_a_number_is_shown_with_its_unit_and_a_key_by_its_sentence():
    said = {one.name: (one.before, one.after) for one in differing(rulebook(OWN), rulebook(SHORT))}
    assert said["reply.within"] == ("15 工作日", "5 工作日")
    assert said["notice.steps"] == ("蓝色5个工作日、橙色3个工作日、红色2个工作日", "蓝色2个工作日、红色1个工作日")
    assert said["lights.rule"][0] == "节点完成为绿灯，未完成为黄灯，连续两次黄灯为红灯"


def test_ten_more_matters_cost_no_more_queries(give, office):
    counts = []
    for more in (2, 10):
        for _n in range(more):
            give()
        with CaptureQueriesContext(connection) as asked:
            look(office, OUHAI)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_shows_before_and_after_and_writes_nothing(matter, office, client, today):
    client.force_login(office)
    lines, kept = Line.objects.count(), list(Glance.objects.values())
    page = client.get(reverse("supervision:preview")).content.decode()
    assert "校门口乱停车" in page and "未按期完成为红灯，逾期后补齐为黄灯，不再转绿" in page
    changed = page.partition('id="changed"')[2]
    assert changed.index('data-light="yellow"') < changed.index('data-light="red"')
    assert (Line.objects.count(), list(Glance.objects.values())) == (lines, kept)


def test_an_unknown_rulebook_is_said_on_the_page(office, client, today):
    client.force_login(office)
    answer = client.get(reverse("supervision:preview"), {"book": "1.0"})
    assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(("role", "linked"), [("office", True), ("supervisor", True), ("leader", False), ("unit", False)])
def test_who_may_look_finds_the_way_from_the_home_of_supervision(hire, client, role, linked):
    client.force_login(hire(role))
    assert (reverse("supervision:preview") in client.get(reverse("supervision:home")).content.decode()) is linked


def test_a_matter_in_its_second_turn_is_counted_from_its_second_assignment(matter, handler, visitor, office):
    ledger.accept(matter, by=handler, on=DUE)
    ledger.reply(matter, answered(), by=handler, on=DUE)
    again = ledger.reassign(matter, why="不满意", by=visitor, on=DAY_AFTER)
    assert only(office, OWN).new_due_on == again.reply_due_on
    assert only(office, SHORT).new_due_on == date(2023, 12, 15)
