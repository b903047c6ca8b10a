"""收件命令: `mianduimian import`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.archive.models import Document
from mianduimian.intake import acts
from mianduimian.intake.models import Batch
from mianduimian.intake.rules import TOO_LARGE, BatchState, Field
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel

COLUMN = "，".join(f"{field.value}={field.chinese}" for field in Field)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--round", "code", required=True, help="期号，如 441600-2026-01")
@click.option("--channel", required=True, type=click.Choice([channel.value for channel in Channel]), help="渠道")
@click.option("--source", default="", help="来源名称；同一来源的列对应会被记住")
@click.option("--by", default="", help="以谁的名义；默认为开启这一期的人")
@click.option("--column", "columns", multiple=True, metavar="字段=表头", help=f"指明列，可重复。字段：{COLUMN}")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="收件日期，默认今天")
def import_file(file: Path, code: str, columns: tuple[str, ...], day: datetime | None, **origin: str) -> None:
    """导入来件：xlsx、xls、csv。重复导入不会多出一宗；坏行列出行号和原因，其余照收。"""
    on = day.date() if day else localdate()
    try:
        batch = _begin(file, code, origin, on=on)
        if batch.state == BatchState.WAITING:
            named = dict(column.split("=", 1) for column in columns if "=" in column)
            batch = acts.map_columns(batch, batch.mapping | named, by=batch.by, on=on)
        click.echo(_("读到 %(rows)s 行：%(columns)s") % {"rows": batch.total, "columns": _shown(batch)}, err=True)
        batch = _run(batch, on=on)
    except Refused as refused:
        click.echo(str(refused), err=True)
        raise SystemExit(1) from None
    _tell(batch)


def _begin(file: Path, code: str, origin: dict[str, str], *, on: date) -> Batch:
    if file.stat().st_size > settings.UPLOAD_LIMIT:
        raise Refused(TOO_LARGE, limit=settings.UPLOAD_LIMIT // 1024 // 1024)
    round = Round.objects.select_related("opened_by").filter(code=code).first()
    if round is None:
        raise Refused(_("没有期号为%(code)s的一期。"), code=code)
    by = Person.objects.filter(username=origin["by"]).first() if origin["by"] else round.opened_by
    if by is None:
        raise Refused(_("没有用户名为%(username)s的人。"), username=origin["by"])
    content = (file.name, file.read_bytes())
    return acts.begin_batch(round, channel=origin["channel"], source=origin["source"], file=content, by=by, on=on)


def _shown(batch: Batch) -> str:
    return "，".join(f"{Field.word_of(field)}←{head}" for field, head in batch.mapping.items())


def _run(batch: Batch, *, on: date) -> Batch:
    with click.progressbar(length=batch.total, label=_("导入"), file=sys.stderr) as bar:
        return acts.run_batch(batch, by=batch.by, on=on, tell=lambda batch: bar.update(batch.done - bar.pos))


def _tell(batch: Batch) -> None:
    bad = list(batch.bad_rows.all())
    for row in bad:
        click.echo(_("第 %(row)s 行：%(reason)s") % {"row": row.row, "reason": row.reason})
    words = _("新收 %(fresh)s 宗，已有 %(known)s 宗，未能收入 %(bad)s 行")
    click.echo(words % {"fresh": batch.fresh, "known": batch.known, "bad": len(bad)})


@click.command("open-paper")
@click.argument("number")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--version", default=1, help="第几版")
@click.option("--by", "username", required=True, help="以谁的名义（须能查看身份）")
@click.option("--why", required=True, help="依据，会写进留痕")
def open_paper(number: str, target: Path, version: int, username: str, why: str) -> None:
    """取出封存的公文原件：只在法院、档案机关等依法调取时用，每次留痕。"""
    paper = Document.objects.filter(number=number, version=version).exclude(sealed_digest="").first()
    by = Person.objects.filter(username=username).first()
    if paper is None or by is None:
        raise click.ClickException(_("没有这一份封存的公文，或者没有这个用户名。"))
    try:
        target.write_bytes(acts.open_paper(paper, why=why, by=by, on=localdate()))
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(_("已写到 %(target)s") % {"target": target})


@click.command()
def reseal() -> None:
    """换封存密钥：把所有封存的身份换到当前密钥下；可以中断，再运行时接着做。"""
    clock, total = Person.objects.clock(), 0
    try:
        while done := acts.reseal(by=clock, on=localdate()):
            total += done
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(_("换封 %(done)s 位群众") % {"done": total})
