"""公开图片: made by one hand with what must not be seen painted over, released by a second one, withdrawn at once."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Evidence
from mianduimian.people.models import Person
from mianduimian.publication.models import Picture, inner_file, names_of
from mianduimian.publication.retouching import Box, Printed, retouch
from mianduimian.publication.rules import shield
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say


@act
def prepare_picture(evidence: Evidence, caption: str, covered: Sequence[Box], *, by: Person, on: date) -> Picture:
    """备图: a new file for everybody, boxes burnt in; one that waits already gives way to it, the original stays inside."""
    by.must("publication.draft")
    if not evidence.is_picture or not inner_file(evidence).exists():
        raise Refused(_("这份佐证不是图片，不能作为公开图片。"))
    Evidence.objects.select_for_update().get(pk=evidence.pk)
    standing = Picture.objects.filter(evidence=evidence, withdrawn_on=None).first()
    if standing and standing.released_on:
        raise Refused(_("这张图片正在公开：要换一张，请先撤回。"))
    if standing:
        _withdraw(standing, say(_("已重新备图")), on)
    printed = retouch(inner_file(evidence).read_bytes(), covered)
    made = Picture.objects.create(
        evidence=evidence,
        caption=shield(caption, names_of([evidence.matter])[evidence.matter_id])[:120],
        boxes=[list(box) for box in covered],
        stored=_kept(printed),
        digest=sha256(printed.full).hexdigest(),
        width=printed.width,
        height=printed.height,
        by=by,
        on=on,
    )
    now = {"evidence": evidence.pk, "boxes": len(covered), "digest": made.digest}
    record("publication.prepare_picture", made, by=by, on=on, now=now)
    return made


def _kept(printed: Printed) -> str:
    """Write the two files before the row that names them; a row that fails leaves files nobody is pointed to."""
    stored = f"public/{uuid4().hex}"
    for name, content in ((f"{stored}.jpg", printed.full), (f"{stored}.small.jpg", printed.small)):
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return stored


def _withdraw(picture: Picture, why: str, on: date) -> None:
    picture.withdrawn_on, picture.withdrawn_why = on, why[:200]
    picture.save()


@act
def release_picture(picture: Picture, *, by: Person, on: date) -> Picture:
    """公开图片: the second hand has looked at it; looked at twice it is released once."""
    by.must("publication.release")
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    if picture.withdrawn_on:
        raise Refused(_("这张图片已撤回，请重新打开页面。"))
    if picture.by_id == by.pk:
        raise Refused(_("这张图片是您本人准备的，须由第二个人公开。"))
    if picture.released_on is None:
        picture.released_on, picture.released_by = on, by
        picture.save()
        record("publication.release_picture", picture, by=by, on=on, now={"digest": picture.digest, "prepared_by": picture.by_id})
    return picture


@act
def withdraw_picture(picture: Picture, *, why: str, by: Person, on: date) -> Picture:
    """撤回图片: it is gone from the public page at once; the reason stays on record."""
    by.must("publication.release")
    picture = Picture.objects.select_for_update().get(pk=picture.pk)
    if picture.withdrawn_on:
        raise Refused(_("已于%(on)s撤回。"), on=picture.withdrawn_on)
    if not why.strip():
        raise Refused(_("撤回要写明理由。"))
    _withdraw(picture, why, on)
    record("publication.withdraw_picture", picture, by=by, on=on, why=why)
    return picture
