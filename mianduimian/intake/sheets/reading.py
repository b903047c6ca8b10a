"""读表: one file as heads and numbered rows, and one row as what a citizen said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from mianduimian.intake.rules import Field, Kind, Said
from mianduimian.intake.sheets import heads
from mianduimian.intake.sheets.excel import Page, pages
from mianduimian.intake.sheets.guard import kind_of
from mianduimian.intake.sheets.moments import moment
from mianduimian.intake.sheets.plain import decode, delimiter, records
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


@dataclass(frozen=True)
class Row:
    """One row with its number as a spreadsheet shows it; a damaged one says why."""

    number: int
    cells: dict[str, object]
    damage: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file holds: its heads, its rows, and how it was read."""

    kind: Kind
    heads: list[str]
    rows: list[Row]
    encoding: str = ""
    sheet: str = ""
    left_out: list[str] = field(default_factory=list)

    @property
    def guess(self) -> dict[str, str]:
        """Which column holds what, as far as the heads say."""
        return heads.guess(self.heads)


def read(raw: bytes) -> Reading:
    """Read a file to its end; refused in words when nothing can be read from it."""
    kind = kind_of(raw)
    reading = _excel(raw) if kind == Kind.EXCEL else _plain(raw)
    if not reading.rows:
        raise Refused(_("文件里只有表头，没有可收的行。"))
    return reading


def _excel(raw: bytes) -> Reading:
    found = list(pages(raw))
    if not found:
        raise Refused(_("文件是空的，没有内容可收。"))
    chosen = max(found, key=_known)
    names, rows = _table(chosen.rows)
    return Reading(Kind.EXCEL, names, rows, sheet=chosen.name, left_out=[page.name for page in found if page is not chosen])


def _known(page: Page) -> int:
    """How many columns of a sheet are understood."""
    names, _above = heads.find([[as_text(cell) for cell in row] for row in page.rows[: heads.LOOKED_AT]])
    return len(heads.guess(names))


def _plain(raw: bytes) -> Reading:
    text, encoding = decode(raw)
    read = list(records(text, delimiter(text)))
    names, rows = _table([cells for cells, _damage in read], [damage for _cells, damage in read])
    return Reading(Kind.PLAIN, names, rows, encoding=encoding)


def _table(rows: Sequence[Sequence[object]], damages: Sequence[str] = ()) -> tuple[list[str], list[Row]]:
    names, above = heads.find([[as_text(cell) for cell in row] for row in rows[: heads.LOOKED_AT]])
    return names, list(_rows(names, rows, damages, above))


def _rows(names: list[str], rows: Sequence[Sequence[object]], damages: Sequence[str], above: int) -> Iterator[Row]:
    """The rows below the heads; blank ones and heads that are printed again are passed over."""
    for at in range(above, len(rows)):
        damage = damages[at] if damages else ""
        texts = [as_text(cell) for cell in rows[at]]
        blank = not any(text.strip() for text in texts)
        again = [" ".join(text.split()) for text in texts if text.strip()] == [name for name in names if name in texts]
        if damage or not (blank or again):
            yield Row(at + 1, dict(zip(names, rows[at], strict=False)), damage)


def as_text(cell: object) -> str:
    """A cell as it is shown: whole numbers without a point, days as ISO, everything else as it stands."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return "" if cell is None else str(cell)


def told(row: Row, channel: str, mapping: dict[str, str]) -> Said:
    """What a citizen said, read from a row by the columns as they were confirmed."""
    if row.damage:
        raise Refused(row.damage)
    cells = {field: row.cells.get(head, "") for field, head in mapping.items() if field in Field}
    said_at = moment(cells.pop(Field.TIME, ""))
    texts: dict[str, Any] = {field: as_text(cell) for field, cell in cells.items()}
    return replace(Said(channel, "", "", said_at=said_at), **texts)
