"""译: the Word elements that our papers use, and no others, said in Typst."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.ink import SONG
from mianduimian.papers.measure import SIZE_4
from mianduimian.papers.pdf.fonts import BOLD, FAMILIES

UNSEEN = 20  # twips: the last line on which the imprint hangs


class Untranslatable(ValueError):
    """A Word element that this translation has not been taught; a paper that uses it must teach it first."""


def quoted(text: str) -> str:
    """A string as Typst reads it; nothing in it is ever a command."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def points(twips: object) -> str:
    return f"{float(str(twips or 0)) / 20:g}pt"


def child(element: BaseOxmlElement | None, *names: str) -> BaseOxmlElement | None:
    """The element below by this way, if there is one."""
    for name in names:
        element = element.find(qn(f"w:{name}")) if element is not None else None
    return element


def said(element: BaseOxmlElement | None, way: str, name: str = "val") -> str:
    """An attribute of an element below; empty where it is not said."""
    found = child(element, *way.split("/")) if way else element
    return (found.get(qn(f"w:{name}")) or "") if found is not None else ""


def document(title: str, author: str, made: datetime) -> str:
    """The file's card."""
    day = f"datetime(year: {made.year}, month: {made.month}, day: {made.day})"
    return f"#set document(title: {quoted(title)}, author: {quoted(author)}, date: {day})"


def sections(body: BaseOxmlElement) -> Iterator[str]:
    """Sheet after sheet: its size and margins, then what stands on it."""
    held: list[BaseOxmlElement] = []
    for element in body:
        ending = element if element.tag == qn("w:sectPr") else child(element, "pPr", "sectPr")
        if ending is None:
            held.append(element)
            continue
        yield sheet(ending)
        yield from flow(held)
        held = []


def sheet(ending: BaseOxmlElement) -> str:
    """纸: size, margins, and the page number 7 mm under the text."""
    width, height = (points(said(ending, "pgSz", side)) for side in "wh")
    margins = ", ".join(f"{side}: {points(said(ending, 'pgMar', side))}" for side in ("top", "left", "right", "bottom"))
    descent = int(said(ending, "pgMar", "bottom")) - int(said(ending, "pgMar", "footer")) - SIZE_4.points * 20
    foot = f"number({faces(SONG)}, {SIZE_4.points}pt, {points(SIZE_4.pitch)})"
    return f"#set page(width: {width}, height: {height}, margin: ({margins}), footer-descent: {points(descent)}, footer: {foot})"


def flow(elements: Iterable[BaseOxmlElement], first: bool = True) -> Iterator[str]:
    """One element under the other; what follows the last counts with what precedes the next."""
    after = 0
    for element in elements:
        name = element.tag.split("}")[1]
        if name == "tbl":
            yield gap(after, first)
            yield foot(element) if child(element, "tblPr", "tblpPr") is not None else table(element)
            after, first = 0, False
        elif name == "p" and int(said(element, "pPr/spacing", "line") or 0) == UNSEEN:
            continue
        elif name == "p":
            new_page = child(element, "pPr", "pageBreakBefore") is not None
            yield "#pagebreak(weak: true)" if new_page else ""
            yield gap(after * (not new_page) + int(said(element, "pPr/spacing", "before") or 0), first or new_page)
            yield paragraph(element)
            after, first = int(said(element, "pPr/spacing", "after") or 0), False
        else:
            raise Untranslatable(name)
    yield gap(after, False)


def gap(twips: float, first: bool) -> str:
    """Room between two paragraphs; at the head of a first sheet it stays."""
    return f"#v({points(twips)}, weak: {'false' if first else 'true'})" if twips else ""


def paragraph(element: BaseOxmlElement) -> str:
    """段."""
    settings, indent = child(element, "pPr"), child(element, "pPr", "ind")
    left, hang = (float(said(indent, "", side) or 0) for side in ("left", "hanging"))
    tab = said(settings, "tabs/tab", "pos")
    told = [f'side: "{"left" if tab else said(settings, "jc") or "both"}"']
    right, first = (float(said(indent, "", side) or 0) for side in ("right", "firstLine"))
    measures = {"left": left - hang, "right": right, "first": first, "hang": hang}
    told += [f"{name}: {points(twips)}" for name, twips in measures.items() if twips]
    told += ["keep: true"] if child(settings, "keepNext") is not None else []
    outline = said(settings, "outlineLvl")
    told += [f"level: {int(outline) + 1}"] if outline else []
    line = child(settings, "pBdr", "bottom")
    if line is not None:
        told.append(f"red: ({said(line, '', 'space')}pt, {int(said(line, '', 'sz')) / 8}pt)")
    return f"#p({', '.join(told)})[{''.join(runs(element, said(settings, 'spacing', 'line')))}]"


