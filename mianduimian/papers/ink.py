"""墨: runs and paragraphs as Word writes them, every face and pitch said in full."""

from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.measure import LINE, SIZE_2, SIZE_3, Size
from mianduimian.papers.wording import clean

FANGSONG = "仿宋_GB2312"
HEI = "黑体"
KAI = "楷体_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
SONG = "宋体"
RED = "FF0000"
NAMESPACE = {"w": nsmap["w"]}


@cache
def _named(name: str) -> str:
    return qn(f"w:{name}")


def el(tag: str, *children: BaseOxmlElement | None, **attributes: object) -> BaseOxmlElement:
    """One element of the word-processing namespace with its children and attributes; a paper has hundreds."""
    element = oxml_parser.makeelement(_named(tag), nsmap=NAMESPACE)
    for name, value in attributes.items():
        element.set(_named(name), str(value))
    element.extend(child for child in children if child is not None)
    return element


def rule(side: str, thickness: int, distance: int = 0, colour: str = "000000") -> BaseOxmlElement:
    """线: a line along one side of a cell or paragraph; thickness in eighths of a point, distance in points."""
    return el(side, val="single", sz=thickness, space=distance, color=colour)


@dataclass(frozen=True)
class Look:
    """版式: how a paragraph stands; indents in characters of its own size, the rest in twips."""

    face: str = FANGSONG
    size: Size = SIZE_3
    colour: str = ""
    align: str = "both"
    first: float = 0
    left: float = 0
    right: float = 0
    before: int = 0
    after: int = 0
    line: int = LINE
    keep: bool = False
    new_page: bool = False
    outline: int | None = None
    red_line: tuple[int, int] | None = None
    tab: int = 0

    def but(self, **changes: Any) -> "Look":
        return replace(self, **changes)


@lru_cache(maxsize=256)
def _manner(look: Look) -> BaseOxmlElement:
    return el(
        "rPr",
        el("rFonts", hint="eastAsia", ascii=look.face, hAnsi=look.face, eastAsia=look.face, cs=look.face),
        el("color", val=look.colour) if look.colour else None,
        el("spacing", val=round(look.size.spacing * 20)),
        el("sz", val=round(look.size.points * 2)),
        el("szCs", val=round(look.size.points * 2)),
        el("lang", val="en-US", eastAsia="zh-CN"),
    )


def manner(look: Look) -> BaseOxmlElement:
    """字: face, size, colour and spacing of a run; a copy, for a ledger has thousands alike."""
    return deepcopy(_manner(look))


def run(text: object, look: Look) -> BaseOxmlElement:
    """A piece of text in one look; a tab stays a tab, a line break a line break."""
    made, said = el("r", manner(look)), clean(text)
    if "\t" in said or "\n" in said:
        made.text = said
    elif said:
        plain = el("t")
        plain.text = said
        if said.strip() != said:
            plain.set(qn("xml:space"), "preserve")
        made.append(plain)
    return made


def _indent(look: Look) -> BaseOxmlElement | None:
    pitch = look.size.pitch
    told = {"left": round(look.left * pitch), "right": round(look.right * pitch)}
    if look.first < 0:
        told["hanging"] = round(-look.first * pitch)
    elif look.first:
        told |= {"firstLineChars": round(look.first * 100), "firstLine": round(look.first * pitch)}
    return el("ind", **{name: value for name, value in told.items() if value}) if any(told.values()) else None


@lru_cache(maxsize=256)
def _stance(look: Look) -> BaseOxmlElement:
    return el(
        "pPr",
        el("keepNext") if look.keep else None,
        el("pageBreakBefore") if look.new_page else None,
        el("widowControl", val=0),
        el("pBdr", rule("bottom", *look.red_line, RED)) if look.red_line else None,
        el("tabs", el("tab", val="right", pos=look.tab)) if look.tab else None,
        el("autoSpaceDE", val=0),
        el("autoSpaceDN", val=0),
        el("snapToGrid", val=0) if look.line != LINE else None,
        el("spacing", before=look.before, after=look.after, line=look.line, lineRule="exact"),
        _indent(look),
        el("jc", val=look.align),
        el("outlineLvl", val=look.outline) if look.outline is not None else None,
    )


def stance(look: Look) -> BaseOxmlElement:
    """段: the paragraph's own properties, in the order the schema wants."""
    return deepcopy(_stance(look))


def paragraph(look: Look, *parts: str | BaseOxmlElement) -> BaseOxmlElement:
    """One paragraph from texts in its look and from runs that bring their own."""
    runs = [run(part, look) if isinstance(part, str) else part for part in parts]
    return el("p", stance(look), *runs)


TEXT = Look(first=2)
CENTRED = Look(align="center")
TITLE = Look(face=XIAOBIAOSONG, size=SIZE_2, align="center", line=680, keep=True)
