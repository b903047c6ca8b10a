"""诉求清单: the appeals of a round as a spreadsheet."""

from django.utils.translation import gettext as _

from mianduimian.papers import Column, Sheet, workbook
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal


def appeals(round: Round) -> bytes:
    """Every appeal that stands, one a row, with the number of submissions it speaks for."""
    columns = (
        Column("number", _("序号"), 7, "number"),
        Column("title", _("标题"), 30),
        Column("wording", _("诉求表述"), 60),
        Column("category_word", _("类别"), 22),
        Column("goods_words", _("七有"), 16),
        Column("region", _("区划"), 14),
        Column("place", _("地点"), 22),
        Column("unit", _("建议牵头单位"), 18),
        Column("voices", _("来件宗数"), 10, "number"),
        Column("made_on", _("形成日期"), 12, "date"),
        Column("fixed_on", _("入账日期"), 12, "date"),
    )
    rows = Appeal.objects.of(round).standing().with_voices().select_related("region", "unit").order_by("number")
    note = f"{round}\n" + _("来件宗数：这件诉求代表的来件，按宗计，不重复。")
    return workbook([Sheet(_("诉求清单"), columns, rows)], note=note)
