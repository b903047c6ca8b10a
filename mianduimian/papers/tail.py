"""版尾: names of attachments, signature and date, and the 版记 at the foot of the last page."""

from collections.abc import Iterator
from datetime import date

from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.ink import HEI, TEXT, Look, el, paragraph
from mianduimian.papers.measure import LINE, SIZE_4, THICK_RULE, THIN_RULE, eighths
from mianduimian.papers.plain import Attachment, Paper
from mianduimian.papers.table import breadth
from mianduimian.papers.wording import day, one_line

DATE_FROM_RIGHT = 4
SEAL_ROOM = 2 * LINE


def listed(annexes: tuple[Attachment, ...]) -> Iterator[BaseOxmlElement]:
    """附件说明 one line under the text; turned lines stand under the first sign of the name."""
    for n, annex in enumerate(annexes, 1):
        lead = ("附件：" if n == 1 else "") + (f"{n}." if len(annexes) > 1 else "")
        inner = 3 + (1 if len(annexes) > 1 else 0)
        first = -inner if n == 1 else inner - 4
        look = TEXT.but(first=first, left=2 + inner, before=LINE if n == 1 else 0)
        yield paragraph(look, lead + one_line(annex.title))


def signature(signed: str, on: date | None) -> Iterator[BaseOxmlElement]:
    """署名 in the middle over 成文日期, which ends four characters from the right."""
    written = day(on) if on else ""
    middle = DATE_FROM_RIGHT + breadth(written) / 2
    before = SEAL_ROOM
    if signed:
        words = one_line(signed)
        right = max(0, middle - breadth(words) / 2) if on else DATE_FROM_RIGHT
        yield paragraph(Look(align="right", right=right, before=before, keep=bool(on)), words)
        before = 0
    if on:
        yield paragraph(Look(align="right", right=DATE_FROM_RIGHT, before=before), written)


def imprint(paper: Paper, width: int) -> Iterator[BaseOxmlElement]:
    """版记: copies and printer between rules of 0.35, 0.25 and 0.35 mm, at the foot of the last page."""
    lines = [*_copies(paper), *_printed(paper, width)]
    if lines:
        rows = [el("tr", el("trPr", el("cantSplit")), _cell(line, width, n, len(lines))) for n, line in enumerate(lines)]
        yield el("tbl", _place(width), el("tblGrid", el("gridCol", w=width)), *rows)
        yield paragraph(Look(line=20))


def _copies(paper: Paper) -> Iterator[BaseOxmlElement]:
    if paper.copies:
        words = "，".join(one_line(copy) for copy in paper.copies)
        yield paragraph(Look(size=SIZE_4, line=LINE - 60, first=-3, left=4, right=1), f"抄送：{words}。")


def _printed(paper: Paper, width: int) -> Iterator[BaseOxmlElement]:
    if paper.printed_by or paper.printed_on:
        look = Look(size=SIZE_4, line=LINE - 60, left=1, right=1, align="left", tab=width - round(SIZE_4.pitch))
        when = f"{day(paper.printed_on)}印发" if paper.printed_on else ""
        yield paragraph(look, f"{one_line(paper.printed_by)}\t{when}")


def _cell(line: BaseOxmlElement, width: int, n: int, of: int) -> BaseOxmlElement:
    above, below = THIN_RULE if n else THICK_RULE, THICK_RULE if n == of - 1 else THIN_RULE
    rules = el("tcBorders", _rule("top", above), _rule("bottom", below))
    return el("tc", el("tcPr", el("tcW", w=width, type="dxa"), rules), line)


def _rule(side: str, thickness: float) -> BaseOxmlElement:
    return el(side, val="single", sz=eighths(thickness), space=0, color="000000")


def _place(width: int) -> BaseOxmlElement:
    """A table that hangs on the lower edge of the text area."""
    return el(
        "tblPr",
        el("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="center", tblpYSpec="bottom"),
        el("tblW", w=width, type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w=0, type="dxa"), el("right", w=0, type="dxa")),
    )


def annex_mark(n: int, of: int, new_page: bool) -> BaseOxmlElement:
    """附件 and its number in 黑体 at the head of the attachment's first page."""
    return paragraph(Look(face=HEI, new_page=new_page), f"附件{n if of > 1 else ''}")
