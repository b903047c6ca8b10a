"""台账 Excel: exactly the lines the filter shows, in the same columns, to be read, or filled in and given back."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mianduimian.desks.columns import rows
from mianduimian.ledger.models import Glance
from mianduimian.ledger.sheets import filled_columns, sealed
from mianduimian.mechanism import rulebook
from mianduimian.papers import Sheet, workbook
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round

MOST = 10_000  # lines of one file
AT_ONCE = 500


def ledger(keys: list[int], words: list[str], person: Person, on: date) -> bytes:
    """The ledger as a workbook; its last sheet says what was filtered, when, how the lights are judged, how to fill it in."""
    if len(keys) > MOST:
        raise Refused(gettext_noop("一次最多导出%(n)s件，请用筛选缩小范围。"), n=MOST)
    columns = filled_columns(person)
    notes = _notes(keys, words, on) + (_how_to_fill() if any(column.fill for column in columns) else [])
    return workbook([Sheet(_("台账"), columns, _lines(keys, on))], note="\n".join(notes))


def _lines(keys: list[int], on: date) -> Iterable[dict[str, object]]:
    for at in range(0, len(keys), AT_ONCE):
        yield from (sealed(row.values, row.matter.version) for row in rows(keys[at : at + AT_ONCE], on))


def _how_to_fill() -> list[str]:
    return [
        _("黄色表头的栏可以填写；填好后在“台账 → 交回 Excel”上传，系统先列出差异，您确认后才写入。"),
        _("其他栏由系统生成，改了不会写回。隐藏的“版本”“底本”两栏用来发现有人同时改过，请不要删。"),
    ]


def _notes(keys: list[int], words: list[str], on: date) -> list[str]:
    books = Round.objects.filter(pk__in=Glance.objects.filter(pk__in=keys).order_by().values("round")).order_by()
    judged = [rulebook(key).sections["lights"]["rule"] for key in books.values_list("rulebook", flat=True).distinct()]
    return [
        _("导出日期：%(on)s") % {"on": on},
        _("筛选条件：%(words)s") % {"words": "；".join(words) or _("全部")},
        _("件数：%(n)s") % {"n": len(keys)},
        *(_("亮灯规则：%(sentence)s（%(source)s）") % {"sentence": one.sentence, "source": one.source} for one in judged),
    ]
