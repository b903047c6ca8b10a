"""照片: a photograph is painted anew and lies on the disk before the row that names it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from mianduimian.intake.models import Afterword, Photo, Submission
from mianduimian.papers.photographs import snapshot
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

SIDE = 1_600  # pixels


class BadPhoto(Refused):
    """A photograph is none, is too large, or there are too many of them."""


def painted(files: Sequence[bytes]) -> list[bytes]:
    """The photographs as they may be kept; too many, or one that is none, is refused."""
    if len(files) > settings.PHOTOS:
        raise BadPhoto(_("照片最多%(n)s张，请留下最能说明问题的。"), n=settings.PHOTOS)
    try:
        return [snapshot(content, limit=settings.PHOTO_LIMIT, side=SIDE) for content in files]
    except Refused as refused:
        raise BadPhoto(refused.message, **refused.words) from refused


@contextmanager
def hung(
    submission: Submission, pictures: Iterable[bytes], on: date, *, afterword: Afterword | None = None
) -> Iterator[list[Photo]]:
    """Write pictures and rows; the same picture again adds nothing; when the act fails, the files go again."""
    known = set(submission.photos.values_list("digest", flat=True))
    fresh = {digest: picture for picture in pictures if (digest := sha256(picture).hexdigest()) not in known}
    rows = [
        Photo(submission=submission, afterword=afterword, stored=f"photos/{uuid4().hex}.jpg", digest=digest, on=on)
        for digest in fresh
    ]
    try:
        for row in rows:
            row.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            row.path.write_bytes(fresh[row.digest])
        yield Photo.objects.bulk_create(rows)
    except BaseException:
        _away(row.path for row in rows)
        raise


def take_down(submissions: Iterable[Submission]) -> int:
    """Remove the photographs of these submissions for good; the files go when the act holds."""
    found = Photo.objects.filter(submission__in=list(submissions))
    paths = [photo.path for photo in found]
    found.delete()
    transaction.on_commit(lambda: _away(paths))
    return len(paths)


def _away(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
