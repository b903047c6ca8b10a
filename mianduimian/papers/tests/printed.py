"""What tests read back from a finished PDF: every sign with its place, in points from the sheet's upper left corner."""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream


class Sign(NamedTuple):
    """A piece of text as it stands on the sheet."""

    text: str
    x: float
    y: float
    size: float


class Rule(NamedTuple):
    """A straight line as it stands on the sheet, from its left end, in points."""

    x: float
    y: float
    length: float
    width: float
    colour: tuple[float, ...]


class Printed:
    """A PDF, read page by page."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.pages = [self._signs(page) for page in self.reader.pages]
        self.rules = [list(self._rules(page)) for page in self.reader.pages]

    def _signs(self, page) -> list[Sign]:
        found, height = [], float(page.mediabox.height)

        def see(text, matrix, place, _font, size):
            if text.strip():
                x, y = place[4] * matrix[0] + matrix[4], place[5] * matrix[3] + matrix[5]
                found.append(Sign(text.strip("\n"), x, height - y if matrix[3] > 0 else height - y, abs(size * place[0])))

        page.extract_text(visitor_text=see)
        return found

    def _rules(self, page) -> Iterator[Rule]:
        """Level lines, drawn as a move, a line and a stroke; the sheet is only ever shifted, never turned."""
        height, kept, at = float(page.mediabox.height), [], (0.0, 0.0)
        start = end = (0.0, 0.0)
        width, colour = 0.0, ()
        for told, sign in ContentStream(page.get_contents(), self.reader).operations:
            if sign == b"q":
                kept.append(at)
            elif sign == b"Q":
                at = kept.pop()
            elif sign == b"cm":
                at = (at[0] + float(told[4]), at[1] + float(told[5]))
            elif sign == b"SCN":
                colour = tuple(map(float, told))
            elif sign == b"w":
                width = float(told[0])
            elif sign in (b"m", b"l"):
                start, end = end, (at[0] + float(told[0]), at[1] + float(told[1]))
            elif sign == b"S" and abs(start[1] - end[1]) < 0.01:
                yield Rule(min(start[0], end[0]), height - start[1], abs(end[0] - start[0]), width, colour)

    def text(self, number: int) -> str:
        return self.reader.pages[number - 1].extract_text()

    @property
    def words(self) -> str:
        """All it says, without blanks and page numbers."""
        said = "".join(line for page in self.reader.pages for line in page.extract_text().splitlines() if "—" not in line)
        return "".join(said.split())
