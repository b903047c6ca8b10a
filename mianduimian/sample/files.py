"""来件的文件: the round's submissions as they would arrive: a hotline's workbook, a web export, a clerk's own list."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from mianduimian.sample.bank import regions
from mianduimian.sample.round import Said, submissions

MADE = (2020, 1, 1, 0, 0, 0)  # one stamp for every member, so that the same day gives the same bytes
HOTLINE_HEADS = tuple("序号 工单编号 来电时间 诉求标题 诉求内容 来电人 联系电话 诉求地址 所属区域 是否保密 备注".split())
WEB_HEADS = ("留言编号", "提交时间", "渠道", "标题", "留言内容", "称呼", "手机", "邮箱", "住址", "区划代码", "不公开")
HAND_HEADS = ("来件号", "日期", "方式", "反映人", "电话", "住址", "内容", "区划")
HAND_WORDS = {"letter": "来信", "visit": "来访", "phone": "来电", "deputy": "代表委员转交", "petition_bureau": "信访转送"}
DAYS_BY_HAND = ("%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%m月%d日")


def _same_bytes(book: Workbook) -> bytes:
    """The workbook with every time in it set to one stamp."""
    first, second = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "docProps/core.xml":
                new.writestr(zipfile.ZipInfo(name, MADE), old.read(name), zipfile.ZIP_DEFLATED)
            else:
                new.writestr(zipfile.ZipInfo(name, MADE), CORE, zipfile.ZIP_DEFLATED)
    return second.getvalue()


CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def _hotline_row(n: int, one: Said) -> list[object]:
    area = regions()[one.region]
    secret = "是" if one.confidential else ""
    moment = one.said_on.strftime("%Y-%m-%d %H:%M:%S")
    return [n, one.source_number, moment, one.title, one.body, one.name or "匿名", one.phone, one.address, area, secret, ""]


def hotline_workbook(said: Iterable[Said]) -> bytes:
    """As a hotline exports it: a merged title, a line of remarks, two rows of heads, a blank row in the middle."""
    rows = [_hotline_row(n, one) for n, one in enumerate(said, 1)]
    book = Workbook()
    sheet = book.active
    sheet.title = "工单明细"
    sheet.append(["12345政务服务便民热线工单明细表"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HOTLINE_HEADS))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    sheet.append(["导出条件：道路交通类　统计口径：受理时间"])
    sheet.append(["", "工单信息", "", "", "", "诉求人信息", "", "", "", "", ""])
    sheet.merge_cells("B3:E3")
    sheet.merge_cells("F3:I3")
    sheet.append(list(HOTLINE_HEADS))
    half = len(rows) // 2
    for row in [*rows[:half], [], *rows[half:]]:
        sheet.append(row)
    sheet.append(["合计", len(rows)])
    return _same_bytes(book)


def web_csv(said: Iterable[Said]) -> bytes:
    """As the web channel saves it: GB18030 with Windows line ends; emoji survive, being part of that encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(WEB_HEADS)
    for one in said:
        channel = "网页" if one.channel == "web" else "公众号"
        moment = one.said_on.strftime("%Y/%m/%d %H:%M")
        hidden = "1" if one.confidential else "0"
        who = [one.name, one.phone, one.email, one.address]
        writer.writerow([one.source_number, moment, channel, one.title, one.body, *who, one.region, hidden])
    return text.getvalue().encode("gb18030")


def hand_workbook(said: Iterable[Said]) -> bytes:
    """As a clerk keeps it by hand: days written four ways, a name and a telephone only where there is one."""
    book = Workbook()
    sheet = book.active
    sheet.title = "来信来访登记"
    sheet.append(list(HAND_HEADS))
    for n, one in enumerate(said):
        day = one.said_on.strftime(DAYS_BY_HAND[n % len(DAYS_BY_HAND)])
        area = regions()[one.region]
        sheet.append([one.source_number, day, HAND_WORDS[one.channel], one.name, one.phone, one.address, one.body, area])
    return _same_bytes(book)


FILES: dict[str, tuple[tuple[str, ...], Callable[[Iterable[Said]], bytes]]] = {
    "12345热线工单.xlsx": (("hotline",), hotline_workbook),
    "网上征集和公众号留言.csv": (("web", "wechat"), web_csv),
    "来信来访登记表.xlsx": (tuple(HAND_WORDS), hand_workbook),
}


def write(folder: Path, today: date) -> dict[Path, int]:
    """Write the files into a folder; each with the number of submissions in it."""
    said = submissions(today)
    written = {}
    for name, (channels, make) in FILES.items():
        mine = [one for one in said if one.channel in channels]
        path = folder / name
        path.write_bytes(make(mine))
        written[path] = len(mine)
    return written
