"""媒体资料包: one file a round: notice, figures with definitions, charts, pictures, whom to ask; only what is public."""

import csv
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile

import typst
from django.conf import settings

from mianduimian.papers import Column, csv_rows, filename, render
from mianduimian.papers.pdf.fonts import SANS, known_fonts
from mianduimian.publication import opendata
from mianduimian.publication.counting import Page
from mianduimian.publication.figures import Figure
from mianduimian.publication.models import Asked, Picture, glances, stream
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Call, Round
from mianduimian.solicitation.papers import notice
from mianduimian.vocabulary import _, official, say

CHART: Final = (Path(__file__).parent / "chart.typ").read_text("utf-8")
DRAWN = (
    Figure.COLLECTED, Figure.APPEALS, Figure.REPLIED, Figure.SETTLED, Figure.CLOSED, Figure.STAGED, Figure.BACK,
)  # fmt: skip
HEADS = (
    Column("word", _("数字"), 16), Column("number", _("数"), 8, "number"), Column("of", _("分母"), 8, "number"),
    Column("unit", _("单位")), Column("definition", _("口径"), 60),
)  # fmt: skip


@official
def kit(round: Round, page: Page, on: date, address: str) -> bytes:
    """The file, in Chinese as every official paper is."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in _parts(round, page, on, address):
            package.writestr(name, content)
    return out.getvalue()


def _parts(round: Round, page: Page, on: date, address: str) -> Iterable[tuple[str, bytes | str]]:
    pictures = list(Picture.objects.of(round).shown().select_related("evidence__matter"))
    charts, missing = _charts(round, page, on)
    yield "说明.txt", _readme(round, on, address, missing)
    call = Call.objects.filter(round=round, replaced_on=None).select_related("round__region").first()
    if call:
        yield "征集公告.docx", render(notice(call))
    yield "数字和口径.csv", "".join(csv_rows(HEADS, opendata.figures(page.outcome)))
    yield "逐件办理情况.csv", "".join(opendata.as_csv(stream(glances(round, Asked(), on), on), round))
    yield from charts
    yield from ((_name(one), one.path().read_bytes()) for one in pictures)
    if pictures:
        yield "图片/图片说明.csv", _captions(pictures)


def _readme(round: Round, on: date, address: str, missing: str) -> str:
    contact = settings.PRESS_CONTACT or say(_("请联系%(office)s")) % {"office": round.office.name}
    lines = [
        say(_("%(focus)s：媒体资料包")) % {"focus": round.focus},
        say(_("取用日期：%(on)s")) % {"on": on},
        say(_("公开页：%(address)s")) % {"address": address},
        say(_("新闻联系：%(contact)s")) % {"contact": contact},
        opendata.licence(),
        say(_("数字随办理变化，引用时请写明取用日期；每个数字怎么算，见“数字和口径.csv”。")),
        missing,
    ]
    return "\ufeff" + "\r\n".join(filter(None, lines)) + "\r\n"


def _name(picture: Picture) -> str:
    return "图片/" + filename(f"{picture.matter.number} {picture.moment_word} {picture.pk}", "jpg")


def _captions(pictures: Iterable[Picture]) -> str:
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(["文件", "事项编号", "说明"])
    writer.writerows([_name(one).removeprefix("图片/"), one.matter.number, f" {one.caption}"] for one in pictures)
    return "\ufeff" + out.getvalue()


def _charts(round: Round, page: Page, on: date) -> tuple[list[tuple[str, bytes]], str]:
    """The chart as PDF, PNG and SVG; where no font of this machine writes Chinese, a sentence instead."""
    try:
        fonts = known_fonts(settings.FONTS)
    except Refused as refused:
        return [], str(refused)
    told = json.dumps(_told(round, page, on), ensure_ascii=False)
    return [(f"图表.{kind}", _drawn(kind, told, fonts, on)) for kind in ("pdf", "png", "svg")], ""


def _drawn(kind: Literal["pdf", "png", "svg"], told: str, fonts: typst.Fonts, on: date) -> bytes:
    compiler = typst.Compiler(CHART.encode(), font_paths=fonts, sys_inputs={"chart": told})
    drawn = compiler.compile(format=kind, ppi=144, timestamp=datetime.combine(on, time(), UTC))
    if not isinstance(drawn, bytes):
        raise TypeError("One chart is one file.")
    return drawn


def _told(round: Round, page: Page, on: date) -> dict[str, object]:
    counted = page.outcome.some(*DRAWN)
    most = max((one.number for one in counted), default=0) or 1
    bars = [
        {"word": one.word, "part": one.number / most, "number": f"{one.number} {one.unit}", "share": one.share} for one in counted
    ]
    lead = say(_("%(region)s %(year)s 年，%(host)s与群众面对面。")) % {
        "region": round.region.name, "year": round.year, "host": round.host,
    }  # fmt: skip
    foot = say(_("数字截至 %(on)s。“阶段性办结”不算办结。")) % {"on": on}
    return {"title": round.focus, "lead": lead, "bars": bars, "foot": foot, "faces": SANS}
