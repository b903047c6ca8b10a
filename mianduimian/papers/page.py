"""页: the sheet, its grid, its page number, and the faces the file names."""

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Twips

from mianduimian.papers.ink import FANGSONG, HEI, KAI, SONG, XIAOBIAOSONG, Look, el, manner, paragraph, run, stance
from mianduimian.papers.measure import LANDSCAPE, LINE, PAGE_NUMBER_BELOW_TEXT, SIZE_4, UPRIGHT, Page, mm

PAGE_NUMBER = Look(face=SONG, size=SIZE_4, line=280)

# The standard's faces are not free: each is named with the free faces that may stand for it.
SUBSTITUTES = {
    XIAOBIAOSONG: ("FZXiaoBiaoSong-B05S,Noto Serif CJK SC,Source Han Serif SC", "roman"),
    FANGSONG: ("FangSong_GB2312,仿宋,FangSong,FandolFang,Noto Serif CJK SC", "modern"),
    HEI: ("SimHei,Noto Sans CJK SC,Source Han Sans SC", "swiss"),
    KAI: ("KaiTi_GB2312,楷体,KaiTi,FandolKai,Noto Serif CJK SC", "modern"),
    SONG: ("SimSun,Noto Serif CJK SC,Source Han Serif SC", "roman"),
}


def sheet_of(landscape: bool) -> Page:
    return LANDSCAPE if landscape else UPRIGHT


def lay_out(section: Section, landscape: bool) -> None:
    """Paper, margins, grid and the place of the page number."""
    page = sheet_of(landscape)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(mm(page.width)), Twips(mm(page.height))
    section.left_margin, section.right_margin = Twips(mm(page.left)), Twips(mm(page.right))
    section.top_margin, section.bottom_margin = Twips(mm(page.top)), Twips(mm(page.bottom))
    section.header_distance = Twips(mm(15))
    # The dash stands in the middle of its line, so the line begins half a line higher than the dash.
    dash = mm(page.bottom - PAGE_NUMBER_BELOW_TEXT)
    section.footer_distance = Twips(dash - PAGE_NUMBER.line // 2)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(el("docGrid", type="lines", linePitch=LINE))


def number_pages(document: Document) -> None:
    """页码: 4号 半角宋体 between dashes, — 1 —, on odd pages one character from the right, on even ones from the left."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        field = el("fldSimple", run("1", PAGE_NUMBER), instr=" PAGE ")
        line = paragraph(PAGE_NUMBER.but(align=side, **{side: 1}), "— ", field, " —")
        root = footer._element
        root[:] = [line]


def set_styles(document: Document) -> None:
    """Normal is the standard's text; nothing is inherited from the template's defaults or theme."""
    styles = document.styles.element
    for default in ("rPrDefault", "pPrDefault"):
        styles.find(f".//{qn(f'w:{default}')}")[:] = [manner(Look())] if default == "rPrDefault" else []
    normal = document.styles["Normal"].element
    for old in normal.xpath("w:pPr|w:rPr"):
        normal.remove(old)
    normal.extend([stance(Look()), manner(Look())])
    settings = document.settings.element
    for language in settings.xpath("w:themeFontLang"):
        language.set(qn("w:eastAsia"), "zh-CN")
    for mode in settings.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")


KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
BAGGAGE = ("thumbnail", "stylesWithEffects", "customXml", "theme", "webSettings", "numbering")


def drop_baggage(document: Document) -> None:
    """The template's picture, theme and styles, of which no paper of ours uses one: nine tenths of the file."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(BAGGAGE)]:
            relations.pop(key)
    styles = document.styles.element
    for style in styles.xpath("w:style|w:latentStyles"):
        if style.get(qn("w:styleId")) not in KEPT_STYLES:
            styles.remove(style)


def name_faces(document: Document) -> None:
    """字体表: tell the reader's machine what to take where it has not the standard's face."""
    fonts = "".join(_face(name, *other) for name, other in SUBSTITUTES.items())
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def _face(name: str, substitutes: str, family: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{substitutes}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )
