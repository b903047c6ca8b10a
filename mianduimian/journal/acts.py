"""留痕: every act is one transaction, and its lines are chained at its end."""

import fcntl
import json
import os
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from mianduimian.journal.models import DayHead, Head, Line
from mianduimian.journal.published import Published
from mianduimian.journal.rules import GENESIS, Broken, keyed_digest, tidy
from mianduimian.vocabulary import _, say

_pending: ContextVar[list[Line] | None] = ContextVar("pending", default=None)


class Actor(Protocol):
    """Whoever acts: a person, or the clock; kept in the journal by value."""

    pk: Any
    name: Any


def act[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Make a verb one transaction; the outermost act chains the lines of all acts within it, last of all."""

    @wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        lines = _pending.get()
        if lines is None:
            return _outermost(lambda: function(*args, **kwargs))
        mark = len(lines)
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except BaseException:
            del lines[mark:]
            raise

    inside.is_act = True  # type: ignore[attr-defined]
    return inside


def _outermost[R](work: Callable[[], R]) -> R:
    lines: list[Line] = []
    token = _pending.set(lines)
    try:
        with transaction.atomic():
            result = work()
            _chain(lines)
        return result
    finally:
        _pending.reset(token)


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Actor,
    on: date,
    was: dict[str, Any] | None = None,
    now: dict[str, Any] | None = None,
    why: str = "",
    sealed: dict[str, Any] | None = None,
    key: bytes = b"",
) -> None:
    """Write one line: who, when, what, was → is, why; sealed values only as digests under their own key."""
    lines = _pending.get()
    if lines is None:
        raise RuntimeError("record() is called inside an act")
    lines.append(
        Line(
            on=on,
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            subject_name=tidy({"": str(subject)})[""][:120],
            actor_id=by.pk,
            actor_name=by.name,
            was=tidy(was or {}),
            now=tidy(now or {}),
            why=tidy({"": why})[""],
            sealed={name: keyed_digest(value, key) for name, value in (sealed or {}).items()},
        )
    )


def _chain(lines: list[Line]) -> None:
    if not lines:
        return
    head, _made = Head.objects.select_for_update().get_or_create(pk=1)
    for line in lines:
        head.count += 1
        line.number, line.previous, line.at = head.count, head.hash, timezone.now()
        head.hash = line.hash = line.digest()
    Line.objects.bulk_create(lines)
    head.save()
    count, last = head.count, head.hash
    transaction.on_commit(lambda: _keep_head(count, last))


def head_file() -> Path:
    """Where head and count are kept outside the database, so that a cut tail is seen."""
    return Path(settings.DATA) / "journal.head"


def _keep_head(count: int, last: str) -> None:
    with os.fdopen(os.open(head_file(), os.O_RDWR | os.O_CREAT, 0o666), "r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = file.read()
        if not kept or json.loads(kept)["count"] < count:
            file.seek(0)  # written over what is shorter: at no moment is the file empty, and the disk is not waited for
            file.write(json.dumps({"count": count, "hash": last}))


def verify() -> Broken | None:
    """Walk the whole chain and name the first broken line; None when every line holds."""
    previous, number = GENESIS, 0
    outside = _outside_head()
    for line in Line.objects.order_by("number").iterator(chunk_size=2000):
        number += 1
        broken = _look(line, number, previous, outside)
        if broken:
            return broken
        previous = line.hash
    return _look_at_end(number, previous, outside)


def _look(line: Line, number: int, previous: str, outside: dict[str, Any] | None) -> Broken | None:
    if line.number != number:
        return Broken(number, say(_("第 %(number)s 行缺失")) % {"number": number})
    if line.previous != previous or line.digest() != line.hash:
        return Broken(number, say(_("第 %(number)s 行被改动")) % {"number": number})
    if outside and outside["count"] == number and outside["hash"] != line.hash:
        return Broken(number, say(_("第 %(number)s 行与库外留存的链头不符")) % {"number": number})
    return None


def _look_at_end(number: int, last: str, outside: dict[str, Any] | None) -> Broken | None:
    head = Head.objects.filter(pk=1).first()
    count = max(head.count if head else 0, outside["count"] if outside else 0)
    if count > number:
        return Broken(number + 1, say(_("末尾被截断：应有 %(count)s 行，只剩 %(left)s 行")) % {"count": count, "left": number})
    if head and head.hash != last:
        return Broken(number, say(_("链头与最后一行不符")))
    return None


def keep_day(on: date) -> DayHead:
    """每日链头: write down the last line and its hash as a day begins, once a day; it is published."""
    kept = DayHead.objects.filter(on=on).first()
    if kept:
        return kept
    head = Head.objects.filter(pk=1).first() or Head()
    return DayHead.objects.get_or_create(on=on, defaults={"number": head.count, "hash": head.hash})[0]


def compare(days: Iterable[Published]) -> Broken | None:
    """Hold the chain against days that were published: the first one that does not agree, None when all of them do."""
    wanted = sorted(days, key=lambda day: (day.number, day.on))
    hashes = dict(Line.objects.filter(number__in={day.number for day in wanted}).values_list("number", "hash"))
    for day in wanted:
        words = {"on": day.on, "number": day.number}
        if day.number and day.number not in hashes:
            return Broken(day.number, say(_("%(on)s 公布过第 %(number)s 行，现在没有这一行")) % words)
        if hashes.get(day.number, GENESIS) != day.hash:
            return Broken(day.number, say(_("第 %(number)s 行与 %(on)s 公布的指纹不符：历史被改写过")) % words)
    return None


def _outside_head() -> dict[str, Any] | None:
    path = head_file()
    kept = path.read_text("ascii") if path.exists() else ""
    return json.loads(kept) if kept else None
