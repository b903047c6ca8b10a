"""回填表: the ledger as a file that units fill in offline; hidden columns keep what each cell said when it was given out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils.translation import override

from mianduimian.intake.rules import Kind
from mianduimian.intake.sheets.excel import pages
from mianduimian.intake.sheets.guard import kind_of
from mianduimian.ledger.rules import MOVES
from mianduimian.ledger.rules.returning import FILLS, Cell, base, column, digest, marks, plain
from mianduimian.ledger.sheets.columns import COLUMNS
from mianduimian.papers import Column
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say

VERSION, BASE = Column("version", _("版本"), 8, "number", hidden=True), Column("base", _("底本"), 8, hidden=True)
MOST_ROWS = 20_000
MOST_CELLS = 5_000


@dataclass
class Returned:
    """What a file that came back holds: how many lines, the cells that were changed, and the lines that cannot be read."""

    lines: int = 0
    cells: list[Cell] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)


def filled_columns(person: Person) -> tuple[Column, ...]:
    """The officials' columns with those marked that this person may fill in, and the hidden ones behind them."""
    own = {key: longest for key, (verb, longest) in FILLS.items() if MOVES[verb].permission in person.grants}
    shown = [replace(one, head=say(one.head), fill=own.get(one.key, 0)) for one in COLUMNS]
    return (*shown, *(replace(one, head=say(one.head)) for one in (VERSION, BASE)))


def sealed(values: Mapping[str, object], version: int) -> dict[str, object]:
    """A line's values with the matter's version and the mark of every cell."""
    return {**values, "version": version, "base": base([values[one.key] for one in COLUMNS])}


def read(raw: bytes) -> Returned:
    """Read a file that came back; refused in words when it is not one that was given out here."""
    if kind_of(raw) != Kind.EXCEL:
        raise Refused(_("请交回从台账导出的 Excel 文件（xlsx）。"))
    page = next(iter(pages(raw)), None)
    places = _places(page.rows[0]) if page else {}
    if page is None or not {"number", "version", "base", *FILLS} <= set(places):
        raise Refused(_("这不是从台账导出的表：缺少编号、要填的栏或隐藏的“版本”“底本”两栏。请重新导出后再填。"))
    if len(page.rows) > MOST_ROWS:
        raise Refused(_("一次最多交回%(n)s行，请分几次。"), n=MOST_ROWS)
    found = Returned()
    seen: set[str] = set()
    for n, row in enumerate(page.rows[1:], 2):
        _read(row, n, places, seen, found)
    if len(found.cells) > MOST_CELLS:
        raise Refused(_("改动超过%(n)s格，请分几次交回。"), n=MOST_CELLS)
    return found


def _places(heads: Sequence[object]) -> dict[str, int]:
    """Column → where it stands, in whatever language the heads are; a column that was moved is still found."""
    known: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            known |= {say(one.head): one.key for one in (*COLUMNS, VERSION, BASE)}
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        if key := known.get(plain(head)):
            places.setdefault(key, place)
    return places


def _read(row: Sequence[object], n: int, places: dict[str, int], seen: set[str], found: Returned) -> None:
    """The changed cells of one line; a blank line is passed over."""
    texts = {key: plain(row[place]) if place < len(row) else "" for key, place in places.items()}
    if not any(texts.values()):
        return
    found.lines += 1
    number, kept = texts["number"], marks(texts["base"], len(COLUMNS))
    where = f"{column(places['number'])}{n}"
    if not kept or not texts["version"].isdecimal():
        found.broken.append((where, say(_("这一行隐藏的“版本”“底本”缺损，无法比较，请重新导出后再填。"))))
    elif number in seen:
        found.broken.append((where, say(_("编号“%(number)s”在表里重复，只看第一行。")) % {"number": number}))
    else:
        seen.add(number)
        found.cells += _changed(texts, kept, n, places)


def _changed(texts: dict[str, str], kept: list[str], n: int, places: dict[str, int]) -> list[Cell]:
    return [
        Cell(f"{column(places[one.key])}{n}", texts["number"], one.key, one.head, texts[one.key], int(texts["version"]), mark)
        for one, mark in zip(COLUMNS, kept, strict=True)
        if one.key in places and digest(texts[one.key]) != mark
    ]
