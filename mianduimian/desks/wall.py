"""挂图: units × weeks, drawn from the same rows as the ledger."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.lines import lit
from mianduimian.desks.rules import Band, Sign, Work, bands, monday, weeks
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Light
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round

NOBODY = 0


def ledger_url(**wanted: Any) -> str:
    """The ledger, filtered."""
    said = {name: value for name, value in wanted.items() if value not in ("", None)}
    return reverse("desks:ledger") + (f"?{urlencode(said)}" if said else "")


@dataclass(frozen=True)
class Mark:
    """A mark in one week of one unit: how many nodes came to this, and where they are listed."""

    sign: Sign
    number: int
    url: str


@dataclass(frozen=True)
class Cell:
    """One week of one unit."""

    week: date
    marks: list[Mark]
    span: bool
    today: bool


@dataclass(frozen=True)
class Line:
    """One unit's row: its name, its matters by light, its weeks."""

    word: str
    url: str
    total: int
    lights: list[tuple[Light, int, str]]
    cells: list[Cell]


@dataclass(frozen=True)
class Wall:
    """The whole chart: weeks across, units down, sums beneath."""

    weeks: list[date]
    lines: list[Line]
    lights: Counter[str]
    nodes: Counter[str]
    this_week: date

    @property
    def total(self) -> int:
        """How many matters hang on it."""
        return sum(self.lights.values())

    @property
    def summed(self) -> list[tuple[Sign, int]]:
        """The legend: every sign with how many nodes carry it."""
        return [(sign, self.nodes[sign.value]) for sign in Sign]


def draw(round: Round, person: Person, on: date) -> Wall:
    """The chart of a round as this person sees it, in a fixed number of queries."""
    return hang(lit(Matter.objects.seen_by(person).of(round)), round, on)


def hang(matters: list[Matter], round: Round, on: date) -> Wall:
    """The chart of these matters, whose lights can be computed."""
    works = [_work(matter, on) for matter in matters]
    rows = bands(works, on)
    days = weeks([day for work in works for day in work.days] + ([on] if works else []))
    units = Unit.objects.in_bulk([row.unit for row in rows])
    nodes: Counter[str] = Counter()
    for row in rows:
        for marks in row.marks.values():
            nodes += marks
    return Wall(
        weeks=days,
        lines=[_line(row, units.get(row.unit), round, days, on) for row in rows],
        lights=sum((row.lights for row in rows), Counter()),
        nodes=nodes,
        this_week=monday(on),
    )


def _work(matter: Matter, on: date) -> Work:
    given = matter.assignment
    since = given.on if given else matter.opened_on
    return Work(given.lead_id if given else NOBODY, since, tuple(matter.nodes()), matter.light(on))


def _line(row: Band, unit: Unit | None, round: Round, days: list[date], on: date) -> Line:
    wanted: dict[str, Any] = {"round": round.code} | ({"unit": unit.pk} if unit else {"state": "open"})
    return Line(
        word=unit.short if unit else _("尚未交办"),
        url=ledger_url(**wanted),
        total=row.total,
        lights=[(light, row.lights[light.value], ledger_url(**wanted, light=light.value)) for light in Light],
        cells=[_cell(row, week, wanted, on) for week in days],
    )


def _cell(row: Band, week: date, wanted: dict[str, Any], on: date) -> Cell:
    found = row.marks.get(week, Counter())
    url = ledger_url(**wanted, week=week)
    marks = [Mark(sign, found[sign.value], url) for sign in Sign if found[sign.value]]
    return Cell(week, marks, row.spans(week), week == monday(on))


def around(wall: Wall, before: int, after: int) -> Wall:
    """The part of the chart around this week, for a screen that is read from afar."""
    first, last = wall.this_week - timedelta(7 * before), wall.this_week + timedelta(7 * after)
    lines = [
        Line(line.word, line.url, line.total, line.lights, [cell for cell in line.cells if first <= cell.week <= last])
        for line in wall.lines
    ]
    return Wall([week for week in wall.weeks if first <= week <= last], lines, wall.lights, wall.nodes, wall.this_week)
