"""答复质量 on the command line."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from mianduimian.refusal import Refused
from mianduimian.text import relevance as relevant
from mianduimian.text import replies as quality
from mianduimian.text.commands.files import OUT, READ, Row, Unreadable, all_rows, done, rows, said, write
from mianduimian.text.replies.learned import Example, Reader, seed

Grader = Callable[[str, str], quality.Grade]


@click.command()
@click.option("--learn", "given", type=click.Path(path_type=Path), multiple=True,
              help="带判断的答复，可给多个：hand={grade,time_commitment}，或 grade、commitment；不给则只用规则。")
@READ
@OUT
def replies(given: tuple[Path, ...], source: Path, out: Path) -> None:
    """答复质量：{id,title,body,reply} → {id,grade,commitment,relevance,why}。"""
    started = time.monotonic()
    grader, used = _learnt(given) if given else (quality.grade, "规则")
    read = list(rows(source))
    click.echo(f"正在比较 {len(read)} 对来件与答复", err=True)
    relevance = relevant.relevance(*([field(row) for row in read] for field in (_question, _reply, _title)))
    write(out, (_graded(row, grader, share) for row, share in zip(read, relevance, strict=True)))
    done(started, len(read), f"套话或转办 0、解释 1、具体措施 2 靠{used}，时限靠规则；相关度用二元字 TF-IDF、标题与地点")


def _learnt(given: tuple[Path, ...]) -> tuple[Grader, str]:
    kept = list(all_rows(given))
    examples = [example for row in kept for example in _example(row)]
    try:
        reader = Reader.learn(examples)
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal
    unused = f"，{len(kept) - len(examples)} 条没有判断，未用" if len(examples) < len(kept) else ""
    return reader.read, f"规则 + 逻辑回归，自带 {len(seed())} 条、学习 {len(examples)} 条{unused}"


def _example(row: Row) -> Iterator[Example]:
    """The judgement a row carries, if it carries one."""
    judged = row["hand"] if isinstance(row.get("hand"), dict) else row
    grade, commitment = judged.get("grade"), judged.get("time_commitment", judged.get("commitment", False))
    if grade in (0, 1, 2):
        yield Example(_question(row), _reply(row), int(grade), bool(commitment))


def _graded(row: Row, grader: Grader, relevance: float) -> Row:
    graded = grader(_question(row), _reply(row))
    read = {"grade": graded.grade, "commitment": graded.commitment, "relevance": relevance, "why": graded.why}
    return {"id": row.get("id"), **read}


def _title(row: Row) -> str:
    return said(row, "title")


def _question(row: Row) -> str:
    return f"{_title(row)} {said(row, 'body')}"


def _reply(row: Row) -> str:
    return said(row, "reply")
