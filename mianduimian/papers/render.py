"""付印: from plain data to the bytes of a Word file, the same bytes for the same paper."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.body import body
from mianduimian.papers.head import head, title
from mianduimian.papers.ink import Look, paragraph
from mianduimian.papers.measure import LINE
from mianduimian.papers.page import drop_baggage, lay_out, name_faces, number_pages, set_styles, sheet_of
from mianduimian.papers.plain import Attachment, Paper
from mianduimian.papers.tail import annex_mark, imprint, listed, signature
from mianduimian.papers.wording import one_line

NO_DATE = datetime(2012, 7, 1, tzinfo=UTC)


def render(paper: Paper) -> bytes:
    """One .docx file that looks as GB/T 9704-2012 wants."""
    document = docx.Document(BytesIO(_blank_sheet()))
    lay_out(document.sections[0], paper.landscape)
    _describe(document, paper)
    width = sheet_of(paper.landscape).text_width
    _add(document, [*head(paper, width), *_text(paper, width)])
    landscape = _append_annexes(document, paper)
    _set_foot(document, imprint(paper, sheet_of(landscape)))
    return _packed(document)


@cache
def _blank_sheet() -> bytes:
    """What every paper shares, made once: a thousand assignments are printed in seconds."""
    document = docx.Document()
    set_styles(document)
    name_faces(document)
    drop_baggage(document)
    number_pages(document)
    blank = BytesIO()
    document.save(blank)
    return blank.getvalue()


def _text(paper: Paper, width: int) -> list[BaseOxmlElement]:
    """The text with what closes it; its last line stays with the signature."""
    text = [*body(paper.body, width)]
    close = [*listed(paper.annexes), *([] if paper.is_minutes else signature(paper.signed, paper.on))]
    if text and close:
        text[-1].pPr.get_or_add_keepNext()
    return text + close


def _append_annexes(document: Document, paper: Paper) -> bool:
    """Each attachment that has a body begins a page; says whether the last sheet lies across."""
    landscape = paper.landscape
    bodies = [(n, annex) for n, annex in enumerate(paper.annexes, 1) if annex.body]
    for n, annex in bodies:
        turned = annex.landscape != landscape
        landscape = annex.landscape
        if turned:
            lay_out(document.add_section(WD_SECTION.NEW_PAGE), landscape)
        _add(document, [annex_mark(n, len(paper.annexes), new_page=not turned), *_annex(annex)])
    return landscape


def _annex(annex: Attachment) -> list[BaseOxmlElement]:
    heads = title(annex.title, before=LINE, after=LINE)
    return [*heads, *body(annex.body, sheet_of(annex.landscape).text_width)]


def _set_foot(document: Document, foot: BaseOxmlElement | None) -> None:
    """The imprint hangs on an unseen last line: where that finds no room, both go to the next page."""
    if foot is not None:
        _add(document, [foot, paragraph(Look(line=20))])


def _add(document: Document, elements: Iterable[BaseOxmlElement]) -> None:
    end = document.element.body.sectPr
    for element in elements:
        end.addprevious(element)


def _describe(document: Document, paper: Paper) -> None:
    """The file's own card; its dates are the paper's, never the clock's."""
    card = document.core_properties
    card.title, card.author = one_line(paper.title)[:255], one_line(paper.issuer or paper.signed)[:255]
    card.category, card.subject, card.language = one_line(paper.kind)[:255], one_line(paper.number)[:255], "zh-CN"
    card.comments = card.keywords = card.last_modified_by = ""
    card.created = card.modified = datetime.combine(paper.on, time(), UTC) if paper.on else NO_DATE


def _packed(document: Document) -> bytes:
    """The file with every member dated alike, so that equal papers are equal bytes."""
    draft, final = BytesIO(), BytesIO()
    document.save(draft)
    with ZipFile(draft) as source, ZipFile(final, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return final.getvalue()
