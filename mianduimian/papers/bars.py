"""图: bars drawn as the cells of a table, sharp in print, readable by a machine that reads aloud."""

from collections.abc import Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.ink import HEI, Look, el, paragraph, run
from mianduimian.papers.measure import SIZE_5, mm
from mianduimian.papers.plain import Bars
from mianduimian.papers.table import CAPTION, GAP
from mianduimian.papers.wording import one_line

LABEL, VALUE, STEPS = mm(34), mm(18), 60
SIGN = Look(size=SIZE_5, line=300)
THIN = Look(size=SIZE_5, line=60)


def bars(block: Bars, width: int) -> Iterator[BaseOxmlElement]:
    """The caption, one row a bar with its name and its number, and what the colours mean."""
    if not block.rows:
        return
    yield paragraph(CAPTION, one_line(block.caption))
    unit = (width - LABEL - VALUE) // STEPS
    most = max(sum(count for count, _colour in parts) for _label, parts in block.rows)
    rows = []
    for label, parts in block.rows:
        rows += [_row(label, lengths([count for count, _colour in parts], most), parts, unit), _air(unit)]
    settings = el(
        "tblPr",
        el("tblW", w=LABEL + VALUE + STEPS * unit, type="dxa"),
        el("jc", val="center"),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w=40, type="dxa"), el("right", w=40, type="dxa")),
    )
    columns = [LABEL, *[unit] * STEPS, VALUE]
    yield el("tbl", settings, el("tblGrid", *(el("gridCol", w=column) for column in columns)), *rows)
    yield paragraph(SIGN.but(align="center", before=60), *_legend(block))
    yield paragraph(GAP)


def lengths(counts: list[int], most: int) -> list[int]:
    """How many steps each part takes of the longest bar; whatever was counted is seen."""
    return [max(1, round(STEPS * count / most)) if count else 0 for count in counts]


def _row(label: str, steps: list[int], parts: tuple[tuple[int, str], ...], unit: int) -> BaseOxmlElement:
    drawn = [(length, colour) for length, (_count, colour) in zip(steps, parts, strict=True) if length]
    while (over := sum(length for length, _colour in drawn) - STEPS) > 0:
        longest = max(range(len(drawn)), key=lambda n: drawn[n][0])
        drawn[longest] = (drawn[longest][0] - over, drawn[longest][1])
    rest = STEPS - sum(length for length, _colour in drawn)
    cells = [_cell(LABEL, SIGN.but(align="right"), one_line(label))]
    cells += [_cell(length * unit, SIGN, "", length, colour) for length, colour in drawn]
    cells += [_cell(rest * unit, SIGN, "", rest)] if rest else []
    cells.append(_cell(VALUE, SIGN.but(align="left"), "+".join(str(count) for count, _colour in parts)))
    return el("tr", el("trPr", el("cantSplit")), *cells)


def _air(unit: int) -> BaseOxmlElement:
    return el("tr", el("trPr", el("cantSplit")), _cell(LABEL + VALUE + STEPS * unit, THIN, "", STEPS + 2))


def _cell(width: int, look: Look, text: str, across: int = 1, fill: str = "") -> BaseOxmlElement:
    settings = el(
        "tcPr",
        el("tcW", w=width, type="dxa"),
        el("gridSpan", val=across) if across > 1 else None,
        el("shd", val="clear", color="auto", fill=fill) if fill else None,
        el("vAlign", val="center"),
    )
    return el("tc", settings, paragraph(look, *([text] if text else [])))


def _legend(block: Bars) -> Iterator[BaseOxmlElement]:
    for word, colour in block.legend:
        yield run("■", SIGN.but(face=HEI, colour=colour))
        yield run(f"{one_line(word)}　", SIGN)
