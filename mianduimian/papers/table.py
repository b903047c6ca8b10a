"""表: ruled tables and forms that fill the width of the text."""

from collections.abc import Iterator, Sequence
from math import sqrt
from unicodedata import east_asian_width

from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.ink import FANGSONG, HEI, Look, el, paragraph
from mianduimian.papers.measure import SIZE_4, SIZE_5, SMALL_4, THIN_RULE, Size, eighths, mm
from mianduimian.papers.plain import Facts, Table
from mianduimian.papers.wording import clean, one_line

MANY_COLUMNS = 6
CELL_MARGIN = mm(1.5)
FORM_LABEL = mm(36)
NARROWEST, WIDEST = 2.5, 24
GAP = Look(line=160)


def table(block: Table, width: int) -> Iterator[BaseOxmlElement]:
    """The caption, the table with its head on every page, and a gap, for two tables that touch grow together."""
    size = SMALL_4 if len(block.head) <= MANY_COLUMNS else SIZE_5
    if block.caption:
        yield paragraph(Look(face=HEI, size=SIZE_4, align="center", line=500, before=120, keep=True), one_line(block.caption))
    widths = shares(block, width, size)
    rows = [_row(block.head, widths, [_cell_look(HEI, size, "center")] * len(widths), head=True)]
    looks = [_cell_look(FANGSONG, size, align) for align in _aligns(block)]
    rows += [_row(row, widths, looks) for row in block.rows]
    yield _ruled(widths, rows)
    yield paragraph(GAP)


def facts(block: Facts, width: int) -> Iterator[BaseOxmlElement]:
    """A form: names of facts in 黑体 on the left, the facts on the right."""
    widths = [FORM_LABEL, width - FORM_LABEL]
    looks = [_cell_look(HEI, SIZE_4, "center"), _cell_look(FANGSONG, SIZE_4, "left")]
    yield _ruled(widths, [_row(pair, widths, looks, height=mm(11)) for pair in block.pairs])
    yield paragraph(GAP)


def shares(block: Table, width: int, size: Size) -> list[int]:
    """Column widths in twips that fill the text: as told, or by how much each column has to say."""
    if block.widths:
        wanted = [float(told) for told in block.widths]
    else:
        least = 2 * CELL_MARGIN / size.pitch
        wanted = [_weight([head, *cells]) + least for head, *cells in zip(block.head, *block.rows, strict=True)]
    ends = [round(width * sum(wanted[:n]) / sum(wanted)) for n in range(len(wanted) + 1)]
    return [end - start for start, end in zip(ends, ends[1:], strict=False)]


def _weight(cells: Sequence[object]) -> float:
    """A column's claim in characters: its longest line when short, growing ever slower when long."""
    longest = max(breadth(line) for cell in cells for line in clean(cell).split("\n"))
    return min(max(longest, NARROWEST) if longest <= 6 else 6 + 2 * sqrt(longest - 6), WIDEST)


def breadth(text: str) -> float:
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _aligns(block: Table) -> list[str]:
    """Short columns stand in the middle, long ones at the left."""
    columns = zip(*block.rows, strict=True) if block.rows else [()] * len(block.head)
    return ["center" if max((breadth(clean(cell)) for cell in cells), default=0) <= 8 else "left" for cells in columns]


def _cell_look(face: str, size: Size, align: str) -> Look:
    return Look(face=face, size=size, align=align, line=round(size.points * 20 * 1.35))


def _row(cells: Sequence[object], widths: list[int], looks: list[Look], head: bool = False, height: int = 0) -> BaseOxmlElement:
    settings = el(
        "trPr",
        el("cantSplit"),
        el("trHeight", val=height, hRule="atLeast") if height else None,
        el("tblHeader") if head else None,
    )
    return el("tr", settings, *(_cell(*cell) for cell in zip(cells, widths, looks, strict=True)))


def _cell(text: object, width: int, look: Look) -> BaseOxmlElement:
    settings = el("tcPr", el("tcW", w=width, type="dxa"), el("vAlign", val="center"))
    return el("tc", settings, *(paragraph(look, line) for line in clean(text).split("\n")))


def _ruled(widths: list[int], rows: list[BaseOxmlElement]) -> BaseOxmlElement:
    rule = {"val": "single", "sz": eighths(THIN_RULE), "space": 0, "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    settings = el(
        "tblPr",
        el("tblW", w=sum(widths), type="dxa"),
        el("jc", val="center"),
        el("tblBorders", *(el(side, **rule) for side in sides)),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w=CELL_MARGIN, type="dxa"), el("right", w=CELL_MARGIN, type="dxa")),
    )
    return el("tbl", settings, el("tblGrid", *(el("gridCol", w=width) for width in widths)), *rows)
