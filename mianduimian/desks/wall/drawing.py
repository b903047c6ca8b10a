"""画: the matters of a round hung as units, as one unit's matters, or as the nodes of one matter."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.rules import Band, Sign, Work, bands, monday, share, sign, weeks
from mianduimian.desks.wall.chart import Cell, Lamp, Line, Mark, Wall, counted, ledger_url
from mianduimian.desks.wall.road import Stage, stages
from mianduimian.desks.wall.rows import hung
from mianduimian.ledger.models import Matter
from mianduimian.ledger.models.matters import MatterQuerySet
from mianduimian.ledger.rules import Kind, Light, Node, light
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round

NOBODY = 0
UNBROKEN = "\N{NO-BREAK SPACE}"
WORSE = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}


@dataclass(frozen=True)
class Look:
    """放大: what of the round hangs: its units, its matters, the matters of one unit, or one matter; and which page of rows."""

    unit: Unit | None = None
    matter: int | None = None
    matters: bool = False
    page: int = 1
    size: int = 60

    def of[T](self, rows: list[T]) -> list[T]:
        """The rows of the page; a page behind the last is the last."""
        page = min(max(self.page, 1), self.pages(len(rows)))
        return rows[(page - 1) * self.size : page * self.size]

    def pages(self, rows: int) -> int:
        """How many pages so many rows take."""
        return max(-(-rows // self.size), 1)


@dataclass(frozen=True)
class Step:
    """节点: what hangs in one row of one matter: its words, who answers for it, its weight, its days."""

    word: str
    kind: str
    first: date
    node: Node
    who: str = ""
    weight: int = 0


def draw(round: Round, person: Person, on: date, look: Look | None = None) -> Wall:
    """The chart of a round as this person sees it, in a fixed number of queries."""
    look = look or Look()
    matters = hung(_asked(Matter.objects.seen_by(person).of(round), look), round)
    road = stages(round, on)
    if look.matter:
        return _matter_wall(matters, road, round, on)
    if look.unit or look.matters:
        return _matters_wall(matters, road, round, on, look)
    return _units_wall(matters, road, round, on, look)


def _asked(found: MatterQuerySet, look: Look) -> MatterQuerySet:
    if look.matter:
        return found.filter(pk=look.matter)
    return found.led_in(look.unit) if look.unit else found


def _units_wall(matters: list[Matter], road: list[Stage], round: Round, on: date, look: Look) -> Wall:
    """One row a unit: how many of its nodes came to what in which week."""
    works = [_work(matter, on) for matter in matters]
    rows = bands(works, on)
    days = _weeks([day for work in works for day in work.days], road, on)
    units = Unit.objects.in_bulk([row.unit for row in rows])
    lines = [_unit_line(row, units.get(row.unit), round, days, on) for row in look.of(rows)]
    title = _("挂图：%(focus)s") % {"focus": round.focus}
    return _wall((title, _("牵头单位"), len(rows)), days, road, lines, works, on)


def _matters_wall(matters: list[Matter], road: list[Stage], round: Round, on: date, look: Look) -> Wall:
    """One row a matter, the most pressing first."""
    pairs = sorted(((_work(matter, on), matter) for matter in matters), key=lambda pair: _pressing(*pair))
    days = _weeks([day for work, _matter in pairs for day in work.days], road, on)
    lines = [_matter_line(matter, work.light, round, days, on) for work, matter in look.of(pairs)]
    named = {"focus": round.focus, "unit": look.unit.short if look.unit else _("全部事项")}
    title = _("挂图：%(focus)s · %(unit)s") % named
    return _wall((title, _("事项"), len(pairs)), days, road, lines, [work for work, _matter in pairs], on)


def _matter_wall(matters: list[Matter], road: list[Stage], round: Round, on: date) -> Wall:
    """One row a node: from when, until when, by whom."""
    if not matters:
        raise Http404
    matter = matters[0]
    work, steps = _work(matter, on), _steps(matter)
    days = _weeks([*work.days, *(step.first for step in steps)], road, on)
    lines = [_step_line(step, matter, work.light, days, on) for step in steps]
    named = {"number": matter.number, "title": matter.appeal.title}
    return _wall((_("挂图：%(number)s %(title)s") % named, _("节点"), len(lines)), days, road, lines, [work], on)


def _wall(
    words: tuple[str, str, int], days: list[date], road: list[Stage], lines: list[Line], works: list[Work], on: date
) -> Wall:
    nodes = Counter(sign(node, work.light, on).value for work in works for node in work.nodes)
    lights = Counter(work.light.value for work in works)
    cells = [Cell(week, today=week == monday(on), stages=[one for one in road if monday(one.day) == week]) for week in days]
    return Wall(*words, on, days, cells, lines, lights, nodes, road)


def _weeks(found: list[date], road: list[Stage], on: date) -> list[date]:
    return weeks([*found, *(stage.day for stage in road), on]) if found else []


def _work(matter: Matter, on: date) -> Work:
    given = matter.assignment
    since = given.on if given else matter.opened_on
    nodes, settled = tuple(matter.nodes()), matter.settled_on
    weights = [(step.weight, done_on or settled) for step, done_on in matter.steps]
    done, whole = (sum(weight for weight, done_on in weights if counts or done_on) for counts in (False, True))
    shine = light(nodes, on, matter.appeal.round.rules)
    return Work(given.lead_id if given else NOBODY, since, nodes, shine, done, whole)


def _pressing(work: Work, matter: Matter) -> tuple[int, date, str]:
    waiting = [node.due_on for node in work.nodes if node.done_on is None]
    return WORSE[work.light], min(waiting, default=date.max), matter.number


def _steps(matter: Matter) -> list[Step]:
    """The nodes of a matter by name: the written reply, every milestone, the solution."""
    given, settled = matter.assignment, matter.settled_on
    found = []
    if given:
        reply = Node(given.reply_due_on, given.replied_on)
        found.append(Step(Kind.REPLY.word, Kind.REPLY.word, given.on, reply, "、".join(matter.responsibles)))
    for step, done_on in matter.steps:
        who = step.responsible or step.measure.responsible
        found.append(Step(step.text, _("节点"), step.starts_on, Node(step.due_on, done_on or settled), who, step.weight))
    if matter.solve_by:
        since = given.on if given else matter.opened_on
        found.append(Step(_("完成时限"), Kind.SOLUTION.word, since, Node(matter.solve_by, settled)))
    return sorted(found, key=lambda step: step.node.due_on)


def _unit_line(row: Band, unit: Unit | None, round: Round, days: list[date], on: date) -> Line:
    wanted: dict[str, Any] = {"round": round.code} | ({"unit": unit.pk} if unit else {"state": "open"})
    here = reverse("desks:wall", args=[round.code])
    return Line(
        word=unit.short if unit else _("尚未交办"),
        url=ledger_url(**wanted),
        total=row.total,
        lights=[
            Lamp(one.value, one.word, str(row.lights[one]), ledger_url(**wanted, light=one.value))
            for one in Light
            if row.lights[one]
        ],
        count=counted(row.total),
        cells=[_unit_cell(row, week, wanted, on) for week in days],
        note=_done(row.done, row.whole),
        zoom=f"{here}?unit={unit.key}" if unit else f"{here}?rows=matters",
    )


def _done(done: int, whole: int) -> str:
    return _("完成度 %(share)s") % {"share": share(done, whole)} if whole else ""


def _unit_cell(row: Band, week: date, wanted: dict[str, Any], on: date) -> Cell:
    found = row.marks.get(week, Counter())
    url = ledger_url(**wanted, week=week) if found else ""
    marks = [Mark(one, found[one.value], url, str(found[one.value]), one.word) for one in Sign if found[one.value]]
    return Cell(week, marks, row.spans(week), week == monday(on))


def _matter_line(matter: Matter, shine: Light, round: Round, days: list[date], on: date) -> Line:
    steps, url = _steps(matter), reverse("ledger:matter", args=[matter.pk])
    marks: dict[date, list[Mark]] = {}
    for step in steps:
        marks.setdefault(monday(step.node.due_on), []).append(_mark(step, shine, url, step.kind, on))
    first = min((step.first for step in steps), default=matter.opened_on)
    last = max((step.node.due_on for step in steps), default=matter.opened_on)
    return Line(
        word=matter.appeal.title,
        url=url,
        total=1,
        lights=[Lamp(shine.value, shine.word, shine.word, url)],
        cells=_cells(days, first, last, marks, on),
        note=" · ".join(filter(None, (matter.number, "、".join(matter.responsibles)))),
        zoom=f"{reverse('desks:wall', args=[round.code])}?matter={matter.pk}",
    )


def _step_line(step: Step, matter: Matter, shine: Light, days: list[date], on: date) -> Line:
    url = reverse("ledger:matter", args=[matter.pk])
    mark = _mark(step, shine, url, f"{step.node.due_on:%m-%d}", on)
    weight = _("权重 %(n)s") % {"n": step.weight} if step.weight else ""
    ended = _("%(day)s 完成") % {"day": f"{step.node.done_on:%m-%d}"} if step.node.done_on else ""
    span = f"{step.first:%m-%d} → {step.node.due_on:%m-%d}"
    cells = _cells(days, step.first, step.node.due_on, {monday(step.node.due_on): [mark]}, on)
    note = " · ".join(part.replace(" ", UNBROKEN) for part in (span, step.who, weight, ended) if part)
    return Line(step.word, url, 1, [], cells, note=note)


def _mark(step: Step, shine: Light, url: str, word: str, on: date) -> Mark:
    became = sign(step.node, shine, on)
    return Mark(became, 1, url, word, f"{became.word} {step.word} {step.node.due_on}")


def _cells(days: Iterable[date], first: date, last: date, marks: dict[date, list[Mark]], on: date) -> list[Cell]:
    begin, now = monday(first), monday(on)
    return [Cell(week, marks.get(week, []), begin <= week <= last, week == now) for week in days]
