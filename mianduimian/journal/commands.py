"""留痕: the journal's commands."""

import click

from mianduimian.journal import acts
from mianduimian.journal.models import DayHead, Line
from mianduimian.journal.published import fetch
from mianduimian.journal.rules import Broken
from mianduimian.refusal import Refused


@click.group()
def journal() -> None:
    """留痕：核验只增不改的留痕链。"""


@journal.command()
@click.option("--published", multiple=True, metavar="FILE/URL", help="公布过的每日链头（CSV 或 JSON，文件或网址），可给多份")
def verify(published: tuple[str, ...]) -> None:
    """核验全链，指出第一处断裂；给了公布过的链头，再逐日比对，历史整条重写也查得出。"""
    try:
        days = [day for source in published for day in fetch(source)]
    except Refused as refused:
        click.echo(str(refused))
        raise SystemExit(2) from None
    _stop(acts.verify() or acts.compare(days))
    told = f"；与公布的 {len(days)} 天链头一致" if published else ""
    click.echo(f"完好：{Line.objects.count()} 行{told}")


def _stop(broken: Broken | None) -> None:
    if broken:
        click.echo(f"断裂：{broken.reason}")
        raise SystemExit(1)


@journal.command()
def heads() -> None:
    """列出每日链头，即对外公布的那一份（CSV）。"""
    click.echo("on,number,hash")
    for day in DayHead.objects.order_by("on").iterator():
        click.echo(f"{day.on},{day.number},{day.hash}")
