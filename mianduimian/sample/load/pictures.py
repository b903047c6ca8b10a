"""佐证的图: simple drawings of a road before and after, made here and of no real place."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from mianduimian.sample.bank import dice

SIZE = (640, 400)
HORIZON = 150


def road(key: str, *, mended: bool) -> bytes:
    """A road to the horizon: muddy and full of holes, or paved and marked."""
    rng = dice("picture", key, mended)
    picture = Image.new("RGB", SIZE, (176, 205, 226) if mended else (190, 194, 198))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, HORIZON, *SIZE), fill=(112, 142, 84) if mended else (126, 122, 82))
    for _hill in range(3):
        x, r = rng.randint(0, SIZE[0]), rng.randint(60, 120)
        pen.ellipse((x - r * 2, HORIZON - r // 2, x + r * 2, HORIZON + r // 2), fill=(96, 128, 84))
    pen.polygon(((290, HORIZON), (350, HORIZON), (600, 400), (40, 400)), fill=(78, 80, 84) if mended else (134, 104, 74))
    if mended:
        _lines(pen)
    else:
        _holes(pen, rng.random)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _lines(pen: ImageDraw.ImageDraw) -> None:
    for n in range(6):
        top = HORIZON + 10 + n * n * 8
        near, far, bottom = 1 + n * 1.6, 1.3 + n * 2.1, top + 5 + 5 * n
        pen.polygon(((320 - near, top), (320 + near, top), (320 + far, bottom), (320 - far, bottom)), fill=(240, 240, 236))
    pen.line(((286, HORIZON), (30, 400)), fill=(240, 240, 236), width=4)
    pen.line(((354, HORIZON), (610, 400)), fill=(240, 240, 236), width=4)


def _holes(pen: ImageDraw.ImageDraw, chance: Callable[[], float]) -> None:
    for _hole in range(9):
        y = HORIZON + 20 + chance() * 210
        near = (y - HORIZON) / 250
        x, r = 320 + (chance() - 0.5) * 460 * near, 6 + 34 * near
        pen.ellipse((x - r, y - r * 0.35, x + r, y + r * 0.35), fill=(92, 74, 58))
        pen.ellipse((x - r * 0.7, y - r * 0.2, x + r * 0.7, y + r * 0.2), fill=(128, 136, 134))
