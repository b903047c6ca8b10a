"""留痕: the journal's commands."""

import click

from mianduimian.journal import acts
from mianduimian.journal.models import Line


@click.group()
def journal() -> None:
    """留痕：核验只增不改的留痕链。"""


@journal.command()
def verify() -> None:
    """核验全链，指出第一处断裂。"""
    broken = acts.verify()
    if broken:
        click.echo(f"断裂：{broken.reason}")
        raise SystemExit(1)
    click.echo(f"完好：{Line.objects.count()} 行")
