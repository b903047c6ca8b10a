"""版头: red mark, number, red line; then the title and whom the document addresses."""

from math import ceil

from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.ink import CENTRED, RED, TITLE, XIAOBIAOSONG, Look, paragraph
from mianduimian.papers.measure import LINE, MARK_BELOW_TOP, RED_LINE_BELOW_NUMBER, SIZE_3, Size, mm
from mianduimian.papers.plain import Paper
from mianduimian.papers.wording import day, one_line

MARK_LARGEST, MARK_SMALLEST = 50, 26
MARK_SHARE = 94
RED_LINE = 12
NUMBER_LINE = 380
TITLE_CHARACTERS = 20
OPENING, CLOSING = "“‘《〈（〔【", "”’》〉）〕】、，。：；！？"


def head(paper: Paper, width: int) -> list[BaseOxmlElement]:
    """Everything above the first line of text, an empty line at its end unless it ends with the addressee."""
    above = _red_head(paper, width) if paper.red_head else []
    number = one_line(paper.number) if not above else ""
    gap = 0 if paper.addressee or number else LINE
    parts = [*above, *title(paper.title, before=2 * LINE if above else 0, after=gap)]
    if number:
        parts.append(paragraph(CENTRED.but(before=LINE // 3, after=0 if paper.addressee else LINE // 2), number))
    if paper.addressee:
        parts.append(paragraph(Look(before=LINE), one_line(paper.addressee).rstrip("：:") + "："))
    return parts


def mark(paper: Paper) -> str:
    """发文机关标志: the issuer; minutes carry the name of a series of minutes."""
    words = one_line(paper.issuer)
    if not paper.is_minutes or words.endswith("纪要"):
        return words
    return f"{words}纪要" if words.endswith(("会", "会议")) else f"{words}会议纪要"


def _red_head(paper: Paper, width: int) -> list[BaseOxmlElement]:
    words = mark(paper)
    points = max(MARK_SMALLEST, min(MARK_LARGEST, width * MARK_SHARE // 2000 // max(len(words), 1)))
    # An exact line of 1.2 em leaves a tenth of an em above the signs.
    look = Look(
        face=XIAOBIAOSONG,
        size=Size(points),
        colour=RED,
        align="center",
        before=mm(MARK_BELOW_TOP) - 2 * points,
        line=24 * points,
    )
    return [paragraph(look, words), *_above_line(paper, width)]


def _above_line(paper: Paper, width: int) -> list[BaseOxmlElement]:
    """发文字号 two lines under the mark, the red line 4 mm below it; minutes tell office and day in between."""
    line = (RED_LINE, round(mm(RED_LINE_BELOW_NUMBER) / 20) - 2)
    number = CENTRED.but(before=2 * LINE, line=NUMBER_LINE)
    if not (paper.is_minutes and (paper.signed or paper.on)):
        return [paragraph(number.but(red_line=line), one_line(paper.number))]
    office = Look(align="left", before=LINE // 2, line=NUMBER_LINE, red_line=line, tab=width - round(SIZE_3.pitch))
    told = paragraph(office, f"　{one_line(paper.signed)}\t{day(paper.on) if paper.on else ''}")
    return [paragraph(number, one_line(paper.number)), told]


def title(words: str, before: int, after: int = 0) -> list[BaseOxmlElement]:
    """标题: 2号 小标宋 in the middle, long ones broken into even lines."""
    lines = title_lines(words)
    looks = [TITLE] * len(lines)
    looks[0] = looks[0].but(before=before)
    looks[-1] = looks[-1].but(after=after)
    return [paragraph(look, line) for look, line in zip(looks, lines, strict=True)]


def title_lines(words: str) -> list[str]:
    """A title in lines of at most twenty characters and nearly one length, no sign torn from its word."""
    told = [one_line(line) for line in str(words).split("\n") if one_line(line)]
    if len(told) != 1:
        return told or [""]
    rest, lines = told[0], []
    for left in range(ceil(len(rest) / TITLE_CHARACTERS), 1, -1):
        even = ceil(len(rest) / left)
        at = min(range(max(1, even - 5), min(even + 6, TITLE_CHARACTERS + 1, len(rest))), key=lambda n: _pain(rest, n, even))
        lines.append(rest[:at])
        rest = rest[at:]
    return [*lines, rest]


def _pain(words: str, at: int, even: int) -> float:
    """How much it hurts to break the words here: inside a pair of marks, before a closing one, within a number."""
    before, after = words[at - 1], words[at]
    torn = before in OPENING or after in CLOSING or (before.isascii() and after.isascii() and after.isalnum())
    inside = sum(words.count(sign, 0, at) for sign in OPENING) - sum(words.count(sign, 0, at) for sign in "”’》〉）〕】")
    good = before in "的、》）" or after in "《（“"
    return abs(at - even) + 100 * torn + 6 * (inside > 0) - 5 * good
