"""挂图: zoomed from the round to a unit to a matter; the road map; the same words on the screen and on paper."""

from datetime import date, timedelta

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mianduimian.desks.tests.town import DUE, GIVEN, TODAY
from mianduimian.desks.views import wall as views
from mianduimian.desks.wall import Look, draw
from mianduimian.ledger.models import Matter
from mianduimian.papers.poster import PAPERS
from mianduimian.papers.tests.printed import Printed
from mianduimian.solicitation.models import Call
from mianduimian.taskforce.models import Member, Milestone

pytestmark = pytest.mark.django_db

MM = 72 / 25.4
ZOOMS = [{}, {"rows": "matters"}, {"unit": "traffic_police"}, {"matter": "first"}]


@pytest.fixture
def asked(town, round):
    """The words of the address for one zoom; the first matter is asked for by its key."""

    def find(zoom):
        first = Matter.objects.of(round).filter(state="accepted").first().pk
        return {name: first if value == "first" else value for name, value in zoom.items()}

    return find


def seen(page) -> str:
    """What somebody reads of the chart on the page: title, lead, figures, table, legend; blanks do not count."""
    tree = lxml.html.fromstring(page.content.decode())
    for hidden in tree.xpath("//*[contains(concat(' ', @class, ' '), ' unseen ')]"):
        hidden.drop_tree()
    parts = tree.xpath("//h1") + tree.xpath("//p[@class='lead']") + tree.xpath("//div[@id='chart']")
    return "".join("".join(part.text_content() for part in parts).split())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("zoom", ZOOMS, ids=str)
def test_the_paper_says_exactly_what_the_screen_says(town, round, office, get, asked, zoom, paper):
    town.build(26)
    town.meeting()
    wanted = asked(zoom)
    page = get(office, "desks:wall", round.code, **wanted)
    printed = Printed(get(office, "desks:wall_paper", round.code, paper=paper, **wanted).content)
    assert len(printed.pages) == 1
    assert "".join(printed.text(1).split()) == seen(page)
    box = printed.reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx([side * MM for side in PAPERS[paper]], abs=0.5)


def test_only_known_papers_are_printed(town, round, office, get):
    assert get(office, "desks:wall_paper", round.code, paper="a0").status_code == 404


@pytest.mark.parametrize("zoom", ZOOMS, ids=str)
def test_many_matters_are_drawn_with_as_many_queries_as_few(town, round, office, get, asked, zoom):
    def cost():
        with CaptureQueriesContext(connection) as statements:
            assert get(office, "desks:wall", round.code, **asked(zoom)).status_code == 200
        return len(statements)

    town.build(13)
    cost()
    few = cost()
    town.build(39)
    assert cost() == few


def test_a_unit_is_zoomed_into_its_matters_the_most_pressing_first(town, round, office, unit):
    town.build(26)
    units = draw(round, office, TODAY)
    police = next(line for line in units.lines if line.word == unit("traffic_police").short)
    wall = draw(round, office, TODAY, Look(unit=unit("traffic_police")))
    assert wall.total == len(wall.lines) == police.total
    assert {lamp.key: int(lamp.number) for lamp in police.lights} == dict(wall.lights)
    shining = [line.lights[0].key for line in wall.lines]
    assert shining == sorted(shining, key=["red", "yellow", "green"].index)
    assert len(set(shining)) > 1


def test_a_matter_is_zoomed_into_its_nodes_with_days_weight_and_person(town, round, office):
    matter = town.build(3)[2]
    Milestone.objects.filter(measure__appeal=matter.appeal, text="完成划线").update(weight=3, responsible="李工")
    wall = draw(round, office, TODAY, Look(matter=matter.pk))
    assert [line.word for line in wall.lines] == ["完成勘查", "书面反馈", "完成划线", "完成时限"]
    notes = [" ".join(line.note.split()) for line in wall.lines]
    assert notes[2] == "11-16 → 12-22 · 李工 · 权重 3"
    assert "大队长 · 权重 1" in notes[0]
    marks = [(cell.week, mark.sign.value, mark.word) for line in wall.lines for cell in line.cells for mark in cell.marks]
    assert marks[0] == (date(2023, 11, 27), "red", "11-30")
    spans = [cell.week for cell in wall.lines[0].cells if cell.span]
    assert (spans[0], spans[-1]) == (date(2023, 11, 13), date(2023, 11, 27))


def test_somebody_elses_matter_is_not_zoomed_into(town, round, handler, get):
    matters = town.build(6)
    theirs = next(matter for matter in matters if matter.turn and matter.appeal.unit.key != "traffic_police")
    own = next(matter for matter in matters if matter.turn and matter.appeal.unit.key == "traffic_police")
    assert get(handler, "desks:wall", round.code, matter=theirs.pk).status_code == 404
    assert get(handler, "desks:wall", round.code, matter=own.pk).status_code == 200
    assert get(handler, "desks:wall_paper", round.code, matter=theirs.pk).status_code == 404
    assert get(handler, "desks:wall", round.code, unit="nobody").status_code == 404


def test_what_is_done_is_weighed(town, round, office):
    matter = town.build(2)[1]
    note = next(line.note for line in draw(round, office, TODAY).lines if line.total and line.note)
    assert note == "完成度 50.0%"
    Milestone.objects.filter(measure__appeal=matter.appeal, text="完成划线").update(weight=3)
    assert "完成度 25.0%" in [line.note for line in draw(round, office, TODAY).lines]


