"""库房: the bytes of kept papers, each under its own SHA-256; written once, never changed, checked when read."""

import os
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


def _place(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "papers" / digest[:2] / digest


def put(content: bytes) -> str:
    """Lay a file down before the row that names it; after a crash it lies there harmlessly and is found again."""
    digest = sha256(content).hexdigest()
    place = _place(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    waiting = place.with_name(f".{digest}.{uuid4().hex}")
    with waiting.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(place)
    return digest


def holds(digest: str) -> bool:
    """Whether a file lies here under this SHA-256."""
    return _place(digest).exists()


def drop(*digests: str) -> None:
    """Take files away for good; one that is gone already is no fault."""
    for digest in filter(None, digests):
        _place(digest).unlink(missing_ok=True)


def get(digest: str) -> bytes:
    """The bytes as they were kept; refused when they are gone or are no longer the same."""
    try:
        content = _place(digest).read_bytes()
    except FileNotFoundError:
        raise Refused(_("存档的文件找不到了，请系统管理员从备份恢复（SHA-256 %(digest)s）。"), digest=digest) from None
    if sha256(content).hexdigest() != digest:
        raise Refused(_("存档的文件被改动过，已不可信，请系统管理员从备份恢复（SHA-256 %(digest)s）。"), digest=digest)
    return content
