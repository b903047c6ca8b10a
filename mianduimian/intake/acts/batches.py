"""批次: a file is kept, its columns are confirmed, its rows are taken in chunk by chunk until its end."""

import hashlib
import os
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from mianduimian.intake.acts.shelf import Arrival, shelve
from mianduimian.intake.models import BadRow, Batch, Mapping
from mianduimian.intake.rules import GONE, TOO_LARGE, BatchState, Field, check, shown_name
from mianduimian.intake.sheets import Reading, Row, read, told
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _

CHUNK = 500
Columns = dict[str, str]


@act
def begin_batch(round: Round, *, channel: str, source: str, file: tuple[str, bytes], by: Person, on: date) -> Batch:
    """Keep a file that can be read, its columns as remembered or guessed; one that is still being read is gone on with."""
    by.must("intake.import")
    if round.ended_on:
        raise Refused(_("这一期已于%(on)s结束，不再收件。"), on=round.ended_on)
    name, raw = file
    if len(raw) > settings.UPLOAD_LIMIT:
        raise Refused(TOO_LARGE, limit=settings.UPLOAD_LIMIT // 1024 // 1024)
    digest = hashlib.sha256(raw).hexdigest()
    earlier = Batch.objects.unfinished().filter(round=round, channel=channel, source=source, digest=digest).first()
    if earlier and earlier.path.exists():
        return earlier
    reading = read(raw)
    batch = Batch(
        round=round,
        channel=channel,
        source=source,
        file_name=shown_name(name),
        stored=secrets.token_hex(20),
        digest=digest,
        mapping=_columns(channel, source, reading),
        total=len(reading.rows),
        begun_on=on,
        by=by,
    )
    _keep(batch.path, raw)
    try:
        batch.save()
        now = {"batch": batch.pk, "file": batch.file_name, "digest": batch.digest, "channel": channel, "source": source}
        record("intake.begin_batch", round, by=by, on=on, now=now)
    except BaseException:
        batch.path.unlink()
        raise
    return batch


def _columns(channel: str, source: str, reading: Reading) -> Columns:
    """The columns as a person confirmed them for this source, where this file has them; guessed otherwise."""
    remembered = Mapping.objects.filter(channel=channel, source=source).first()
    columns: Columns = remembered.columns if remembered else {}
    known = {field: head for field, head in columns.items() if head in reading.heads}
    return known if known.keys() & {Field.TEXT, Field.TITLE} else reading.guess


def _keep(path: Path, raw: bytes) -> None:
    """Write the file so that it is on the disk before anything points at it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


@act
def map_columns(batch: Batch, mapping: Columns, *, by: Person, on: date) -> Batch:
    """Confirm which column holds what; the source's next file is read the same way."""
    by.must("intake.import")
    batch = _waiting(batch)
    columns = {field: head for field, head in mapping.items() if head}
    _check_columns(columns)
    batch.mapping, batch.state = columns, BatchState.RUNNING
    batch.save()
    Mapping.objects.update_or_create(channel=batch.channel, source=batch.source, defaults={"columns": columns})
    record("intake.map_columns", batch.round, by=by, on=on, now={"batch": batch.pk, "columns": columns})
    return batch


@act
def drop(batch: Batch, *, by: Person, on: date) -> Batch:
    """Give up a file that nothing was taken in from; its content is destroyed."""
    by.must("intake.import")
    batch = _waiting(batch)
    batch.state, batch.problem = BatchState.FAILED, str(Refused(_("已放弃，没有收入任何一行。")))
    batch.save()
    record("intake.drop", batch.round, by=by, on=on, now={"batch": batch.pk, "file": batch.file_name})
    transaction.on_commit(lambda: batch.path.unlink(missing_ok=True))
    return batch


def _check_columns(columns: Columns) -> None:
    if not columns.keys() & {Field.TEXT, Field.TITLE}:
        raise Refused(_("请指明哪一列是内容（至少是标题）。"))


def _waiting(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != BatchState.WAITING:
        raise Refused(_("这个文件已经在处理，不能再改。"))
    return batch


def run_batch(batch: Batch, *, by: Person, on: date, tell: Callable[[Batch], None] = lambda batch: None) -> Batch:
    """Take in a file's rows, each chunk an act of its own: whoever runs it again goes on where it stopped."""
    by.must("intake.import")
    batch = Batch.objects.get(pk=batch.pk)
    if batch.state in (BatchState.DONE, BatchState.FAILED):
        return batch
    if not batch.path.exists():
        return _fail(batch, by=by, on=on)
    _check_columns(batch.mapping)
    rows = read(batch.path.read_bytes()).rows
    while batch.done < len(rows):
        batch = _take_in(batch, rows, by=by, on=on)
        tell(batch)
    return _finish(batch, by=by, on=on)


@act
def _fail(batch: Batch, *, by: Person, on: date) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == BatchState.DONE:
        return batch
    batch.state, batch.problem = BatchState.FAILED, str(Refused(GONE))
    batch.save()
    record("intake.run_batch", batch.round, by=by, on=on, now={"batch": batch.pk, **batch.facts}, why=batch.problem)
    return batch


@act
def _take_in(batch: Batch, rows: list[Row], *, by: Person, on: date) -> Batch:
    """The next chunk: its submissions, its bad rows and how far it got are written together or not at all."""
    batch = Batch.objects.select_for_update().select_related("round").get(pk=batch.pk)
    if batch.state == BatchState.DONE:
        return batch
    chunk = rows[batch.done : batch.done + CHUNK]
    good, bad = [], []
    for row in chunk:
        try:
            good.append((row, check(told(row, batch.channel, batch.mapping), on)))
        except Refused as refused:
            bad.append((row, str(refused)))
    placed = shelve(Arrival(batch.round, by, on, batch), [said for _row, said in good])
    bad += [(row, str(one.refused)) for (row, _said), one in zip(good, placed, strict=True) if one.refused]
    BadRow.objects.bulk_create([BadRow(batch=batch, row=row.number, reason=reason[:200]) for row, reason in bad])
    fresh = sum(one.fresh for one in placed)
    batch.fresh += fresh
    batch.known += len(chunk) - fresh - len(bad)
    batch.done += len(chunk)
    batch.state = BatchState.RUNNING
    batch.save()
    return batch


@act
def _finish(batch: Batch, *, by: Person, on: date) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == BatchState.DONE:
        return batch
    batch.state = BatchState.DONE
    batch.save()
    record("intake.run_batch", batch.round, by=by, on=on, now={"batch": batch.pk, **batch.facts})
    transaction.on_commit(lambda: batch.path.unlink(missing_ok=True))
    return batch
