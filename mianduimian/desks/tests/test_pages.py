"""Wall chart, screen, roll-up and briefing: drawn from the same rows as everything else."""

from datetime import date

import pytest

from mianduimian.desks.briefing import Kept, concerned, earlier, hottest, kept
from mianduimian.desks.lines import look
from mianduimian.desks.tests.town import DUE, TODAY
from mianduimian.desks.wall import draw
from mianduimian.people.models import Region
from mianduimian.solicitation.models import Round

pytestmark = pytest.mark.django_db


def test_the_wall_hangs_what_the_ledger_lists(town, round, office):
    town.build(26)
    wall, seen = draw(round, office, TODAY), look(office, {"round": round}, TODAY)
    assert wall.total == seen.total == 26
    assert wall.lights == seen.lights


def test_each_mark_leads_to_the_matters_of_its_unit_and_week(town, round, office, client):
    town.build(13)
    client.force_login(office)
    wall = draw(round, office, TODAY)
    cells = [cell.marks for line in wall.lines for cell in line.cells if cell.marks]
    assert sum(mark.number for marks in cells for mark in marks) == sum(wall.nodes.values())
    for marks in cells:
        assert 0 < client.get(marks[0].url).context["seen"].total <= sum(mark.number for mark in marks)


def test_each_row_leads_to_its_unit_on_the_ledger(town, round, office, client):
    town.build(13)
    client.force_login(office)
    assert [client.get(line.url).context["seen"].total for line in draw(round, office, TODAY).lines] == [
        line.total for line in draw(round, office, TODAY).lines
    ]


def test_a_handler_sees_only_the_row_of_their_unit(town, round, handler, get):
    town.build(13)
    page = get(handler, "desks:wall", round.code)
    assert [line.word for line in page.context["wall"].lines] == [handler.units[0].short]


def test_the_empty_wall_says_so(round, office, town, get):
    assert "还没有事项上墙" in get(office, "desks:wall", round.code).content.decode()


def test_the_roll_up_adds_up(town, round, office, get):
    town.build(13)
    town.meeting()
    county = Region.objects.get(pk="441621")
    Round.objects.create(
        code="441621-2023-01", number=1, year=2023, focus="上学难", theme="school", level="county", region=county, host="县长",
        office=round.office, rulebook="heyuan-2.0", opened_on=TODAY, opened_by=office,
    )  # fmt: skip
    page = get(office, "desks:rollup")
    assert [number for _word, number in page.context["whole"]] == [2, 1, 26, 13, 4, 1]
    assert [level.whole.figures["rounds"] for level in page.context["levels"]] == [1, 1, 0]
    assert "紫金县" in page.content.decode()


def test_a_county_rolls_up_only_itself(town, round, hire, get):
    town.build(5)
    whole = get(hire("office", "zijin"), "desks:rollup").context["whole"]
    assert [number for _word, number in whole] == [0] * 6


def test_the_briefing_shows_the_loudest_first_without_anybodys_telephone(town, round, office, get):
    town.build(5)
    loud = town.appeal()
    for _n in range(3):
        town.said(loud)
    assert hottest(round)[0].appeal == loud
    page = get(office, "desks:briefing", round.code).content.decode()
    assert "139****5678" in page
    assert "13912345678" not in page


def test_what_is_confidential_is_not_read_out(town, round):
    one = town.said(town.appeal())
    type(one).objects.filter(round=round).update(confidential=True)
    assert [hot.words for hot in hottest(round)] == [[]]


def test_units_concerned_are_counted_by_appeal_and_by_voice(town, round):
    town.build(6)
    assert [(appeals, voices) for _unit, appeals, voices in concerned(round)] == [(2, 4)] * 3


def test_earlier_promises_on_the_theme_are_remembered(town, round, office):
    town.build(5)
    town.meeting()
    later = Round.objects.create(
        code="441600-2024-01", number=1, year=2024, focus="停车难", theme="travel", level="city", region=round.region,
        host="书记", office=round.office, rulebook="heyuan-2.0", opened_on=date(2024, 1, 2), opened_by=office,
    )  # fmt: skip
    assert [one.kept for one in earlier(later, TODAY)] == [Kept.OVERDUE]
    assert earlier(round, TODAY) == []


def test_a_promise_is_kept_once_the_matter_is_settled():
    assert kept(DUE, "settled", TODAY) == Kept.KEPT
    assert kept(DUE, "accepted", TODAY) == Kept.OVERDUE
    assert kept(TODAY, "accepted", TODAY) == Kept.RUNNING
    assert kept(DUE, "", DUE) == Kept.RUNNING
