"""PDF: a Word file of ours, line for line, as a PDF with free faces that keeps for the archive (PDF/A)."""

from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import typst
from docx.opc.coreprops import CoreProperties
from docx.oxml import parse_xml

from mianduimian.papers.pdf.flow import document, sections
from mianduimian.papers.pdf.fonts import known_fonts
from mianduimian.papers.render import NO_DATE

PRELUDE = (Path(__file__).parent / "page.typ").read_text("utf-8")
STANDARD: Final = "a-2u"


def pdf(word: bytes, folder: Path | None = None) -> bytes:
    """The PDF of a Word file that `render` made; faces in the folder go before those of the machine."""
    fonts = known_fonts(folder)
    with ZipFile(BytesIO(word)) as file:
        text, card = parse_xml(file.read("word/document.xml")), CoreProperties(parse_xml(file.read("docProps/core.xml")))
    made = (card.modified or NO_DATE).replace(tzinfo=UTC)
    source = "\n".join((PRELUDE, document(card.title, card.author, made), *sections(text[0])))
    printed = typst.Compiler(source.encode(), font_paths=fonts).compile(format="pdf", pdf_standards=STANDARD, timestamp=made)
    if not isinstance(printed, bytes):
        raise TypeError("One document is one file.")
    return printed
