"""现场核查: the checklist is data, photographs lose their place, and a form sent twice is one."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mianduimian.archive import store
from mianduimian.lookback import acts
from mianduimian.lookback.models import Snapshot, Verification
from mianduimian.lookback.rules import Photo, checklist, worst
from mianduimian.lookback.tests.conftest import LATER, TRUE
from mianduimian.mechanism import rulebook, versions
from mianduimian.refusal import NotYours, Refused

GPS = 0x8825
SEEN = {"point_seen": "yes", "point_measure": "yes", "finding": "true", "note": "护栏已装好", "on_site": "on"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("mianduimian.lookback.views.steps.localdate", lambda: LATER)


def taken(colour="red", place=True) -> bytes:
    """A photograph as a telephone takes it, with its place."""
    picture, out = Image.new("RGB", (60, 40), colour), BytesIO()
    exif = picture.getexif()
    if place:
        exif.get_ifd(GPS).update({1: "N", 2: (23.0, 44.0, 0.0), 3: "E", 4: (114.0, 41.0, 0.0)})
        exif[GPS] = exif.get_ifd(GPS)
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def place_in(content: bytes) -> dict:
    return dict(Image.open(BytesIO(content)).getexif().get_ifd(GPS))


def test_a_photograph_is_kept_as_it_came_and_shown_without_its_place(settled, visitor):
    content = taken()
    assert place_in(content)
    acts.verify(settled, replace(TRUE, photos=(Photo("IMG_1.jpg", content),)), by=visitor, on=LATER)
    kept = Snapshot.objects.get()
    assert store.get(kept.digest) == content
    assert place_in(store.get(kept.shown)) == {}


def test_the_same_photograph_twice_is_one(settled, visitor):
    photos = (Photo("a.jpg", taken()), Photo("b.jpg", taken()), Photo("c.jpg", taken("blue")))
    made = acts.verify(settled, replace(TRUE, photos=photos), by=visitor, on=LATER)
    assert made.photos.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.jpg", b"<html><script>", "不符"),
        ("x.exe", b"MZ", "只能上传"),
        ("x.pdf", b"%PDF-1.4\n%%EOF", "只收"),
        ("x.jpg", b"", "空"),
    ],
)
def test_what_is_no_photograph_is_refused_and_nothing_is_kept(settled, visitor, name, content, why):
    with pytest.raises(Refused, match=why):
        acts.verify(settled, replace(TRUE, photos=(Photo(name, content),)), by=visitor, on=LATER)
    assert not Verification.objects.exists() and not Snapshot.objects.exists()


def test_no_more_photographs_than_the_rulebook_allows(settled, visitor):
    colours = ["red", "blue", "green", "black", "white", "pink", "grey"]
    photos = tuple(Photo(f"{colour}.jpg", taken(colour)) for colour in colours)
    with pytest.raises(Refused, match="最多传6张"):
        acts.verify(settled, replace(TRUE, photos=photos), by=visitor, on=LATER)
    assert acts.verify(settled, replace(TRUE, photos=photos[:6]), by=visitor, on=LATER).photos.count() == 6


def test_a_no_that_decides_speaks_against_true_and_any_other_does_not(settled, visitor):
    with pytest.raises(Refused, match="措施已经落实”选了“否”"):
        acts.verify(settled, replace(TRUE, points={"measure": "no"}), by=visitor, on=LATER)
    made = acts.verify(settled, replace(TRUE, points={"neighbours": "no", "strange": "yes", "seen": ""}), by=visitor, on=LATER)
    assert made.ticked == [("问过附近群众", "no", "否")]


def test_with_a_deciding_no_it_is_partly_or_not_so(settled, visitor):
    partly = replace(TRUE, finding="partly", points={"measure": "no"})
    assert acts.verify(settled, partly, by=visitor, on=LATER).points == {"measure": "no"}


@pytest.mark.parametrize("key", versions())
def test_every_rulebook_has_a_checklist_with_a_point_that_decides(key):
    points = checklist(rulebook(key))
    assert any(point.decides for point in points)
    assert len({point.key for point in points}) == len(points)


@pytest.mark.parametrize(
    ("findings", "counts"), [([], ""), (["true"], "true"), (["true", "partly"], "partly"), (["false", "true"], "false")]
)
def test_of_two_looks_the_less_favourable_counts(findings, counts):
    assert worst(findings) == counts


def test_the_same_form_sent_twice_is_one_verification_and_other_words_are_refused(settled, visitor, colleague):
    photo = (Photo("a.jpg", taken()),)
    first = acts.verify(settled, replace(TRUE, photos=photo), token="one", by=visitor, on=LATER)
    assert acts.verify(settled, replace(TRUE, photos=photo), token="one", by=visitor, on=LATER) == first
    for said, by in ((replace(TRUE, note="别的"), visitor), (replace(TRUE, photos=photo), colleague)):
        with pytest.raises(Refused, match="内容却不同"):
            acts.verify(settled, said, token="one", by=by, on=LATER)
    assert (Verification.objects.count(), Snapshot.objects.count()) == (1, 1)


def test_a_form_whose_answer_was_lost_is_answered_again_even_after_it_went_back(settled, visitor):
    false = replace(TRUE, finding="false")
    first = acts.verify(settled, false, token="one", by=visitor, on=LATER)
    acts.send_back(settled, why="没装", by=visitor, on=LATER)
    assert acts.verify(settled, false, token="one", by=visitor, on=LATER) == first


def test_it_is_typed_on_a_page_with_ticks_and_photographs_and_shown_to_those_who_look_back(settled, visitor, handler, client):
    client.force_login(visitor)
    address = reverse("lookback:verify", args=[settled.pk])
    page = client.get(address).content.decode()
    assert "答复里写的措施已经落实" in page and "data-onsite" in page
    assert "data-missing hidden" in page and page.count(" required") >= 2  # what onsite.js names when it is missing
    photos = [SimpleUploadedFile("1.jpg", taken()), SimpleUploadedFile("2.jpg", taken("blue"))]
    sent = {**SEEN, "token": "t1", "photos": photos}
    assert client.post(address, sent).status_code == 302
    for photo in photos:
        photo.seek(0)
    assert client.post(address, sent).status_code == 302
    assert Verification.objects.get().points == {"seen": "yes", "measure": "yes"}
    shown = client.get(reverse("lookback:photo", args=[Snapshot.objects.first().pk]))
    assert (shown.headers["Content-Type"], place_in(shown.content)) == ("image/jpeg", {})
    assert client.get(reverse("lookback:matter", args=[settled.pk])).content.decode().count("<img") >= 2
    client.force_login(handler)
    assert client.get(reverse("lookback:photo", args=[Snapshot.objects.first().pk])).status_code == 403


def test_who_wrote_the_reply_does_not_verify_it_whatever_the_token(settled, handler):
    with pytest.raises(NotYours):
        acts.verify(settled, TRUE, token="x", by=handler, on=LATER)
