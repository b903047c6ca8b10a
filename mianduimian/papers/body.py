"""正文: paragraphs, counted headings, forms and lists of names."""

from collections.abc import Iterable, Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from mianduimian.papers.bars import bars
from mianduimian.papers.ink import FANGSONG, HEI, KAI, TEXT, paragraph, run
from mianduimian.papers.plain import Bars, Block, Facts, Heading, Names, Para, Table
from mianduimian.papers.table import facts, table
from mianduimian.papers.wording import clean, level_number, one_line

FACES = (HEI, KAI, FANGSONG, FANGSONG)


class Numbering:
    """序数: counts the headings of one document; a higher heading starts the lower ones again."""

    def __init__(self) -> None:
        self.counts = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (4 - level)
        return level_number(level, self.counts[level - 1])


def body(blocks: Iterable[Block], width: int) -> Iterator[BaseOxmlElement]:
    """The blocks of one text, its headings counted from one."""
    numbering = Numbering()
    for block in blocks:
        match block:
            case Para():
                yield from paragraphs(block.text)
            case Heading():
                yield heading(block, numbering)
            case Names():
                yield names(block)
            case Facts():
                yield from facts(block, width)
            case Table():
                yield from table(block, width)
            case Bars():
                yield from bars(block, width)


def paragraphs(text: object) -> Iterator[BaseOxmlElement]:
    """Running text, each line of it a paragraph that begins two characters in."""
    for line in clean(text).split("\n"):
        if line.strip():
            yield paragraph(TEXT, line.strip())


def heading(block: Heading, numbering: Numbering) -> BaseOxmlElement:
    """层次标题 with its number, kept with what follows and found in Word's outline."""
    look = TEXT.but(face=FACES[block.level - 1], keep=True, outline=block.level - 1)
    return paragraph(look, numbering.next(block.level) + one_line(block.text))


def names(block: Names) -> BaseOxmlElement:
    """The label in 黑体, then the people, turned lines under the first name (GB/T 9704 10.2)."""
    label = f"{one_line(block.label)}："
    look = TEXT.but(first=-len(label), left=2 + len(label))
    people = "、".join(one_line(person) for person in block.people)
    return paragraph(look, run(label, look.but(face=HEI)), people or "无")
