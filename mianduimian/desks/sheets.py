"""台账 Excel: exactly the lines the filter shows, in the same columns."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from mianduimian.desks.columns import Row
from mianduimian.ledger.sheets import COLUMNS
from mianduimian.papers import Sheet, workbook


def ledger(rows: list[Row], words: list[str], on: date) -> bytes:
    """The ledger as a workbook; its last sheet says what was filtered, when, and how the lights are judged."""
    columns = tuple(replace(column, head=_(column.head)) for column in COLUMNS)
    return workbook([Sheet(_("台账"), columns, [row.values for row in rows])], note="\n".join(_notes(rows, words, on)))


def _notes(rows: list[Row], words: list[str], on: date) -> list[str]:
    books = {row.matter.appeal.round.rulebook: row.matter.appeal.round.rules for row in rows}
    judged = [rules.sections["lights"]["rule"] for rules in books.values()]
    return [
        _("导出日期：%(on)s") % {"on": on},
        _("筛选条件：%(words)s") % {"words": "；".join(words) or _("全部")},
        _("件数：%(n)s") % {"n": len(rows)},
        *(_("亮灯规则：%(sentence)s（%(source)s）") % {"sentence": one.sentence, "source": one.source} for one in judged),
    ]
