"""答复质量 on the command line."""

import time
from pathlib import Path

import click

from mianduimian.text import relevance as relevant
from mianduimian.text import replies as quality
from mianduimian.text.commands.files import OUT, READ, Row, done, rows, said, write


@click.command()
@READ
@OUT
def replies(source: Path, out: Path) -> None:
    """答复质量：{id,title,body,reply} → {id,grade,commitment,relevance,why}。"""
    started = time.monotonic()
    read = list(rows(source))
    relevance = relevant.relevance([_question(row) for row in read], [said(row, "reply") for row in read])
    write(out, map(_graded, read, relevance))
    done(started, len(read), "规则：转办或客套 0、解释 1、具体措施 2，时限；相关度用二元字 TF-IDF")


def _graded(row: Row, relevance: float) -> Row:
    graded = quality.grade(_question(row), said(row, "reply"))
    read = {"grade": graded.grade, "commitment": graded.commitment, "relevance": relevance, "why": graded.why}
    return {"id": row.get("id"), **read}


def _question(row: Row) -> str:
    return f"{said(row, 'title')} {said(row, 'body')}"
