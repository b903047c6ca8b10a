"""脱敏 on the command line."""

import time
from pathlib import Path

import click

from mianduimian.text import redact as privacy
from mianduimian.text.commands.files import OUT, READ, Row, done, rows, said, write


@click.command()
@READ
@OUT
def redact(source: Path, out: Path) -> None:
    """脱敏：{id,text} → {id,text,found}。"""
    started = time.monotonic()
    read = list(rows(source))
    write(out, map(_redacted, read))
    done(started, len(read), "线性规则、校验位与姓名字表")


def _redacted(row: Row) -> Row:
    words = said(row, "text")
    found = [{"kind": piece.kind.value, "start": piece.start, "end": piece.end} for piece in privacy.find(words)]
    return {"id": row.get("id"), "text": privacy.mask(words), "found": found}
