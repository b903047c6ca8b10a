"""图片涂盖: what a person boxed in a photograph is painted over for good, in a new file without anything hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

WHOLE = 1_000  # a box is given in thousandths of the picture: left, top, width, height
MOST_BOXES = 60
SIDE, SMALL = 1_600, 480  # pixels of the longer side
INK = (40, 40, 40)

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Printed:
    """The picture for everybody, and the small one for lists."""

    full: bytes
    small: bytes
    width: int
    height: int


def boxes(text: str) -> list[Box]:
    """What was typed or drawn, one box a line: left, top, width and height in thousandths of the picture."""
    return [_box(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()][:MOST_BOXES]


def _box(number: int, line: str) -> Box:
    parts = line.replace("，", ",").replace(",", " ").split()
    if len(parts) != 4 or not all(part.isdecimal() for part in parts):
        raise Refused(_("第 %(n)s 行不是四个数：左、上、宽、高（千分之几），例如 100 200 150 80。"), n=number)
    left, top, width, height = (int(part) for part in parts)
    if not width or not height or left >= WHOLE or top >= WHOLE:
        raise Refused(_("第 %(n)s 行的框不在图片里面。"), n=number)
    return left, top, min(width, WHOLE - left), min(height, WHOLE - top)


def retouch(content: bytes, covered: Sequence[Box]) -> Printed:
    """Paint the boxes over, shrink, and write the pixels anew: nothing of what lay beneath is in the file."""
    with Image.open(BytesIO(content)) as picture:
        painted = ImageOps.exif_transpose(picture).convert("RGB")
    pen = ImageDraw.Draw(painted)
    for left, top, width, height in covered:
        pen.rectangle((*_point(painted, left, top), *_point(painted, left + width, top + height, last=True)), fill=INK)
    painted.thumbnail((SIDE, SIDE))
    small = painted.copy()
    small.thumbnail((SMALL, SMALL))
    return Printed(_jpeg(painted, 80), _jpeg(small, 62), painted.width, painted.height)


def _point(picture: Image.Image, x: int, y: int, *, last: bool = False) -> tuple[int, int]:
    """A corner in pixels, rounded outwards."""
    if last:
        return -(-x * picture.width // WHOLE), -(-y * picture.height // WHOLE)
    return x * picture.width // WHOLE, y * picture.height // WHOLE


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    picture.info.clear()
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
