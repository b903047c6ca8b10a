"""The command line of the texts: measure or use every reading on files, without a database."""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from mianduimian.refusal import Refused
from mianduimian.text import classify as classes
from mianduimian.text import events as same
from mianduimian.text import redact as privacy
from mianduimian.text import relevance as relevant
from mianduimian.text import replies as quality
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


@click.group("text")
def text() -> None:
    """读懂群众的话：分类、同一事项、答复质量、脱敏。"""


@text.command()
@click.option("--learn", "examples", type=click.Path(path_type=Path), multiple=True,
              help="带 label 的样例，可给多个；不给则用自带样例。")
@READ
@OUT
def classify(examples: tuple[Path, ...], source: Path, out: Path) -> None:
    """分类：{id,text} → {id,label,confidence,second}。"""
    started = time.monotonic()
    rows = list(_rows(source))
    try:
        reader = classes.Classifier.learn(map(_example, _all(examples))) if examples else classes.default()
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal
    _write(out, _classified(reader, rows))
    used = f"{len(examples)} 个样例文件" if examples else "自带样例"
    _done(started, len(rows), f"字符 1–3 元 TF-IDF + 线性支持向量机，{len(reader.labels)} 类，{used}")


@text.command()
@READ
@OUT
def events(source: Path, out: Path) -> None:
    """同一事项：{id,title,body,time} → {id,cluster,representative}。"""
    started = time.monotonic()
    rows = list(_rows(source))
    words = [same.Words(at, _said(row, "title"), _said(row, "body"), _said(row, "time")) for at, row in enumerate(rows)]
    click.echo(f"正在比较 {len(rows)} 条来件", err=True)
    groups = same.propose(words)
    place = {at: (number, group) for number, group in enumerate(groups) for at in group.members}
    _write(out, ({"id": row.get("id"), "cluster": place[at][0], "representative": rows[place[at][1].representative].get("id")}
                 for at, row in enumerate(rows)))
    _done(started, len(rows), f"标题与正文 TF-IDF 相似度 + 平均连接 + 地点冲突保护，{len(groups)} 个事项")


@text.command()
@READ
@OUT
def replies(source: Path, out: Path) -> None:
    """答复质量：{id,title,body,reply} → {id,grade,commitment,relevance,why}。"""
    started = time.monotonic()
    rows = list(_rows(source))
    relevance = relevant.relevance([_question(row) for row in rows], [_said(row, "reply") for row in rows])
    _write(out, map(_graded, rows, relevance))
    _done(started, len(rows), "规则：转办或客套 0、解释 1、具体措施 2，时限；相关度用二元字 TF-IDF")


@text.command()
@READ
@OUT
def redact(source: Path, out: Path) -> None:
    """脱敏：{id,text} → {id,text,found}。"""
    started = time.monotonic()
    rows = list(_rows(source))
    _write(out, map(_redacted, rows))
    _done(started, len(rows), "线性规则与校验位")


def _classified(reader: classes.Classifier, rows: list[Row]) -> Iterator[Row]:
    for start in range(0, len(rows), STEP):
        part = rows[start : start + STEP]
        for row, label in zip(part, reader.read([_words(row) for row in part]), strict=True):
            yield {"id": row.get("id"), "label": label.label, "confidence": label.confidence, "second": label.second}


def _graded(row: Row, relevance: float) -> Row:
    graded = quality.grade(_question(row), _said(row, "reply"))
    read = {"grade": graded.grade, "commitment": graded.commitment, "relevance": relevance, "why": graded.why}
    return {"id": row.get("id"), **read}


def _question(row: Row) -> str:
    return f"{_said(row, 'title')} {_said(row, 'body')}"


def _redacted(row: Row) -> Row:
    said = _said(row, "text")
    found = [{"kind": piece.kind.value, "start": piece.start, "end": piece.end} for piece in privacy.find(said)]
    return {"id": row.get("id"), "text": privacy.mask(said), "found": found}


def _example(row: Row) -> tuple[str, Any]:
    if "label" not in row:
        raise Unreadable(say(_("学习用的样例里有一行没有 label。")))
    return _words(row), row["label"]


def _words(row: Row) -> str:
    """The text of a row; segmented words are put together again."""
    return _said(row, "text") or "".join(_said(row, "words").split())


def _said(row: Row, key: str) -> str:
    value = row.get(key)
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _all(paths: Iterable[Path]) -> Iterator[Row]:
    for path in paths:
        yield from _rows(path)


def _rows(path: Path) -> Iterator[Row]:
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


def _write(path: Path, rows: Iterable[Row]) -> None:
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


def _done(started: float, count: int, used: str) -> None:
    click.echo(f"{count} 条；{used}；用时 {time.monotonic() - started:.1f} 秒", err=True)
