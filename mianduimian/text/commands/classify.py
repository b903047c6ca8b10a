"""分类 on the command line."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from mianduimian.refusal import Refused
from mianduimian.text import classify as classes
from mianduimian.text.commands.files import OUT, READ, STEP, Row, Unreadable, all_rows, done, rows, words, write
from mianduimian.vocabulary import _, say


@click.command()
@click.option("--learn", "examples", type=click.Path(path_type=Path), multiple=True,
              help="带 label 的样例，可给多个；不给则用自带样例。")
@READ
@OUT
def classify(examples: tuple[Path, ...], source: Path, out: Path) -> None:
    """分类：{id,text} → {id,label,confidence,second}。"""
    started = time.monotonic()
    read = list(rows(source))
    try:
        reader = classes.Classifier.learn(map(_example, all_rows(examples))) if examples else classes.default()
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal
    write(out, _classified(reader, read))
    used = f"{len(examples)} 个样例文件" if examples else "自带样例"
    done(started, len(read), f"字符 1–3 元 TF-IDF + 线性支持向量机，{len(reader.labels)} 类，{used}")


def _classified(reader: classes.Classifier, read: list[Row]) -> Iterator[Row]:
    for start in range(0, len(read), STEP):
        part = read[start : start + STEP]
        for row, label in zip(part, reader.read([words(row) for row in part]), strict=True):
            yield {"id": row.get("id"), "label": label.label, "confidence": label.confidence, "second": label.second}


def _example(row: Row) -> tuple[str, Any]:
    if "label" not in row:
        raise Unreadable(say(_("学习用的样例里有一行没有 label。")))
    return words(row), row["label"]
