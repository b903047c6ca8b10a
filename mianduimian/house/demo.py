"""演示: the sample round, loaded, served, with one account per role."""

import shutil
from datetime import date, datetime

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import localdate

from mianduimian.house.commands import DAY, run
from mianduimian.people.models import Person
from mianduimian.sample.load import accounts, load


@click.command()
@click.option("--today", type=DAY, default=None, help="样例以哪一天为今天")
@click.option("--port", default=8000, show_default=True)
@click.option("--load-only", is_flag=True, help="只载入样例，不开门")
def demo(today: datetime | None, port: int, load_only: bool) -> None:
    """演示：载入自编样例，开门，并列出每个岗位的账号。"""
    prepare(today.date() if today else localdate())
    if load_only:
        return
    click.echo(f"\n  地址  http://127.0.0.1:{port}/      公开页面  http://127.0.0.1:{port}/public/\n")
    for role, username, password in accounts():
        click.echo(f"  {role}\t{username}\t{password}")
    click.echo("\n  Ctrl-C 关门。样例均为自编，人名电话皆虚构。\n")
    run("127.0.0.1", port, 2)


def prepare(today: date) -> None:
    """Load the sample for this day, unless it is there; yesterday's sample is put away, for its dates are stale."""
    marker = settings.DATA / "demo.day"
    if marker.exists() and marker.read_text("ascii") != today.isoformat():
        _put_away()
    call_command("migrate", verbosity=0)
    if marker.exists():
        return
    if Person.objects.exists():
        raise click.ClickException("数据库里已有数据，演示只在空库里载入。请换一个 MIANDUIMIAN_DATA 或 DATABASE_URL。")
    with click.progressbar(load(today), length=100, label="载入样例") as steps:
        for _step in steps:
            pass
    marker.write_text(today.isoformat(), "ascii")


def _put_away() -> None:
    if connection.vendor != "sqlite":
        raise click.ClickException("这个 PostgreSQL 库里是以前的样例，请用一个空库。")
    connection.close()
    for path in settings.DATA.iterdir():
        if path.is_dir() and path.name in ("files", "calendars"):
            shutil.rmtree(path)
            path.mkdir()
        elif path.is_file() and not path.name.endswith(".key"):
            path.unlink()