def test_the_road_map_goes_from_the_call_to_the_last_date_of_a_solution(town, round, office):
    town.build(3)
    town.meeting()
    days = {"opens_on": date(2023, 10, 21), "closes_on": date(2023, 10, 26), "issued_on": date(2023, 10, 20)}
    Call.objects.create(round=round, number="1", scope="全市", issued_by=office, **days)
    Member.objects.create(round=round, unit=round.office, kind="standing", since=GIVEN)
    wall = draw(round, office, TODAY)
    assert [(stage.word, stage.day, stage.passed) for stage in wall.stages] == [
        ("征集开始", date(2023, 10, 21), True),
        ("征集截止", date(2023, 10, 26), True),
        ("座谈会、专班组建、方案印发、首次交办", GIVEN, True),
        ("首件反馈到期", DUE, True),
        ("最晚完成时限", date(2024, 1, 10), False),
    ]
    assert [stage for cell in wall.road for stage in cell.stages] == wall.stages
    assert draw(round, office, TODAY, Look(matter=Matter.objects.of(round).last().pk)).stages == wall.stages
    assert (wall.weeks[0], wall.weeks[-1]) == (date(2023, 10, 16), date(2024, 1, 8))


@pytest.mark.parametrize("n", range(7))
def test_todays_line_stands_on_the_day_in_its_week(town, round, office, n):
    town.build(3)
    wall = draw(round, office, date(2023, 12, 11) + timedelta(n))
    assert (wall.day, wall.weeks[wall.now]) == (n, date(2023, 12, 11))
    assert [cell.week for cell in wall.lines[0].cells if cell.today] == [date(2023, 12, 11)]


def test_the_page_says_today_and_the_year_where_a_new_one_begins(town, round, office, get):
    town.build(13)
    page = get(office, "desks:wall", round.code).content.decode()
    assert "今天 12-11" in page and "2023-11-13" in page and "2024-1-1" in page
    assert 'data-day="0"' in page and page.count("td") > 40


def test_each_light_has_a_shape_and_a_word(town, round, office, get):
    town.build(13)
    tree = lxml.html.fromstring(get(office, "desks:wall", round.code).content.decode())
    lamps = tree.xpath("//*[@id='chart']//*[@data-light]")
    assert lamps
    shapes = {"green": "●", "yellow": "▲", "red": "■", "none": "○"}
    for lamp in lamps:
        said = lamp.text_content()
        assert shapes[lamp.get("data-light")] in said
        assert any(word in said for word in ("正常", "逾期", "连续逾期", "未到期", "已完成"))


def test_many_rows_are_shown_page_by_page_and_printed_as_shown(town, round, office, get, monkeypatch):
    monkeypatch.setattr(views, "ROWS", 5)
    town.build(13)
    pages = [get(office, "desks:wall", round.code, rows="matters", page=page) for page in (1, 2, 3)]
    rows = [[line.word + line.note for line in page.context["wall"].lines] for page in pages]
    assert [len(one) for one in rows] == [5, 5, 3] and len({row for one in rows for row in one}) == 13
    assert {page.context["wall"].total for page in pages} == {13}
    assert "page=2" in pages[0].content.decode() and "第 2/3 页" in pages[1].content.decode()
    printed = Printed(get(office, "desks:wall_paper", round.code, rows="matters", page=2).content)
    assert "".join(printed.text(1).split()) == seen(pages[1])
    for strange in ("0", "x", "99", "9" * 30):
        assert get(office, "desks:wall", round.code, rows="matters", page=strange).status_code == 200


def test_the_zooms_lead_on_and_back(town, round, office, get):
    matter = town.build(2)[1]
    here = reverse("desks:wall", args=[round.code])
    assert f"{here}?unit={matter.appeal.unit.key}" in get(office, "desks:wall", round.code).content.decode()
    unit = get(office, "desks:wall", round.code, unit=matter.appeal.unit.key).content.decode()
    assert f"{here}?matter={matter.pk}" in unit and "挂图 ·" in unit
    assert reverse("ledger:matter", args=[matter.pk]) in get(office, "desks:wall", round.code, matter=matter.pk).content.decode()


def test_nothing_on_the_chart_is_styled_or_scripted_inline(town, round, office, get):
    town.build(3)
    for name in ("desks:wall", "desks:screen"):
        page = get(office, name, round.code).content.decode()
        assert " style=" not in page and "<style" not in page and " onclick" not in page


def test_the_screen_shows_figures_then_the_road_map_then_the_units(town, round, office, get):
    town.build(26)
    town.meeting()
    first = get(office, "desks:screen", round.code)
    assert [first.context[name] for name in ("page", "pages", "following", "before")] == [1, 4, 2, 4]
    assert "收集来件" in first.content.decode() and "满意率" in get(office, "desks:screen", round.code, page=2).content.decode()
    road = get(office, "desks:screen", round.code, page=3).content.decode()
    assert "路线图" in road and "座谈会" in road
    last = get(office, "desks:screen", round.code, page=4)
    assert len(last.context["lines"]) == 4 and last.context["following"] == 1
    assert {cell.week for line in last.context["lines"] for cell in line.cells} == {
        date(2023, 12, 4) + timedelta(7 * n) for n in range(5)
    }
    assert [get(office, "desks:screen", round.code, page=page).context["page"] for page in ("99", "0", "x")] == [4, 1, 1]


def test_the_screen_of_an_empty_round_still_turns(round, office, town, get):
    page = get(office, "desks:screen", round.code, page=3)
    assert page.status_code == 200 and page.context["pages"] == 3
