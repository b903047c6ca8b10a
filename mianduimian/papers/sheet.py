"""表格: Excel and CSV out of the house, in which no cell can ever become a formula."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from math import isfinite
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from mianduimian.papers.wording import clean
from mianduimian.vocabulary import _, say

SHANGHAI = ZoneInfo("Asia/Shanghai")
EXCEL_CELL = 32_767
CUT = "…（过长，余下未列）"
EXCEL_TITLE = 31
FIRST_YEAR = 1901
# Excel's own way to write a sign by its code, which would turn plain text into another text.
CODED_SIGN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# What a spreadsheet may take for a formula, also behind blanks, quotes and signs that do not show.
FORMULA = re.compile("[\\s\ufeff\u200b-\u200f\u2060\"'`]*[=+\\-@＝＋－＠]|[\t\r\n]")
HEAD, FILLED, PAPER = "E7EDF5", "FFE9A8", "FFFBEB"  # colours of a head, of the head and the cells of what is filled in
FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}


@dataclass(frozen=True)
class Column:
    """栏: where its value is found in a row, its head, its width in characters, and its kind: text, number, date or time.

    `fill`: so many characters may be written into it and given back; `hidden`: kept in the file, not shown.
    """

    key: str
    head: str
    width: float = 14
    kind: str = "text"
    fill: int = 0
    hidden: bool = False

    def __post_init__(self) -> None:
        if self.kind not in ("text", "number", "date", "time"):
            raise ValueError(f"A column is text, number, date or time, not {self.kind}.")


@dataclass(frozen=True)
class Sheet:
    """工作表: a title, its columns, and rows as mappings or as things with attributes."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[object]


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a command."""
    return FORMULA.match(text) is not None


def workbook(sheets: Sequence[Sheet], note: str = "") -> bytes:
    """An .xlsx file: frozen heads, filters, wrapped text; the note stands on a last sheet of its own."""
    book = Workbook(write_only=True)
    titles: set[str] = set()
    for sheet in sheets:
        _fill(book.create_sheet(_title(sheet.title, titles)), sheet)
    if note:
        columns = (Column("note", "说明", 100),)
        _fill(book.create_sheet(_title("说明", titles)), Sheet("说明", columns, [{"note": line} for line in note.split("\n")]))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv_rows(columns: Sequence[Column], rows: Iterable[object]) -> Iterator[str]:
    """CSV line by line: byte order mark, every field quoted (RFC 4180), what looks like a formula begun with an apostrophe."""
    yield "\ufeff" + _line([_guarded(clean(column.head)) for column in columns])
    for row in rows:
        yield _line([_field(_value(row, column.key), column.kind) for column in columns])


def _line(fields: list[str]) -> str:
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(fields)
    return out.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if looks_like_formula(text) else text


def _field(value: object, kind: str) -> str:
    typed = _typed(value, kind)
    if isinstance(typed, datetime):
        return f"{typed:%Y-%m-%d %H:%M}"
    return _guarded(typed) if isinstance(typed, str) else str(typed)


def _value(row: object, key: str) -> object:
    return row.get(key) if isinstance(row, Mapping) else getattr(row, key)


def _typed(value: object, kind: str) -> str | int | float | Decimal | date:
    """The value as its column's kind wants it; what does not fit stays text and is not lost."""
    if value is None:
        return ""
    if kind == "number" and isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value):
        return value
    if kind in ("date", "time") and isinstance(value, date) and value.year >= FIRST_YEAR:
        return _moment(value, kind)
    return clean(value if isinstance(value, str) else _word(value))


def _moment(value: date, kind: str) -> date:
    """Spreadsheets know no time zones: a moment is shown in ours."""
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(SHANGHAI).replace(tzinfo=None) if value.tzinfo else value
    return local if kind == "time" else local.date()


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)


def _title(title: str, taken: set[str]) -> str:
    """A sheet's title without the signs Excel forbids, in 31 characters, different from its neighbours'."""
    words = re.sub(r"[\[\]:*?/\\\n\t]", " ", clean(title)).strip(" '")[:EXCEL_TITLE] or "表"
    n = 1
    while (name := words if n == 1 else f"{words[: EXCEL_TITLE - 5]} ({n})").casefold() in taken:
        n += 1
    taken.add(name.casefold())
    return name


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    for n, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(n)].width = column.width
        page.column_dimensions[get_column_letter(n)].hidden = column.hidden
    page.freeze_panes = "A2"
    page.append([_head(page, column.head, FILLED if column.fill else HEAD) for column in sheet.columns])
    writers = [_writer(page, column) for column in sheet.columns]
    last = 1
    for row in sheet.rows:
        page.append([write(row) for write in writers])
        last += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    if any(column.fill for column in sheet.columns) and last > 1:
        for n, column in enumerate(sheet.columns, 1):
            rule = _free(column) if column.fill else _shut()
            rule.add(f"{get_column_letter(n)}2:{get_column_letter(n)}{last}")
            page.data_validations.append(rule)


def _free(column: Column) -> DataValidation:
    """What may be written into a column that is filled in: text up to its length."""
    return DataValidation(
        type="textLength",
        operator="lessThanOrEqual",
        formula1=str(column.fill),
        showErrorMessage=True,
        showInputMessage=True,
        errorTitle=say(_("太长")),
        error=say(_("最多 %(n)s 个字。")) % {"n": column.fill},
        promptTitle=say(_("可以填写")),
        prompt=say(_("填好后把整张表交回，系统先给您看差异再写入。")),
    )


def _shut() -> DataValidation:
    """A column that the house fills in: whoever types there is told so, and may still go on."""
    return DataValidation(
        type="custom",
        formula1="FALSE",
        errorStyle="warning",
        showErrorMessage=True,
        errorTitle=say(_("由系统生成")),
        error=say(_("这一栏由系统生成，改了也不会写回。")),
    )


def _head(page: WriteOnlyWorksheet, words: str, colour: str) -> Cell:
    cell = WriteOnlyCell(page)
    cell.font = Font(name="宋体", size=11, bold=True)
    cell.fill = PatternFill("solid", fgColor=colour)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    thin = Side(style="thin", color="9AA5B1")
    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    return _as_text(cell, clean(words))


def _as_text(cell: Cell, text: str) -> Cell:
    """Put text in a cell past openpyxl's guessing, which would make a formula of an equals sign."""
    text = CODED_SIGN.sub("_x005F_", text)
    cell._value = text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - len(CUT)] + CUT
    cell.data_type = "s"
    return cell


def _writer(page: WriteOnlyWorksheet, column: Column) -> Callable[[object], Cell | None]:
    """A column's own hand: three cells made once, styled once, and filled anew for every row."""
    text, quoted, typed = (WriteOnlyCell(page) for _ in range(3))
    for cell in (text, quoted, typed):
        cell.font = Font(name="宋体", size=11)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if column.fill:
            cell.fill = PatternFill("solid", fgColor=PAPER)
    quoted.quotePrefix = True

    def write(row: object) -> Cell | None:
        value = _typed(_value(row, column.key), column.kind)
        if isinstance(value, str):
            blank = None if not column.fill else _as_text(text, "")
            return _as_text(quoted if looks_like_formula(value) else text, value) if value else blank
        typed._value = value
        typed.data_type = "d" if isinstance(value, date) else "n"
        if isinstance(value, date):
            typed.number_format = FORMATS[type(value)]
        return typed

    return write
