"""分类 on the command line."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from mianduimian.refusal import Refused
from mianduimian.text import classify as classes
from mianduimian.text.commands.files import OUT, READ, STEP, Row, Unreadable, all_rows, done, rows, said, write
from mianduimian.vocabulary import _, say


@click.command()
@click.option("--learn", "examples", type=click.Path(path_type=Path), multiple=True,
              help="带 label 的样例，可给多个；不给则用自带样例。")
@click.option("--model", type=click.Path(path_type=Path), help="学过的模型文件：有 --learn 时写到这里，没有时从这里读。")
@READ
@OUT
def classify(examples: tuple[Path, ...], model: Path | None, source: Path, out: Path) -> None:
    """分类：{id,text} → {id,label,confidence,second}。"""
    started = time.monotonic()
    read = list(rows(source))
    try:
        reader = _reader(list(map(_example, all_rows(examples))), model)
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal
    write(out, _classified(reader, read))
    used = f"{len(examples)} 个样例文件" if examples else model.name if model else "自带模型"
    done(started, len(read), f"词、单双字、开头三种看法的对数似然比 + 线性支持向量机，{len(reader.labels)} 类，{used}")


def _reader(examples: list[tuple[str, Any]], model: Path | None) -> classes.Classifier:
    if not examples:
        return classes.Classifier.load(model) if model else classes.default()
    click.echo(f"正在从 {len(examples)} 条样例学习", err=True)
    reader = classes.Classifier.learn(examples)
    if model:
        reader.save(model)
    return reader


def _classified(reader: classes.Classifier, read: list[Row]) -> Iterator[Row]:
    for start in range(0, len(read), STEP):
        part = read[start : start + STEP]
        for row, label in zip(part, reader.read([_words(row) for row in part]), strict=True):
            yield {"id": row.get("id"), "label": label.label, "confidence": label.confidence, "second": label.second}


def _example(row: Row) -> tuple[str, Any]:
    if "label" not in row:
        raise Unreadable(say(_("学习用的样例里有一行没有 label。")))
    if isinstance(row["label"], list | dict):
        raise Unreadable(say(_("学习用的样例里有一行的 label 不是一个词或数。")))
    return _words(row), row["label"]


def _words(row: Row) -> str:
    """The text of a row, or its words as they were cut before."""
    return said(row, "text") or said(row, "words")
