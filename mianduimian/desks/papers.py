"""上墙与印发: the wall chart for A3 and A1, word for word what the screen shows, and the ledger of a round as a paper."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from mianduimian.archive.models import wording
from mianduimian.archive.rules import Kind
from mianduimian.desks.columns import rows
from mianduimian.desks.wall import Cell, Head, Lamp, Line, Wall
from mianduimian.ledger.models import Matter
from mianduimian.ledger.sheets import COLUMNS
from mianduimian.papers import Paper, Para, Table, day
from mianduimian.papers.poster import Bit, Poster, Square, Strip
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import official

AT_ONCE = 500
LONGEST = 60  # signs of one entry, as on the page: a row must fit on a sheet, and several should
# 台账的栏: what stands in one cell, one under the other, and its width in millimetres, in which a date stands unbroken even in a
# wide substitute of 仿宋; 期/主题 stands over the table.
SHARED = (
    (("number", "turn"), 16.5), (("summary", "region", "category"), 16.5), (("channels", "voices"), 14.5),
    (("first", "lead", "assists"), 16), (("overseer", "leader", "responsible"), 15), (("measures",), 20),
    (("milestones",), 21), (("solve_by", "reply_due_on"), 20.5), (("progress",), 13.5), (("light", "state"), 12),
    (("solved", "public"), 24), (("visits", "root"), 15), (("closed",), 20.5),
)  # fmt: skip


@official
def ledger_paper(round: Round, on: date, number: str = "") -> Paper:
    """台账: every matter of the round on a day, in the officials' columns, a matter a row."""
    words, issuer = wording(Kind.LEDGER, round.region), _("%(region)s“面对面”工作专班") % {"region": round.region.name}
    keys = list(Matter.objects.of(round).order_by("number").values_list("pk", flat=True))
    told = {"focus": round.focus, "on": day(on), "matters": len(keys)}
    heads = {column.key: _(column.head) for column in COLUMNS}
    head = tuple("\n".join(heads[key] for key in cell) for cell, _width in SHARED)
    over = f"{heads['round']}：{round.code} {round.focus}"
    table = Table(head, tuple(_rows(keys, on)), widths=tuple(width for _cell, width in SHARED), caption=over)
    return Paper(
        kind="台账",
        title=words.say("title", **told),
        issuer=issuer,
        number=number,
        body=(Para(words.say("note", **told)), Para(words.say("cut", **told)), table),
        signed=issuer,
        on=on,
        red_head=False,
        landscape=True,
    )


def _rows(keys: list[int], on: date) -> Iterator[tuple[str, ...]]:
    for at in range(0, len(keys), AT_ONCE):
        for row in rows(keys[at : at + AT_ONCE], on):
            channels = str(row.values["channels"]).replace("、", "\n")
            values = row.values | {"number": _in_lines(row.matter.number), "channels": channels}
            yield tuple("\n".join(_entry(values[key]) for key in cell) for cell, _width in SHARED)


def _in_lines(number: str) -> str:
    """441600-2026-01-0007 in a narrow cell: place, year and round, number, one under the other."""
    return re.sub(r"-(?=\d{4}\b)", "-\n", number)


def _entry(value: object) -> str:
    """One entry of a cell; what is empty is seen to be, what is too long is cut, in a list between two lines of it."""
    words = "" if value is None else str(value).strip()
    if len(words) <= LONGEST:
        return words or "—"
    kept = words[: LONGEST - 1]
    whole = kept.rfind("\n") + 1
    return f"{kept[:whole] if whole > LONGEST // 2 else kept}…"


def poster(wall: Wall) -> Poster:
    """The chart as it hangs."""
    return Poster(
        title=wall.title,
        lead=wall.lead,
        figures=tuple(map(_lamp, wall.shining)),
        corner=wall.corner,
        weeks=tuple(_head(head) for head in wall.heads),
        today=(wall.now, wall.day / 7),
        road=Strip(((Bit(wall.road_word, "strong"),),), tuple(map(_square, wall.road))),
        rows=tuple(map(_strip, wall.lines)),
        legend=(*map(_lamp, wall.summed), (Bit(wall.explained, "quiet"),)),
        on=wall.on,
    )


def _lamp(lamp: Lamp) -> tuple[Bit, ...]:
    return (Bit(lamp.sign, lamp.key), Bit(f"{lamp.word} {lamp.number}"))


def _head(head: Head) -> tuple[str, ...]:
    return tuple(filter(None, (head.word, head.today)))


def _strip(line: Line) -> Strip:
    lights = [bit for one in line.lights for bit in (Bit(one.sign, one.key), Bit(str(one.number)))]
    counted = [Bit(line.count)] if line.count else []
    first = (Bit(line.word, "strong"),)
    second = (*counted, *lights, *([Bit(line.note, "quiet")] if line.note else []))
    return Strip((first, second) if second else (first,), tuple(map(_square, line.cells)))


def _square(cell: Cell) -> Square:
    stages = ((Bit(f"{stage.sign} {stage.word} {stage.short}", "road"),) for stage in cell.stages)
    marks = ((Bit(mark.sign.shape, mark.sign.value), Bit(mark.word, mark.sign.value)) for mark in cell.marks)
    return Square((*stages, *marks), cell.span)
