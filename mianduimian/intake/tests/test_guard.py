"""What a file really is, and what is refused at the door."""

import struct
import time
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianduimian.intake.rules import Kind, shown_name
from mianduimian.intake.sheets import guard, read
from mianduimian.refusal import Refused


def archive(**parts):
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"GIF89a; alert(1)", "GIF"),
        (b"MZ\x90\x00", "EXE"),
        (b"  <!DOCTYPE html><table>", "HTML"),
        (b"<html><table><tr><td>", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "XML"),
        (b"<svg onload=x>", "XML"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(raw, kind):
    with pytest.raises(Refused, match="不是表格文件") as refused:
        guard.kind_of(raw)
    assert kind in str(refused.value)


def test_an_archive_that_is_no_workbook_is_refused():
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refused, match="ZIP"):
        guard.kind_of(out.getvalue())


def test_a_good_workbook_passes(export):
    assert guard.kind_of(export()) == Kind.EXCEL


def test_a_bomb_is_refused_on_what_it_admits_to():
    began = time.monotonic()
    with pytest.raises(Refused, match="炸弹"):
        guard.kind_of(archive(xl__a=b"0" * 60_000_000))
    assert time.monotonic() - began < 5


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(guard, "ENTRIES", 20)
    with pytest.raises(Refused, match="炸弹"):
        guard.kind_of(archive(**{f"xl__s{n}": "<a/>" for n in range(30)}))


def test_a_bomb_that_lies_about_its_size_is_refused_all_the_same():
    raw = bytearray(archive(xl__a=b"0" * 3_000_000))
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    raw[at + 16 : at + 20] = struct.pack("<I", zlib.crc32(b"0" * 10))
    with pytest.raises(Refused, match="炸弹"):
        guard.kind_of(bytes(raw))


@pytest.mark.parametrize(
    "xml",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>',
        '<?xml version="1.0"?><!-- long --><!DOCTYPE a SYSTEM "http://127.0.0.1:9/evil.dtd"><a/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "ha">]><a/>'.encode("utf-16"),
    ],
)
def test_entities_are_refused_before_anything_is_read(xml):
    with pytest.raises(Refused, match="DTD"):
        guard.kind_of(archive(xl__sharedStrings=xml))


def test_a_workbook_cut_short_is_said_to_be_damaged(export):
    raw = export()
    for cut in (10, len(raw) // 2, len(raw) - 5):
        with pytest.raises(Refused, match="损坏|ZIP"):
            read(raw[:cut])


def test_a_password_is_asked_to_be_taken_off():
    raw = bytearray(archive())
    raw[6:8] = struct.pack("<H", 1)
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 8 : at + 10] = struct.pack("<H", 1)
    with pytest.raises(Refused, match="密码"):
        guard.kind_of(bytes(raw))


@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_the_reader(raw):
    for begun in (raw, b"PK\x03\x04" + raw, guard.OLE + raw, b"\xff\xfe" + raw):
        try:
            read(begun)
        except Refused:
            pass


@given(st.binary(min_size=1, max_size=6), st.integers(0, 5_000))
def test_no_damage_to_a_workbook_breaks_the_reader(damage, at):
    raw = bytearray(archive(xl__worksheets__sheet1="<worksheet/>"))
    raw[at % len(raw) : at % len(raw) + len(damage)] = damage
    try:
        read(bytes(raw))
    except Refused:
        pass


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\来件\\热线.xlsx", "热线.xlsx"),
        ("a.jpg;.html", "a.jpg;.html"),
        ("表\u202excod.xlsx", "表xcod.xlsx"),
        ("一\r\nSet-Cookie: x.csv", "一Set-Cookie: x.csv"),
        ("长" * 300 + ".xlsx", "长" * 115 + ".xlsx"),
        ("", "—"),
    ],
)
def test_a_file_is_shown_under_a_name_that_does_no_harm(sent, shown):
    assert shown_name(sent) == shown
