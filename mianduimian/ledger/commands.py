"""年历与台账: a year's notice is loaded and what was provisional counted anew; what is derived is checked and derived anew."""

from pathlib import Path

import click
from django.conf import settings
from django.utils.timezone import localdate

from mianduimian.ledger import acts
from mianduimian.ledger.models import differences, spans
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.workdays import store_year


@click.group()
def calendar() -> None:
    """年历：装入国务院公布的一年放假安排。"""


@calendar.command()
@click.argument("file", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """装入 FILE（TOML），并重算暂定的期限；重复运行无害。"""
    try:
        year = store_year(file, settings.CALENDARS)
        changed = acts.recompute(by=Person.objects.clock(), on=localdate())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"装入 {year} 年，重算 {len(changed)} 个期限")


@click.group()
def ledger() -> None:
    """台账：核对或重新推算每件事项的灯、检索词和筛选栏。"""


@ledger.command()
def check() -> None:
    """只看不改：说出留存的与重新推算的有哪些不同；有不同则以 1 结束。"""
    wrong = [difference for span in spans() for difference in differences(*span)]
    for difference in wrong:
        click.echo(difference)
    click.echo(f"不同 {len(wrong)} 件")
    if wrong:
        raise SystemExit(1)


@ledger.command()
def renew() -> None:
    """全部重新推算，不同的改正；重复运行无害。"""
    click.echo(f"改正 {acts.renew(by=Person.objects.clock(), on=localdate())} 件")
