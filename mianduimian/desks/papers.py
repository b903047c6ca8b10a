"""挂图上墙: the wall chart for A3 and A1, word for word what the screen shows."""

from mianduimian.desks.wall import Cell, Head, Lamp, Line, Wall
from mianduimian.papers.poster import Bit, Poster, Square, Strip


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
