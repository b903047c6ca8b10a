"""同一事项 on the command line."""

import time
from itertools import chain
from pathlib import Path

import click

from mianduimian.refusal import Refused
from mianduimian.text import events as same
from mianduimian.text.commands.files import OUT, READ, Row, Unreadable, all_rows, done, rows, said, write
from mianduimian.text.events import meaning
from mianduimian.vocabulary import _, say


@click.command()
@click.option("--learn", "examples", type=click.Path(path_type=Path), multiple=True,
              help="带 event_id 的样例，可给多个；不给则用自带模型。")
@click.option("--ignore", "unclear", type=click.Path(path_type=Path), multiple=True,
              help="说不清是否同一事项的 id 组：每行 {ids}，学习时不用。")
@click.option("--model", type=click.Path(path_type=Path), help="学过的模型文件：有 --learn 时写到这里，没有时从这里读。")
@READ
@OUT
def events(examples: tuple[Path, ...], unclear: tuple[Path, ...], model: Path | None, source: Path, out: Path) -> None:
    """同一事项：{id,title,body,time} → {id,cluster,representative}。"""
    started = time.monotonic()
    read = list(rows(source))
    try:
        pairs = _judge(list(all_rows(examples)), list(all_rows(unclear)), model)
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal
    click.echo(f"正在比较 {len(read)} 条来件", err=True)
    groups = same.propose([_words(at, row) for at, row in enumerate(read)], pairs=pairs)
    place = {at: (number, group) for number, group in enumerate(groups) for at in group.members}
    write(out, ({"id": row.get("id"), "cluster": place[at][0], "representative": read[place[at][1].representative].get("id")}
                for at, row in enumerate(read)))
    used = f"{len(examples)} 个样例文件" if examples else model.name if model else "自带模型"
    encoder = "有句向量" if meaning.there() else "无句向量"
    done(started, len(read), f"两步提升树（{used}，{encoder}）+ 近邻连接 + 地点冲突保护，{len(groups)} 个事项")


def _judge(examples: list[Row], unclear: list[Row], model: Path | None) -> same.Pairs | None:
    if not examples:
        return same.Pairs.load(model) if model else None
    if not all("event_id" in row for row in examples):
        raise Unreadable(say(_("学习用的样例里有一行没有 event_id。")))
    click.echo(f"正在从 {len(examples)} 条样例学习", err=True)
    place = {row.get("id"): at for at, row in enumerate(examples)}
    groups = [frozenset(place[one] for one in row.get("ids", ()) if one in place) for row in unclear]
    event = [row["event_id"] for row in examples]
    judge = same.Pairs.learn([_words(at, row) for at, row in enumerate(examples)], event, ignore=_apart(groups, event))
    if model:
        judge.save(model)
    return judge


def _apart(groups: list[frozenset[int]], event: list[object]) -> list[frozenset[int]]:
    """Of each group nobody can tell, the pairs that are not of one event."""
    pairs = chain.from_iterable(((one, other) for one in group for other in group if one < other) for group in groups)
    return [frozenset(pair) for pair in pairs if event[pair[0]] != event[pair[1]]]


def _words(at: int, row: Row) -> same.Words:
    return same.Words(at, said(row, "title"), said(row, "body"), said(row, "time"))
