"""JSONL files for the readings: read row by row, written with signs of progress; what cannot be read is said in one sentence."""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from mianduimian.vocabulary import _, say

Row = dict[str, Any]
STEP = 500  # rows between two signs of progress

READ = click.option("--read", "source", type=click.Path(path_type=Path), required=True, help="要读的 JSONL 文件。")
OUT = click.option("--out", type=click.Path(path_type=Path), required=True, help="结果写到哪个 JSONL 文件。")


class Unreadable(click.ClickException):
    """A file that cannot be read: one sentence, exit code 2."""

    exit_code = 2

    def show(self, file=None) -> None:
        click.echo(self.message, err=True)



def words(row: Row) -> str:
    """The text of a row; segmented words are put together again."""
    return said(row, "text") or "".join(said(row, "words").split())


def said(row: Row, key: str) -> str:
    """One field of a row as text; a list is put together with blanks, nothing is an empty text."""
    value = row.get(key)
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def all_rows(paths: Iterable[Path]) -> Iterator[Row]:
    """The rows of several files, one after another."""
    for path in paths:
        yield from rows(path)


def rows(path: Path) -> Iterator[Row]:
    """The rows of a file; a line that is no JSON object is named by its number."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(say(_("读不到文件“%(name)s”，或它不是 UTF-8 编码。")) % {"name": path.name}) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(line, path.name, number)


def _row(line: str, name: str, number: int) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise Unreadable(say(_("“%(name)s”第%(number)s行不是一个 JSON 对象。")) % {"name": name, "number": number})
    return row


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write line by line with signs of progress; lone surrogates, which UTF-8 cannot hold, are written as JSON escapes."""
    with _opened(path) as handle:
        for number, row in enumerate(rows, 1):
            line = json.dumps(row, ensure_ascii=False)
            handle.write((line if _writable(line) else json.dumps(row)) + "\n")
            if number % STEP == 0:
                click.echo(f"已读 {number} 条", err=True)


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise Unreadable(say(_("写不了文件“%(name)s”。")) % {"name": path}) from error


def _writable(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def done(started: float, count: int, used: str) -> None:
    """Say how much was read, with what, and how long it took."""
    click.echo(f"{count} 条；{used}；用时 {time.monotonic() - started:.1f} 秒", err=True)
