"""照片: what a citizen's photograph loses, and what is refused before it is decoded."""

from io import BytesIO

import pytest
from PIL import Image

from mianduimian.papers.photographs import snapshot
from mianduimian.refusal import Refused

MB = 1024 * 1024


def photograph(size=(2400, 1800), form="JPEG", *, place=True, turned=False):
    picture = Image.new("RGB", size, (120, 60, 20))
    exif = Image.Exif()
    if place:
        exif.get_ifd(0x8825)[2] = (23.0, 44.0, 36.0)
        exif[0x010F] = "PhoneMaker"
    if turned:
        exif[0x0112] = 6
    out = BytesIO()
    picture.save(out, form, exif=exif)
    return out.getvalue()


def kept(content, **given):
    return Image.open(BytesIO(snapshot(content, **{"limit": 15 * MB, "side": 1600} | given)))


def test_a_photograph_loses_its_place_and_its_camera():
    assert Image.open(BytesIO(photograph())).getexif().get_ifd(0x8825)
    picture = kept(photograph())
    assert dict(picture.getexif()) == {}
    assert b"PhoneMaker" not in snapshot(photograph(), limit=15 * MB, side=1600)


def test_a_photograph_is_shrunk_and_stays_upright():
    assert max(kept(photograph()).size) == 1600
    assert kept(photograph((800, 600), turned=True)).size == (600, 800)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_usual_kind_becomes_a_jpeg(form):
    assert kept(photograph((300, 200), form)).format == "JPEG"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有传完"),
        (b"<html><script>alert(1)</script>", "只收 JPG"),
        (b"GIF89a" + b"0" * 99, "只收 JPG"),
        (photograph((300, 200)) + b"<script>alert(1)</script>", "夹带"),
        (photograph((300, 200))[:400], "打不开"),
    ],
)
def test_what_is_no_photograph_is_refused_in_words(content, words):
    with pytest.raises(Refused, match=words):
        snapshot(content, limit=15 * MB, side=1600)


def test_a_bomb_is_refused_before_it_is_painted():
    bomb = BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < MB
    with pytest.raises(Refused, match="打不开|尺寸太大"):
        snapshot(bomb.getvalue(), limit=15 * MB, side=1600)


def test_the_size_counts_on_its_edge():
    content = photograph((300, 200))
    assert kept(content, limit=len(content))
    with pytest.raises(Refused, match="超过"):
        snapshot(content, limit=len(content) - 1, side=1600)
