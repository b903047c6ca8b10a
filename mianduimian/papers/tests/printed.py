"""What tests read back from a finished PDF: every sign with its place, in points from the sheet's upper left corner."""

from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader


class Sign(NamedTuple):
    """A piece of text as it stands on the sheet."""

    text: str
    x: float
    y: float
    size: float


class Printed:
    """A PDF, read page by page."""

    def __init__(self, content: bytes) -> None:
        self.reader = PdfReader(BytesIO(content))
        self.pages = [self._signs(page) for page in self.reader.pages]

    def _signs(self, page) -> list[Sign]:
        found, height = [], float(page.mediabox.height)

        def see(text, matrix, place, _font, size):
            if text.strip():
                x, y = place[4] * matrix[0] + matrix[4], place[5] * matrix[3] + matrix[5]
                found.append(Sign(text.strip("\n"), x, height - y if matrix[3] > 0 else height - y, abs(size * place[0])))

        page.extract_text(visitor_text=see)
        return found

    def text(self, number: int) -> str:
        return self.reader.pages[number - 1].extract_text()

    @property
    def words(self) -> str:
        """All it says, without blanks and page numbers."""
        said = "".join(line for page in self.reader.pages for line in page.extract_text().splitlines() if "—" not in line)
        return "".join(said.split())
