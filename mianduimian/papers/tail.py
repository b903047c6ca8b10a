"""版尾: names of attachments, signature and date, and the 版记 at the foot of the last page."""

from collections.abc import Iterator
from datetime import date

from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.ink import HEI, TEXT, Look, el, paragraph, rule
from mianduimian.papers.measure import LINE, SIZE_4, THICK_RULE, THIN_RULE, Page, eighths, mm
from mianduimian.papers.plain import Attachment, Paper
from mianduimian.papers.table import breadth
from mianduimian.papers.wording import day, one_line

DATE_FROM_RIGHT = 4
SEAL_ROOM = 2 * LINE
IMPRINT = Look(size=SIZE_4, line=520, right=1, align="left")


def listed(annexes: tuple[Attachment, ...]) -> Iterator[BaseOxmlElement]:
    """附件说明 one line under the text; turned lines stand under the first sign of the name."""
    for n, annex in enumerate(annexes, 1):
        lead = ("附件：" if n == 1 else "") + (f"{n}." if len(annexes) > 1 else "")
        inner = 4 if len(annexes) > 1 else 3
        look = TEXT.but(first=-inner if n == 1 else -1, left=2 + inner, before=LINE if n == 1 else 0, keep=True)
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


def imprint(paper: Paper, page: Page) -> BaseOxmlElement | None:
    """版记: copies and printer between rules of 0.35, 0.25 and 0.35 mm, a table on the lower edge of the text area."""
    lines = [*_copies(paper), *_printed(paper, page.text_width)]
    if not lines:
        return None
    rules = [THICK_RULE, *[THIN_RULE] * (len(lines) - 1), THICK_RULE]
    rows = [_row(line, page.text_width, *rules[n : n + 2]) for n, line in enumerate(lines)]
    settings = el(
        "tblPr",
        # The place is told from the sheet's edge: told from the text's, LibreOffice leaves the table where it stands.
        el("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=mm(page.left), tblpYSpec="bottom"),
        el("tblW", w=page.text_width, type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblCellMar", el("left", w=0, type="dxa"), el("right", w=0, type="dxa")),
    )
    return el("tbl", settings, el("tblGrid", el("gridCol", w=page.text_width)), *rows)


def _copies(paper: Paper) -> Iterator[BaseOxmlElement]:
    if paper.copies:
        words = "，".join(one_line(copy) for copy in paper.copies)
        yield paragraph(IMPRINT.but(first=-3, left=4), f"抄送：{words}。")


def _printed(paper: Paper, width: int) -> Iterator[BaseOxmlElement]:
    if paper.printed_by or paper.printed_on:
        when = f"{day(paper.printed_on)}印发" if paper.printed_on else ""
        yield paragraph(IMPRINT.but(left=1, tab=width - round(SIZE_4.pitch)), f"{one_line(paper.printed_by)}\t{when}")


def _row(line: BaseOxmlElement, width: int, above: float, below: float) -> BaseOxmlElement:
    rules = el("tcBorders", rule("top", eighths(above)), rule("bottom", eighths(below)))
    return el("tr", el("trPr", el("cantSplit")), el("tc", el("tcPr", el("tcW", w=width, type="dxa"), rules), line))


def annex_mark(n: int, of: int, new_page: bool) -> BaseOxmlElement:
    """附件 and its number in 黑体 at the head of the attachment's first page."""
    return paragraph(Look(face=HEI, new_page=new_page), f"附件{n if of > 1 else ''}")
