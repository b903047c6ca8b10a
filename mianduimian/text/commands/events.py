"""同一事项 on the command line."""

import time
from pathlib import Path

import click

from mianduimian.text import events as same
from mianduimian.text.commands.files import OUT, READ, done, rows, said, write


@click.command()
@READ
@OUT
def events(source: Path, out: Path) -> None:
    """同一事项：{id,title,body,time} → {id,cluster,representative}。"""
    started = time.monotonic()
    read = list(rows(source))
    words = [same.Words(at, said(row, "title"), said(row, "body"), said(row, "time")) for at, row in enumerate(read)]
    click.echo(f"正在比较 {len(read)} 条来件", err=True)
    groups = same.propose(words)
    place = {at: (number, group) for number, group in enumerate(groups) for at in group.members}
    write(out, ({"id": row.get("id"), "cluster": place[at][0], "representative": read[place[at][1].representative].get("id")}
                for at, row in enumerate(read)))
    done(started, len(read), f"标题与正文 TF-IDF 相似度 + 平均连接 + 地点冲突保护，{len(groups)} 个事项")
