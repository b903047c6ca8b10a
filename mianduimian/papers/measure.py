"""尺寸: the measures of GB/T 9704-2012 and of A4, in the units that Word files use."""

from dataclasses import dataclass

TWIPS_A_POINT = 20
TWIPS_A_MM = 1440 / 25.4


def mm(length: float) -> int:
    """Millimetres in twips."""
    return round(length * TWIPS_A_MM)


@dataclass(frozen=True)
class Size:
    """字号: a Chinese type size in points, with the run spacing that brings 28 characters of 3号 into 156 mm."""

    points: float
    spacing: float = 0

    @property
    def pitch(self) -> float:
        """The width of one character in twips."""
        return (self.points + self.spacing) * TWIPS_A_POINT


SIZE_2 = Size(22)
SIZE_3 = Size(16, -0.25)
SIZE_4 = Size(14)
SMALL_4 = Size(12)
SIZE_5 = Size(10.5)
SMALL_5 = Size(9)
SIZE_6 = Size(7.5)

LINE = 579
LINES_A_PAGE = 22
CHARACTERS_A_LINE = 28


@dataclass(frozen=True)
class Page:
    """页面: paper and margins in millimetres; what they leave is the text area 版心."""

    width: float
    height: float
    top: float
    left: float
    right: float
    bottom: float

    @property
    def text_width(self) -> int:
        """The text area's width in twips."""
        return mm(self.width - self.left - self.right)


UPRIGHT = Page(width=210, height=297, top=37, left=28, right=26, bottom=35)
# The same sheet turned to the right: its binding edge, 28 mm, becomes the top.
LANDSCAPE = Page(width=297, height=210, top=28, left=35, right=37, bottom=26)

MARK_BELOW_TOP = 35
RED_LINE_BELOW_NUMBER = 4
PAGE_NUMBER_BELOW_TEXT = 7
THICK_RULE = 0.35
THIN_RULE = 0.25


def eighths(length: float) -> int:
    """A rule's thickness in eighths of a point, from millimetres."""
    return round(length * 72 / 25.4 * 8)
