"""告知命令: `mianduimian tell`."""

import secrets
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils.timezone import localdate

from mianduimian.publication import jobs
from mianduimian.publication.gateways import Letter, Undelivered, gateways


@click.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="日期，默认今天")
@click.option("--try", "trial", nargs=2, metavar="通道 地址", default=None, help="只发一条试验消息，如 --try sms 号码")
def tell(day: datetime | None, trial: tuple[str, str] | None) -> None:
    """告知群众：把该发的发出去；重复运行无害，中途被杀也不会重复发送。"""
    if trial:
        _try(*trial)
    else:
        click.echo(jobs.tell(day.date() if day else localdate()))


def _try(name: str, to: str) -> None:
    """One message that is nobody's, so that an operator sees whether a way is set up."""
    way = next((way for way in gateways(settings.CHANNELS, Path(settings.DATA)) if way.name == name), None)
    if way is None:
        raise click.ClickException(f"没有设置这个通道：{name}（有：{'、'.join(settings.CHANNELS.order)}）")
    words = {"step": "试验消息", "title": "试验消息", "unit": "—", "receipt": "—"}
    try:
        way.send(Letter(f"trial-{secrets.token_hex(8)}", to, "【面对面】这是一条试验消息。", words))
        way.flush()
    except Undelivered as problem:
        raise click.ClickException(f"没有发出（{type(problem).__name__}）：{problem}") from None
    click.echo("已接收")
