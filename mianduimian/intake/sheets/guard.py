"""门卫: what a file really is, told by its content; archives that would burst and XML that would reach out are refused."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mianduimian.intake.rules import Kind
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

ENTRIES = 2_000
UNPACKED = 300 * 1024 * 1024
RATIO = 200
SMALL = 10 * 1024 * 1024
BLOCK = 1024 * 1024
PROLOGUE = 64 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"MZ", "EXE"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
)
WORDS = _("这不是表格文件（内容是%(kind)s）。请导出为 xlsx 或 csv 再上传。")


def kind_of(raw: bytes) -> Kind:
    """Excel or plain text, by what the file holds and never by its name; anything else is refused in words."""
    if not raw.strip(b"\0\xef\xbb\xbf \t\r\n"):
        raise Refused(_("文件是空的，没有内容可收。"))
    if raw.startswith(b"PK"):
        _check_archive(raw)
        return Kind.EXCEL
    if raw.startswith(OLE):
        return Kind.EXCEL
    for magic, name in STRANGERS:
        if raw.startswith(magic):
            raise Refused(WORDS, kind=name)
    if raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<svg")):
        raise Refused(WORDS, kind="HTML/XML")
    return Kind.PLAIN


def _check_archive(raw: bytes) -> None:
    try:
        with ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            if "xl/workbook.xml" not in archive.namelist() and "xl/workbook.bin" not in archive.namelist():
                raise Refused(WORDS, kind="ZIP")
            for entry in entries:
                _check_entry(raw, entry)
    except (BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError):
        raise Refused(_("表格文件已损坏，无法打开。请重新导出一次。")) from None


def _check_sizes(entries: list[ZipInfo]) -> None:
    """What the central directory admits to."""
    packed, unpacked = sum(entry.compress_size for entry in entries), sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES or unpacked > UNPACKED or (unpacked > SMALL and unpacked > RATIO * max(packed, 1)):
        raise Refused(_("这个文件解开后大得异常（疑似压缩炸弹），已拒收。"))


def _check_entry(raw: bytes, entry: ZipInfo) -> None:
    """Unpack an entry without keeping it: it may not hold more than it says, nor name entities of its own."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    prologue, size = b"", 0
    for block in _unpacked(raw, entry):
        size += len(block)
        if size > entry.file_size:
            raise Refused(_("这个文件解开后大得异常（疑似压缩炸弹），已拒收。"))
        prologue += block[: PROLOGUE - len(prologue)] if is_xml else b""
    if is_xml:
        _check_prologue(prologue)


def _unpacked(raw: bytes, entry: ZipInfo) -> Iterator[bytes]:
    if entry.flag_bits & 1:
        raise Refused(_("这个文件有密码，请去掉密码后再上传。"))
    name, extra = struct.unpack("<HH", raw[entry.header_offset + 26 : entry.header_offset + 30])
    start = entry.header_offset + 30 + name + extra
    packed = memoryview(raw)[start : start + entry.compress_size]
    if entry.compress_type == ZIP_STORED:
        yield bytes(packed)
    elif entry.compress_type == ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise BadZipFile(entry.compress_type)


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    rest = bytes(packed)
    while rest and not inflate.eof:
        yield inflate.decompress(rest, BLOCK)
        rest = inflate.unconsumed_tail
    yield inflate.flush()


class Root(Exception):
    """The root element is reached: no document type stands before it."""


def _check_prologue(prologue: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _reach_root
    try:
        parser.Parse(prologue, False)
    except (Root, expat.ExpatError):
        return


def _refuse_doctype(*_declared: object) -> None:
    raise Refused(_("文件里含有外部实体或自定义实体声明（DTD），已拒收。"))


def _reach_root(*_element: object) -> None:
    raise Root
