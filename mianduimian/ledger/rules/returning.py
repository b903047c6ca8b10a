"""回填规则: an Excel file given out and back in: which cells may be written, what was changed, what is in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from mianduimian.vocabulary import Term, _

# Column → the move that writes it, and how many characters it may hold.
FILLS = {"progress": ("progress", 5_000), "leader": ("entrust", 40), "responsible": ("entrust", 40), "overseer": ("oversee", 40)}
SIGNS = 8  # of a cell's digest
MIDNIGHT = time()


class Verdict(Term):
    """回填结论 of one changed cell."""

    WRITE = "write", _("将写入")
    DONE = "done", _("已写入")
    SAME = "same", _("台账已是这样")
    REFUSED = "refused", _("不能改")
    CONFLICT = "conflict", _("有冲突")

    @property
    def tone(self) -> str:
        """How loudly the page says it."""
        return {"done": "good", "refused": "bad", "conflict": "warn"}.get(self.value, "")


@dataclass(frozen=True)
class Cell:
    """格: one changed cell of the file: where it stands, whose line and which column it is, what it says now.

    `version` is the matter's when the file was given out, `base` the digest of what the cell said then.
    """

    address: str
    number: str
    key: str
    head: str
    text: str
    version: int
    base: str


def plain(value: object) -> str:
    """A cell's value as text, the same whether it was written by us or saved again by a spreadsheet program."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def digest(value: object) -> str:
    """A short mark of what a cell says."""
    return sha256(plain(value).encode()).hexdigest()[:SIGNS]


def base(values: Sequence[object]) -> str:
    """The marks of a line's cells in their order, for the hidden column."""
    return "".join(digest(value) for value in values)


def marks(text: str, count: int) -> list[str]:
    """The marks of a hidden column; none when it is damaged."""
    whole = text.strip()
    found = [whole[at : at + SIGNS] for at in range(0, len(whole), SIGNS)]
    return found if len(found) == count and all(len(mark) == SIGNS for mark in found) else []


def column(place: int) -> str:
    """The letters of a column by its place, counted from zero: A, B, … Z, AA."""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def judge(cell: Cell, now: str, refusal: str) -> Verdict:
    """What becomes of a changed cell, given what the ledger says now and why the person may not (empty: they may)."""
    if plain(now) == cell.text:
        return Verdict.SAME
    if refusal:
        return Verdict.REFUSED
    return Verdict.WRITE if digest(now) == cell.base else Verdict.CONFLICT
