"""What tests read back from a finished Word file."""

from io import BytesIO
from zipfile import ZipFile

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml.etree import XPath

from mianduimian.papers import Paper, render


def find(element, path):
    return XPath(path, namespaces=nsmap)(element)


class Read:
    """A rendered paper, opened again part by part."""

    def __init__(self, paper: Paper) -> None:
        with ZipFile(BytesIO(render(paper))) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
        self.document = self.xml("word/document.xml")

    def xml(self, name):
        return parse_xml(self.parts[name])

    def find(self, path, where=None):
        return find(self.document if where is None else where, path)

    @property
    def paragraphs(self):
        return self.find("w:body/w:p")

    @property
    def lines(self):
        return [line for line in map(text, self.paragraphs) if line]

    def line(self, words):
        """The first paragraph that says these words, in a table or out of it."""
        return next(p for p in self.find(".//w:p") if words in text(p))


def text(element):
    return "".join("\t" if node.tag == qn("w:tab") else node.text or "" for node in find(element, ".//w:t|.//w:r/w:tab"))


def said(element, path, name="val"):
    """One attribute of one element below, as text; nothing where it is not said."""
    found = find(element, path)
    return found[0].get(qn(f"w:{name}")) if found else None


def all_said(element, path, name):
    return [node.get(qn(f"w:{name}")) for node in find(element, path)]


def faces(paragraph):
    return [run.get(qn("w:eastAsia")) for run in find(paragraph, "w:r/w:rPr/w:rFonts")]


def points(paragraph):
    return int(said(paragraph, "w:r/w:rPr/w:sz")) / 2


def indent(paragraph, side):
    return int(said(paragraph, "w:pPr/w:ind", side) or 0)


def space(paragraph, name):
    return int(said(paragraph, "w:pPr/w:spacing", name))
