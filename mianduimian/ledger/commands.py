"""年历: a year's notice of the State Council is loaded, and what was provisional is counted anew."""

from pathlib import Path

import click
from django.conf import settings
from django.utils.timezone import localdate

from mianduimian.ledger import acts
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
