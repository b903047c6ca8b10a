"""表: ruled tables and forms that fill the width of the text."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.ink import FANGSONG, HEI, Look, el, paragraph
from mianduimian.papers.measure import SIZE_4, SIZE_5, SIZE_6, SMALL_4, SMALL_5, THIN_RULE, Size, eighths, mm
from mianduimian.papers.plain import Facts, Table
from mianduimian.papers.wording import clean, one_line

SIZES = ((6, SMALL_4), (12, SIZE_5), (16, SMALL_5))
CELL_MARGIN, FORM_MARGIN = mm(1), mm(2)
FORM_LABEL = mm(36)
FORM_ROOM = {"before": 80, "after": 80}  # twips over and under what a form says
SHORT, LONGEST_WORD, MARGINS = 2.0, 10.0, 1.2
UNBROKEN = re.compile("[!-~]+")
CAPTION = Look(face=HEI, size=SIZE_4, align="center", line=500, before=120, after=60, keep=True)
GAP, OVER = Look(line=160), Look(line=120)


def table(block: Table, width: int) -> Iterator[BaseOxmlElement]:
    """The caption, the table with its head on every page, and a gap, for two tables that touch grow together."""
    size = next((size for most, size in SIZES if len(block.head) <= most), SIZE_6)
    if block.caption:
        yield paragraph(CAPTION, one_line(block.caption))
    widths = shares(block, width, size)
    rows = [_row(block.head, widths, [_cell_look(HEI, size, "center")] * len(widths), head=True)]
    looks = [_cell_look(FANGSONG, size, align) for align in _aligns(block)]
    rows += [_row(row, widths, looks) for row in block.rows]
    yield _ruled(widths, rows)
    yield paragraph(GAP)


def facts(block: Facts, width: int) -> Iterator[BaseOxmlElement]:
    """A form with a little room over it: names of facts in 黑体 on the left, the facts on the right."""
    widths = [FORM_LABEL, width - FORM_LABEL]
    looks = [_cell_look(HEI, SIZE_4, "center").but(**FORM_ROOM), _cell_look(FANGSONG, SIZE_4, "left").but(**FORM_ROOM)]
    yield paragraph(OVER)
    yield _ruled(widths, [_row(pair, widths, looks, height=mm(11)) for pair in block.pairs], FORM_MARGIN)
    yield paragraph(GAP)


def shares(block: Table, width: int, size: Size) -> list[int]:
    """Column widths in twips that fill the text: as told, or by how much each column has to say."""
    wanted = [float(told) for told in block.widths] if block.widths else _wanted(block, width / size.pitch)
    ends = [round(width * sum(wanted[:n]) / sum(wanted)) for n in range(len(wanted) + 1)]
    return [end - start for start, end in zip(ends, ends[1:], strict=False)]


def _wanted(block: Table, width: float) -> list[float]:
    """Every column gets what must not be broken; of what is left none gets more than its text needs while another wants."""
    columns = [[clean(cell) for cell in cells] for cells in zip(block.head, *block.rows, strict=True)]
    shares = [_least(cells) for cells in columns]
    wants = [MARGINS + max(breadth(line) for cell in cells for line in cell.split("\n")) for cells in columns]
    for _ in columns:
        spare = width - sum(shares)
        hunger = [max(0, want - share) ** 0.7 for want, share in zip(wants, shares, strict=True)]
        if spare <= 0 or not any(hunger):
            break
        gifts = [spare * part / sum(hunger) for part in hunger]
        shares = [max(share, min(share + gift, want)) for share, gift, want in zip(shares, gifts, wants, strict=True)]
    return shares


def _least(cells: list[str]) -> float:
    """The breadth of a column's longest number or Latin word, or of two signs, with its margins."""
    whole = max((breadth(word) for cell in cells for word in UNBROKEN.findall(cell)), default=0)
    short = min(SHORT, max(breadth(cell) for cell in cells))
    return MARGINS + max(short, min(whole * 1.15, LONGEST_WORD))


def breadth(text: str) -> float:
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _aligns(block: Table) -> list[str]:
    """Short columns stand in the middle, long ones at the left."""
    columns = zip(*block.rows, strict=True) if block.rows else [()] * len(block.head)
    return ["center" if max((breadth(clean(cell)) for cell in cells), default=0) <= 8 else "left" for cells in columns]


def _cell_look(face: str, size: Size, align: str) -> Look:
    return Look(face=face, size=size, align=align, line=round(size.points * 28), before=40, after=40)


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


def _ruled(widths: list[int], rows: list[BaseOxmlElement], margin: int = CELL_MARGIN) -> BaseOxmlElement:
    rule = {"val": "single", "sz": eighths(THIN_RULE), "space": 0, "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    settings = el(
        "tblPr",
        el("tblW", w=sum(widths), type="dxa"),
        el("jc", val="center"),
        el("tblBorders", *(el(side, **rule) for side in sides)),
        el("tblLayout", type="fixed"),
        el("tblCellMar", *(el(side, w=margin, type="dxa") for side in ("left", "right"))),
    )
    return el("tbl", settings, el("tblGrid", *(el("gridCol", w=width) for width in widths)), *rows)
