"""The ledger page: what is found, the sums that agree, the columns, the sheet, how much is asked of the database."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from mianduimian.desks import lines
from mianduimian.desks.columns import GROUPS, MAIN
from mianduimian.desks.lines import lit, look
from mianduimian.desks.tests.town import FATES, TODAY
from mianduimian.intake.models import Citizen
from mianduimian.ledger.models import Glance, Matter
from mianduimian.ledger.sheets import COLUMNS
from mianduimian.lookback.models import Visit
from mianduimian.lookback.rules import Outcome
from mianduimian.solicitation.models import Round

pytestmark = pytest.mark.django_db

OUTCOMES = {
    "any": set(Outcome),
    "reached": {Outcome.REACHED},
    "waiting": {Outcome.WAITING},
    "unreached": {Outcome.UNREACHED, Outcome.NO_CONTACT},
}


def found(person, **wanted):
    return look(person, wanted, TODAY)


def numbers(seen):
    return set(Matter.objects.filter(pk__in=seen.keys).values_list("number", flat=True))


def test_every_column_stands_in_one_group():
    assert [key for _word, keys in GROUPS for key in keys] == [column.key for column in COLUMNS]
    assert len(COLUMNS) == 26


def test_lights_of_the_filter_are_those_of_the_lines(town, office):
    town.build(26)
    whole = {matter.pk: matter.light(TODAY) for matter in Matter.objects.all().lines()}
    assert {matter.pk: matter.light(TODAY) for matter in lit(Matter.objects.all())} == whole
    assert len(set(whole.values())) == 3


def test_sums_agree_with_the_filter(town, office):
    town.build(26)
    for wanted in ({}, {"light": "red"}, {"state": "accepted"}, {"light": "green", "state": "settled"}, {"duty": "account"}):
        seen = found(office, **wanted)
        assert sum(seen.states.values()) == sum(seen.lights.values()) == sum(seen.duties.values()) == seen.total > 0


def test_each_filter_finds_what_it_says(town, office, unit):
    matters = dict(zip(FATES, town.build(13), strict=True))
    expected = {
        ("state", "objected"): {"objected"},
        ("reached", "settled"): {"unhappy", "settled", "ready", "closed"},
        ("overdue", True): {"assigned", "red", "objected", "again"},
        ("again", True): {"again"},
        ("light", "red"): {"red"},
        ("duty", "account"): {"again"},
        ("visit", "unsatisfied"): {"unhappy"},
        ("visit", "unreached"): {"ready", "closed"},
        ("week", date(2023, 12, 18)): set(FATES) - {"open"},
        ("words", matters["red"].number): {"red"},
    }
    for (name, value), fates in expected.items():
        assert numbers(found(office, **{name: value})) == {matters[fate].number for fate in fates}, (name, value)
    led = {matter.number for fate, matter in matters.items() if fate != "open" and matter.appeal.unit == unit("housing")}
    assert numbers(found(office, unit=unit("housing"))) == led


@pytest.mark.parametrize("rulebooks", [1, 2])
def test_the_lines_found_by_their_visits_are_those_whose_visits_stand_so(town, office, round, rulebooks):
    town.build(26, ("unhappy", "ready", "closed", "settled"))
    if rulebooks > 1:
        Round.objects.create(
            code="test-short", number=9, year=2024, focus="别的", theme="travel", level="city", region=round.region, host="书记",
            office=round.office, rulebook="test-short", opened_on=TODAY, opened_by=office,
        )  # fmt: skip
    for n, visit in enumerate(Visit.objects.unanswered()):  # tried in vain by now; but some otherwise
        if n == 0:
            Visit.objects.filter(pk=visit.pk).update(citizen=None)
        elif n % 4 == 1:
            Citizen.objects.filter(pk=visit.citizen_id).update(agreed=False)
        elif n % 4 > 1:
            visit.attempts.exclude(pk=visit.attempts.first().pk).delete()
            visit.attempts.update(result="refused" if n % 4 == 2 else "no_answer")
    told = list(Visit.objects.of_this_turn().with_rows())
    for kind, outcomes in OUTCOMES.items():
        expected = {visit.matter.number for visit in told if visit.outcome in outcomes}
        assert expected and numbers(found(office, visit=kind)) == expected, kind


def test_two_characters_from_the_middle_of_a_place_are_found(town, office):
    town.build(8)
    assert found(office, words="水湾").total == Matter.objects.filter(appeal__place="碧水湾小区").count() > 0
    assert found(office, words="星").total == Matter.objects.filter(appeal__place="红星小学门口").count() > 0
    assert found(office, words="查无此处").total == 0


def test_a_page_of_very_many_lines_holds_the_same_lines(town, office, monkeypatch):
    town.build(26)
    usual = found(office, words="路").after(0, 5)
    monkeypatch.setattr(lines, "MANY", 0)
    assert found(office, words="路").after(0, 5) == usual
    assert len(usual[0]) == 5


@pytest.mark.parametrize(("name", "many"), [("王队", 4), ("li wei", 4), ("LI", 4), ("王队长9", 0)])
def test_a_person_is_found_by_any_part_of_the_name_and_in_any_letters(town, office, name, many):
    town.build(4)
    Glance.objects.update(people="Li Wei、王队长")
    assert look(office, {"person": name}, TODAY).total == many


def test_a_handler_finds_only_what_their_unit_handles(town, handler, get):
    town.build(26)
    seen = found(handler)
    assert 0 < seen.total < 26
    assert seen.total == Matter.objects.held_by(handler).count()
    other = Matter.objects.exclude(pk__in=seen.keys).filter(turn__gt=0).first()
    assert other.number not in get(handler, "desks:ledger").content.decode()


def test_a_page_holds_fifty_lines_and_names_the_next(town, office, get):
    town.build(60)
    page = get(office, "desks:ledger")
    assert len(page.context["rows"]) == 50
    rest = get(office, "desks:ledger", after=page.context["next"])
    assert len(rest.context["rows"]) == 10
    assert rest.context["next"] is None
    assert rest.context["seen"].total == 60


def queries(get, person, *address):
    get(person, *address)
    with CaptureQueriesContext(connection) as asked:
        assert get(person, *address).status_code == 200
    return len(asked)


def test_five_lines_and_sixty_cost_the_same_questions(town, office, round, get):
    fates = ("again", "unhappy", "ready", "closed", "red")
    town.build(5, fates)
    pages = [("desks:ledger",), ("desks:wall", round.code), ("desks:screen", round.code), ("desks:funnel", round.code)]
    few = [queries(get, office, *page) for page in pages]
    town.build(55, fates)
    assert [queries(get, office, *page) for page in pages] == few


def test_a_provisional_deadline_is_marked(town, office, get):
    town.build(13)
    page = get(office, "desks:ledger").content.decode()
    assert page.count('class="provisional"') == 1


def test_the_page_shows_the_main_columns_first_and_all_when_asked(town, office, get):
    town.build(2)
    page = get(office, "desks:ledger").content.decode()
    assert "书面反馈截止" in page
    assert "分管领导" not in page
    page = get(office, "desks:ledger", columns="all").content.decode()
    assert all(column.head in page for column in COLUMNS)


def test_the_main_columns_say_the_same_whether_few_or_all_are_shown(town, office, get):
    town.build(26)
    few, whole = (get(office, "desks:ledger", **asked).context["rows"] for asked in ({}, {"columns": "all"}))
    said = MAIN - {"reply_due_on"}  # in words for the sheet, as a day for the page
    assert [[row.matter, row.light, row.due_on, row.provisional] for row in few] == [
        [row.matter, row.light, row.due_on, row.provisional] for row in whole
    ]
    assert [{key: row.values[key] for key in said} for row in few] == [{key: row.values[key] for key in said} for row in whole]


def test_what_stands_in_a_line_is_never_taken_for_markup(town, office, get):
    appeal = town.build(1)[0].appeal
    type(appeal).objects.filter(pk=appeal.pk).update(title="<b>路灯</b>不亮")
    page = get(office, "desks:ledger").content.decode()
    assert "&lt;b&gt;路灯&lt;/b&gt;不亮" in page
    assert "<b>路灯" not in page


def test_the_root_and_the_visits_stand_in_the_line(town, office, get):
    matters = dict(zip(FATES, town.build(13), strict=True))
    town.root(matters["ready"].appeal)
    row = next(row for row in get(office, "desks:ledger", columns="all").context["rows"] if row.matter == matters["ready"])
    assert row.values["root"] == "缺少接送区"
    assert row.values["visits"] == "应访2 访到1 满意1 未联系上1"


def test_the_sheet_holds_exactly_what_the_filter_shows(town, office, get):
    town.build(26)
    shown = get(office, "desks:ledger", state="accepted").context["rows"]
    answer = get(office, "desks:export", state="accepted")
    book = load_workbook(BytesIO(answer.content))
    lines = list(book.worksheets[0].values)
    assert list(lines[0])[: len(COLUMNS)] == [column.head for column in COLUMNS]
    hidden = [letter for letter, column in book.worksheets[0].column_dimensions.items() if column.hidden]
    assert hidden == ["AA", "AB"]
    assert [line[0] for line in lines[1:]] == [row.matter.number for row in shown]
    assert "状态：办理中" in "".join(str(line) for line in book.worksheets[1].values)
    assert "xlsx" in answer["Content-Disposition"]


def test_a_handler_takes_away_only_their_unit_s_lines(town, handler, leader, get):
    town.build(13)
    lines = list(load_workbook(BytesIO(get(handler, "desks:export").content)).worksheets[0].values)
    assert {line[0] for line in lines[1:]} == set(Matter.objects.held_by(handler).values_list("number", flat=True))
    assert get(leader, "desks:export").status_code == 403


def test_a_filter_that_makes_no_sense_shows_everything_and_says_so(town, office, get):
    town.build(5)
    page = get(office, "desks:ledger", state="nonsense", after="x")
    assert page.status_code == 200
    assert page.context["form"].errors
    assert page.context["seen"].total == 5


def test_no_citizen_is_named_on_the_ledger(town, office, get):
    town.build(13)
    page = get(office, "desks:ledger").content.decode()
    assert "王某" not in page
    assert "138000" not in page
