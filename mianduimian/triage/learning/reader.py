"""现用模型: which model reads now, its file checked against its fingerprint; the shipped one where it is missing or damaged."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from mianduimian.refusal import Refused
from mianduimian.text import when_asked
from mianduimian.text.verdict import Kind
from mianduimian.triage.models import Lesson
from mianduimian.vocabulary import _

if TYPE_CHECKING:
    from mianduimian.text import classify, events
else:
    classify, events = when_asked("classify"), when_asked("events")

SHIPPED = {Kind.CLASS: lambda: classify.default(), Kind.EVENT: lambda: events.default()}
LOADERS = {Kind.CLASS: lambda path: classify.Classifier.load(path), Kind.EVENT: lambda path: events.Pairs.load(path)}


@dataclass(frozen=True)
class Present:
    """The lesson whose model should read (none: the shipped one), and why it does not, where it does not."""

    kind: Kind
    lesson: Lesson | None
    problem: str = ""

    @property
    def shipped(self) -> bool:
        """Whether the shipped model reads."""
        return self.lesson is None or bool(self.problem)


def classifier() -> classify.Classifier:
    """The classifier that reads now."""
    return _model(Kind.CLASS)


def pairs() -> events.Pairs:
    """The model of what is one matter that reads now."""
    return _model(Kind.EVENT)


def present(kind: Kind) -> Present:
    """Which model reads now; its file is looked at, not loaded."""
    lesson = Lesson.objects.active(kind)
    if lesson is None:
        return Present(kind, None)
    try:
        check(lesson.path, lesson.digest)
    except Refused as refused:
        return Present(kind, lesson, str(refused))
    return Present(kind, lesson)


def _model(kind: Kind) -> Any:
    lesson = Lesson.objects.active(kind)
    if lesson is None:
        return SHIPPED[kind]()
    try:
        return _loaded(kind, str(settings.MEDIA_ROOT), lesson.file, lesson.digest)
    except Refused:
        return SHIPPED[kind]()


@lru_cache(maxsize=4)
def _loaded(kind: Kind, folder: str, file: str, digest: str) -> Any:
    """A model once loaded is kept; a refusal is not, so that a file put back is read again."""
    path = Path(folder) / "models" / file
    check(path, digest)
    return LOADERS[kind](path)


def check(path: Path, digest: str) -> None:
    """Refuse a model's file that is gone, or is not as it was saved."""
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise Refused(_("模型文件“%(name)s”不在了。"), name=path.name) from error
    if found != digest:
        raise Refused(_("模型文件“%(name)s”与保存时不同，可能已损坏或被换过。"), name=path.name)
