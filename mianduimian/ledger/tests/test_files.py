"""佐证: a corpus of files made here, honest and dressed up; what is kept and how it is handed out."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from mianduimian.ledger import acts
from mianduimian.ledger.models import Evidence
from mianduimian.ledger.rules import Proof, examine
from mianduimian.refusal import Refused

MB = 1024 * 1024
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **how)
    return out.getvalue()


def photograph() -> bytes:
    """A photograph lying on its side, with place and camera in it."""
    hidden = Image.Exif()
    hidden[0x0112], hidden[0x010F] = 6, "SecretCamera"
    hidden.get_ifd(0x8825)[1] = "N"
    return picture(exif=hidden)


def animation(kind: str) -> bytes:
    frames = [Image.new("RGB", (9, 9), (n * 60, 0, 0)) for n in range(3)]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def package(body: str, *more: str, size: int = 9) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("[Content_Types].xml", body, *more):
            file.writestr(name, b" " * size)
    return out.getvalue()


def word() -> bytes:
    out = BytesIO()
    Document().save(out)
    return out.getvalue()


def excel() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


GOOD = {
    "现场.jpg": (photograph(), "image/jpeg"),
    "图.JPEG": (picture(), "image/jpeg"),
    "截图.png": (picture("PNG"), "image/png"),
    "新图.webp": (picture("WEBP"), "image/webp"),
    "报告.pdf": (PDF, "application/pdf"),
    "说明.docx": (word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "清单.xlsx": (excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
BAD = {
    "page.html": (HTML, "只能上传"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "只能上传"),
    "run.exe": (b"MZ\x90", "只能上传"),
    "a.jpg;.html": (picture(), "只能上传"),
    "none": (picture(), "只能上传"),
    "old.doc": (b"\xd0\xcf\x11\xe0", "只能上传"),
    "empty.jpg": (b"", "空的"),
    "page.jpg": (HTML, "不符"),
    "shell.png": (b"<?php system($_GET['c']);", "不符"),
    "program.jpg": (b"MZ\x90\x00", "不符"),
    "gif.jpg": (b"GIF89a=1;alert(1)", "不符"),
    "png.jpg": (picture("PNG"), "不符"),
    "late.pdf": (HTML + PDF, "不符"),
    "jpg+html.jpg": (picture() + HTML, "夹带"),
    "jpg+zip.jpg": (picture() + package("x"), "夹带"),
    "comment.jpg": (picture(comment=b"<script>alert(1)</script>"), "夹带"),
    "torn.jpg": (picture(size=(400, 400))[:900], "打不开"),
    "bomb.png": (picture("PNG", (9000, 9000)), "尺寸太大"),
    "moving.png": (animation("PNG"), "动图"),
    "moving.webp": (animation("WEBP"), "动图"),
    "script.pdf": (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "夹带"),
    "pdf+html.pdf": (PDF.replace(b"trailer", HTML + b"trailer"), "夹带"),
    "pdf+zip.pdf": (PDF + package("x") + b"%%EOF", "夹带"),
    "half.pdf": (PDF[:20], "不完整"),
    "zip.docx": (package("readme.txt"), "不符"),
    "word.xlsx": (word(), "不符"),
    "macro.docx": (package("word/document.xml", "word/vbaProject.bin"), "夹带"),
    "climb.xlsx": (package("xl/workbook.xml", "../../etc/cron"), "夹带"),
    "bomb.docx": (package("word/document.xml", size=110 * MB), "太大"),
    "many.xlsx": (package("xl/workbook.xml", *(f"xl/{n}.xml" for n in range(2100))), "太大"),
    "broken.docx": (b"PK\x03\x04 nothing more", "打不开"),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_is_told_by_its_content(name):
    content, kind = GOOD[name]
    assert examine(name, content, 50 * MB).kind == kind


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_something_else_or_carries_something_is_refused(name):
    content, said = BAD[name]
    with pytest.raises(Refused, match=said):
        examine(name, content, 50 * MB)


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    with pytest.raises(Refused, match="1 MB"):
        examine("a.jpg", b"\xff\xd8\xff" + b"0" * MB, MB)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\现场 照片.pdf", "现场 照片.pdf"),
        ("con.pdf", "_con.pdf"),
        ("现场\u202efdp.pdf", "现场fdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("长" * 300 + ".pdf", "长" * 66 + ".pdf"),
        (".pdf.pdf", "pdf.pdf"),
    ],
)
def test_a_name_is_kept_without_path_device_or_hidden_sign(name, kept):
    assert examine(name, PDF, MB).name == kept


def test_what_is_shown_of_a_photograph_is_upright_and_tells_no_place():
    shown = examine("现场.jpg", photograph(), MB).shown
    with Image.open(BytesIO(shown)) as seen:
        assert (seen.size, len(seen.getexif())) == ((30, 40), 0)
    assert b"SecretCamera" in photograph() and b"SecretCamera" not in shown


@pytest.fixture
def filed(accepted, handler, day):
    """A photograph filed as evidence."""
    return acts.evidence(
        accepted, Proof("现场.jpg", photograph(), "before", Decimal(2000), "平方米", "某小学门口"), by=handler, on=day
    )


def test_evidence_is_kept_as_it_came_under_a_name_of_our_own(filed, settings):
    kept = Path(settings.MEDIA_ROOT) / filed.stored
    assert kept.read_bytes() == photograph()
    assert "现场" not in filed.stored and kept.suffix == ""


def test_the_same_file_is_filed_once_and_a_number_needs_its_unit(filed, accepted, handler, day, settings):
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    with pytest.raises(Refused, match="已经上传过"):
        acts.evidence(accepted, Proof("again.jpg", photograph()), by=handler, on=day)
    with pytest.raises(Refused, match="数量和单位"):
        acts.evidence(accepted, Proof("b.pdf", PDF, quantity=Decimal(3)), by=handler, on=day)
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before


def test_a_refused_step_leaves_no_file_behind(accepted, handler, settings, monkeypatch):
    def broken(*_args, **_facts):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("mianduimian.ledger.acts.step.record", broken)
    with pytest.raises(RuntimeError):
        acts.evidence(accepted, Proof("b.pdf", PDF), by=handler, on=date(2023, 11, 17))
    assert [path for path in (Path(settings.MEDIA_ROOT) / "evidence").rglob("*") if path.is_file()] == []
    assert Evidence.objects.count() == 0


def test_a_photograph_is_handed_out_as_an_image_in_a_sandbox_without_its_hidden_data(filed, client, handler):
    client.force_login(handler)
    answer = client.get(f"/ledger/evidence/{filed.pk}/")
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%E7%8E%B0")
    assert b"SecretCamera" not in b"".join(answer.streaming_content)


def test_a_paper_is_handed_out_as_a_download_and_to_nobody_else(accepted, handler, stranger, client, day, settings):
    filed = acts.evidence(accepted, Proof("报告.pdf", PDF), by=handler, on=day)
    client.force_login(handler)
    assert client.get(f"/ledger/evidence/{filed.pk}/")["Content-Disposition"].startswith("attachment")
    (Path(settings.MEDIA_ROOT) / filed.stored).unlink()
    assert client.get(f"/ledger/evidence/{filed.pk}/").status_code == 404
    client.force_login(stranger)
    assert client.get(f"/ledger/evidence/{filed.pk}/").status_code == 404