def runs(element: BaseOxmlElement, line: str) -> Iterator[str]:
    """The runs of a paragraph; a tab pushes what follows to the right, a break begins a line."""
    found = [run for run in element if run.tag == qn("w:r")]
    strange = {child.tag.split("}")[1] for child in element} - {"r", "pPr"}
    if strange:
        raise Untranslatable(", ".join(sorted(strange)))
    for run in found:
        yield from (f"#{piece}" for piece in pieces(run, line))
    if not found:
        yield f"#box(height: {points(line)})"


def pieces(run: BaseOxmlElement, line: str) -> Iterator[str]:
    look = child(run, "rPr")
    face, size = said(look, "rFonts", "eastAsia"), int(said(look, "sz")) / 2
    told = [f"faces: {faces(face)}", f"size: {size:g}pt", f"tracking: {points(said(look, 'spacing'))}", f"line: {points(line)}"]
    told += ['weight: "bold"'] if face in BOLD else []
    told += [f'colour: rgb("{said(look, "color")}")'] if said(look, "color") else []
    for piece in run:
        name = piece.tag.split("}")[1]
        if name == "t":
            yield f"r({quoted(piece.text or '')}, {', '.join(told)})"
        elif name in ("tab", "br"):
            yield "h(1fr)" if name == "tab" else "linebreak()"
        elif name != "rPr":
            raise Untranslatable(name)


@cache
def faces(face: str) -> str:
    return f"({', '.join(quoted(family) for family in FAMILIES[face])})"


def foot(element: BaseOxmlElement) -> str:
    """版记: what Word hangs on the lower edge of the text stands on the lower edge of the last page."""
    return f"#v(1fr)\n#block(breakable: false, above: 0pt, below: 0pt)[{table(element)}]"


def table(element: BaseOxmlElement) -> str:
    """表: widths and rules as told, the head repeated, no row torn."""
    columns = ", ".join(points(said(column, "", "w")) for column in element.find(qn("w:tblGrid")))
    ruled = int(said(element, "tblPr/tblBorders/insideV", "sz") or 0)
    margin = points(said(element, "tblPr/tblCellMar/left", "w"))
    rows = [row for row in element if row.tag == qn("w:tr")]
    heads = [row for row in rows if child(row, "trPr", "tblHeader") is not None]
    told = [f"columns: ({columns},)", f"stroke: {f'{ruled / 8:g}pt' if ruled else 'none'}", f"inset: (x: {margin}, y: 0pt)"]
    body = [cell for row in rows if row not in heads for cell in cells(row)]
    if heads:
        told.append(f"table.header({', '.join(cell for row in heads for cell in cells(row))})")
    return f"#align(center, table({', '.join(told + body)}))"


def cells(row: BaseOxmlElement) -> Iterator[str]:
    """One row's cells, each at least as high as the row."""
    height = points(said(row, "trPr/trHeight"))
    for cell in (cell for cell in row if cell.tag == qn("w:tc")):
        rules = child(cell, "tcPr", "tcBorders")
        drawn = [f"{side}: {int(said(rules, side, 'sz')) / 8:g}pt" for side in ("top", "bottom") if said(rules, side, "sz")]
        fill, across = said(cell, "tcPr/shd", "fill"), said(cell, "tcPr/gridSpan")
        told = [f"stroke: ({', '.join(drawn)})"] if drawn else []
        told += [f'fill: rgb("{fill}")'] if fill and fill != "auto" else []
        told += [f"colspan: {across}"] if across else []
        inside = "\n".join(flow((part for part in cell if part.tag != qn("w:tcPr")), first=True))
        yield f"table.cell(breakable: false, align: horizon, {''.join(f'{one}, ' for one in told)}tall({height})[{inside}])"
