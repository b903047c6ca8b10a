"""照片: a photograph checked by its content and painted anew, without place, camera or anything behind the picture."""

import re
from io import BytesIO
from zipfile import is_zipfile

from PIL import Image, ImageOps

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

MAX_PIXELS = 50_000_000
MAX_SNAPSHOT = 24_000_000  # pixels in memory; a telephone's JPEG is read smaller than it is
SHOWN_SIDE = 2_400  # pixels
FORMATS = {"jpg": {"JPEG", "MPO"}, "png": {"PNG"}, "webp": {"WEBP"}}
HEADS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"RIFF": "webp"}
MARKUP = re.compile(rb"<(?:!doctype html|html|script|svg|iframe|\?php)", re.IGNORECASE)


def snapshot(content: bytes, *, limit: int, side: int) -> bytes:
    """What may be kept of a citizen's photograph, whatever it was called: a small JPEG, painted anew."""
    kind = next((kind for sign, kind in HEADS.items() if content.startswith(sign)), "")
    if not content:
        raise Refused(_("照片是空的，可能没有传完，请再选一次。"))
    if len(content) > limit:
        raise Refused(_("照片超过 %(n)s MB，请缩小后再传。"), n=limit // 1024 // 1024)
    if not kind:
        raise Refused(_("只收 JPG、PNG、WebP 照片。"))
    return paint(content, kind, side=side, out="jpg", pixels=MAX_SNAPSHOT)


def paint(content: bytes, kind: str, *, side: int = SHOWN_SIDE, out: str = "", pixels: int = MAX_PIXELS) -> bytes:
    """Decode a photograph and paint it anew: turned upright, no larger than `side`, without anything hidden."""
    if MARKUP.search(content) or is_zipfile(BytesIO(content)):
        raise hidden()
    try:
        with Image.open(BytesIO(content), formats=sorted(FORMATS[kind])) as picture:
            w, h = picture.size
            picture.draft("RGB", (side, side))
            if picture.width * picture.height > pixels:
                raise Refused(_("图片尺寸太大（%(w)s×%(h)s），请缩小后再传。"), w=w, h=h)
            if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
                raise Refused(_("不收动图，请上传静态图片。"))
            return _painted(picture, out or kind, side)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused(_("图片打不开，可能已损坏。")) from None


def hidden() -> Refused:
    """What is said of a file that carries another kind of content within."""
    return Refused(_("文件里夹带了其他内容（网页、脚本或压缩包），没有保存。"))


def _painted(picture: Image.Image, kind: str, side: int) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((side, side))
    fresh = upright.convert("RGB" if kind == "jpg" else "RGBA")
    fresh.info.clear()
    out = BytesIO()
    fresh.save(out, {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind])
    return out.getvalue()
