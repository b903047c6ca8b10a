"""The command line of the calendar: count working days without opening the system."""

from datetime import date, datetime
from pathlib import Path

import click

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say
from mianduimian.workdays.store import calendar


class Unreadable(click.ClickException):
    """What was typed cannot be counted with: one sentence, exit code 2."""

    exit_code = 2

    def show(self, file=None) -> None:
        click.echo(self.message, err=True)


class Day(click.ParamType):
    """A date as typed: 2023-11-16."""

    name = "日期"

    def convert(self, value, param, ctx) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 a plain day has no time zone
        except ValueError:
            raise Unreadable(say(_("日期“%(value)s”看不懂，请写成 2023-11-16 的样子。")) % {"value": value}) from None


FOLDER = click.option("--folder", type=click.Path(path_type=Path), envvar="MIANDUIMIAN_CALENDARS", default=Path("data/calendars"),
                      help="另外装入的年历所在的文件夹。")


@click.group("workdays")
def workdays() -> None:
    """工作日推算：含节假日和调休上班日。"""


@workdays.command()
@click.argument("start", type=Day())
@click.argument("n", type=int)
@FOLDER
def add(start: date, n: int, folder: Path | None) -> None:
    """从 START 起第 N 个工作日，起始日不计。"""
    try:
        click.echo(calendar(folder).add(start, n))
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal


@workdays.command()
@click.argument("a", type=Day())
@click.argument("b", type=Day())
@FOLDER
def between(a: date, b: date, folder: Path | None) -> None:
    """A 之后到 B（含）有几个工作日。"""
    try:
        click.echo(calendar(folder).between(a, b))
    except Refused as refusal:
        raise Unreadable(str(refusal)) from refusal
