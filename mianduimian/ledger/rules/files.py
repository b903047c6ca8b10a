"""佐证文件: what may be filed, told by its content and never by its name alone; photographs lose their hidden data."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, is_zipfile

from mianduimian.papers import filename
from mianduimian.papers.photographs import MARKUP, hidden, paint
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 1024 * 1024  # bytes
LONGEST_NAME = 120
HEADS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"RIFF": "webp", b"%PDF-": "pdf", b"PK\x03\x04": "zip"}
KINDS = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SUFFIXES = {".jpg": "jpg", ".jpeg": "jpg", ".png": "png", ".webp": "webp", ".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx"}
BODIES = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
PDF_ACTIONS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b")


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: the name to hand it out under, its own type, and, of a photograph, what may be shown."""

    name: str
    kind: str
    shown: bytes | None = None


def examine(name: str, content: bytes, limit: int) -> Checked:
    """Say what a file is, by its content; refuse what is too large, dressed up as another kind, or carries something hidden."""
    last = PurePosixPath(name.replace("\\", "/")).name
    suffix = SUFFIXES.get(PurePosixPath(last).suffix.lower(), "")
    if not suffix:
        raise Refused(_("只能上传 JPG、PNG、WebP 图片和 PDF、Word（docx）、Excel（xlsx）文件。"))
    if not content:
        raise Refused(_("文件是空的。"))
    if len(content) > limit:
        raise Refused(_("文件超过 %(n)s MB，请压缩后再传。"), n=limit // 1024 // 1024)
    head = next((kind for sign, kind in HEADS.items() if content.startswith(sign)), "")
    if head != ("zip" if suffix in BODIES else suffix):
        raise Refused(_("文件内容与扩展名“%(suffix)s”不符，没有保存。"), suffix=suffix)
    shown = CHECKS[suffix](content, suffix)
    return Checked(filename(PurePosixPath(last).stem[:LONGEST_NAME], suffix), KINDS[suffix], shown)


def _picture(content: bytes, kind: str) -> bytes:
    return paint(content, kind)


def _pdf(content: bytes, _kind: str) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise Refused(_("PDF 不完整，可能没有传完。"))
    if MARKUP.search(content) or PDF_ACTIONS.search(content) or is_zipfile(BytesIO(content)):
        raise hidden()


def _office(content: bytes, kind: str) -> None:
    """An Office file: by its directory not too much inside, the right body, no macros, no strange paths."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise Refused(_("文件打不开，可能已损坏。")) from None
    names = {part.filename for part in parts}
    if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused(_("文件解开后太大，没有保存。"))
    if not {"[Content_Types].xml", BODIES[kind]} <= names:
        raise Refused(_("文件内容与扩展名“%(suffix)s”不符，没有保存。"), suffix=kind)
    if any(name.startswith("/") or ".." in name or name.endswith((".bin", ".exe", ".zip", ".html")) for name in names - PRINTERS):
        raise hidden()


PRINTERS = {f"xl/printerSettings/printerSettings{n}.bin" for n in range(1, 100)}
CHECKS: dict[str, Callable[[bytes, str], bytes | None]] = {
    "jpg": _picture, "png": _picture, "webp": _picture, "pdf": _pdf, "docx": _office, "xlsx": _office,
}  # fmt: skip
