"""Excel: rows of a workbook as a spreadsheet shows them, formulas as the text they last came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

ROWS = 200_000

Values = Sequence[object]


@dataclass(frozen=True)
class Page:
    """One visible sheet that holds anything."""

    name: str
    rows: Sequence[Values]


def pages(raw: bytes) -> Iterator[Page]:
    """The visible sheets in their order, empty ones left out."""
    try:
        yield from _pages(CalamineWorkbook.from_filelike(BytesIO(raw)))
    except PasswordError:
        raise Refused(_("这个文件有密码，请去掉密码后再上传。")) from None
    except CalamineError:
        raise Refused(_("表格文件已损坏，无法打开。请重新导出一次。")) from None


def _pages(book: CalamineWorkbook) -> Iterator[Page]:
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
            continue
        opened = book.get_sheet_by_name(sheet.name)
        if opened.total_height > ROWS:
            raise Refused(_("工作表“%(name)s”超过%(limit)s行，请拆成几个文件。"), name=sheet.name, limit=ROWS)
        rows = opened.to_python(skip_empty_area=False)
        if rows:
            yield Page(sheet.name, rows)
