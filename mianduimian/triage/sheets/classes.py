"""分类表的表格: out as Excel, changed there, and read again row by row."""

from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from mianduimian.intake.sheets import as_text, read
from mianduimian.papers import Column, Sheet, workbook
from mianduimian.people.models import Unit
from mianduimian.refusal import Refused
from mianduimian.solicitation.rules import Theme
from mianduimian.triage.taxonomy import Amendment, Class, Taxonomy, amended

HEADS = {
    "key": ("键", "key"),
    "word": ("名称", "类别名称", "word", "name"),
    "units": ("承办单位", "units"),
    "goods": ("七有", "goods"),
    "theme": ("主题", "难", "theme"),
    "retired": ("停用", "retired"),
}
YES, NO = ("是", "yes", "true", "1", "停用"), ("", "否", "no", "false", "0")
BETWEEN = str.maketrans("，,；;/ ", "、、、、、、")


def classes(taxonomy: Taxonomy) -> bytes:
    """Every class a row, in the order of the table; the key says which one is meant, the other cells may be changed."""
    short = dict(Unit.objects.values_list("key", "short"))
    columns = (
        Column("key", _("键"), 30),
        Column("level", _("层级"), 6, "number"),
        Column("word", _("名称"), 26),
        Column("units", _("承办单位"), 30),
        Column("goods", _("七有"), 18),
        Column("theme", _("主题"), 12),
        Column("retired", _("停用"), 8),
    )
    note = f"{taxonomy.name}（{taxonomy.key}）\n" + _(
        "改好后原样上传：按“键”认类别，键不能改，删掉的行不变；要停用的在“停用”写“是”；"
        "新增的类别另起一行，键写成“上级的键.”（末尾留点），系统给新键。承办单位用顿号隔开，第一个牵头。"
    )
    return workbook([Sheet(_("分类表"), columns, [_line(one, taxonomy, short) for one in taxonomy.words.values()])], note=note)


def _line(one: Class, taxonomy: Taxonomy, short: dict[str, str]) -> dict[str, object]:
    return {
        "key": one.key,
        "level": one.level,
        "word": one.word,
        "units": "、".join(short.get(unit, unit) for unit in one.units),
        "goods": "、".join(taxonomy.goods[good] for good in one.goods),
        "theme": Theme.word_of(one.theme),
        "retired": _("是") if one.retired else "",
    }


def read_classes(raw: bytes, base: Taxonomy) -> tuple[list[Amendment], list[tuple[int, str]]]:
    """What a changed table asks for, and the rows that cannot be, each with its number and why; the rest goes in."""
    reading = read(raw)
    columns = _columns(reading.heads)
    units = {name: unit.key for unit in Unit.objects.all() for name in (unit.key, unit.short, unit.name)}
    wanted: list[Amendment] = []
    left_out: list[tuple[int, str]] = []
    for row in reading.rows:
        try:
            one = _amendment({name: as_text(row.cells.get(head, "")).strip() for name, head in columns.items()}, units, base)
            if one and not _idle(one, base):
                amended(base, [*wanted, one])
                wanted.append(one)
        except Refused as refused:
            left_out.append((row.number, str(refused)))
    return wanted, left_out


def _columns(heads: list[str]) -> dict[str, str]:
    """Our column → its head in the file; the key must be there, another one that is missing changes nothing."""
    known = {said.lower(): name for name, heads in HEADS.items() for head in heads for said in _in_every_language(head)}
    found = {known[head.strip().lower()]: head for head in heads if head.strip().lower() in known}
    if "key" not in found:
        raise Refused(gettext_noop("表里没有“键”这一列。请先导出分类表，在导出的表上改。"))
    return found


def _amendment(cells: dict[str, str], units: dict[str, str], base: Taxonomy) -> Amendment | None:
    """What a row says of its class; nothing where it names none."""
    if not cells["key"]:
        return None
    one = Amendment(cells["key"], word=cells.get("word", ""))
    if "units" in cells:
        one = replace(one, units=tuple(_named(cells["units"], units, gettext_noop("没有“%(name)s”这个单位。"))))
    if "goods" in cells:
        goods = {word: key for key, word in base.goods.items()} | {key: key for key in base.goods}
        one = replace(one, goods=tuple(_named(cells["goods"], goods, gettext_noop("没有“%(name)s”这一项七有。"))))
    if cells.get("theme"):
        one = replace(one, theme=_theme(cells["theme"]))
    return replace(one, retired=_yes(cells["retired"])) if "retired" in cells else one


def _in_every_language(word: str) -> set[str]:
    """A word as each language of the interface writes it: a table that went out in one comes back in any."""
    said = {word}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.add(_(word))
    return said


def _theme(cell: str) -> str:
    themes = {word: theme.value for theme in Theme for word in (theme.value, *_in_every_language(theme.chinese))}
    if cell not in themes:
        raise Refused(gettext_noop("没有“%(name)s”这一主题。"), name=cell)
    return themes[cell]


def _named(cell: str, known: dict[str, str], refusal: str) -> Iterator[str]:
    for name in filter(None, cell.translate(BETWEEN).split("、")):
        if name not in known:
            raise Refused(refusal, name=name)
        yield known[name]


def _yes(cell: str) -> bool:
    if cell.lower() not in YES + NO:
        raise Refused(gettext_noop("“停用”一栏请写“是”或留空，不能写“%(cell)s”。"), cell=cell)
    return cell.lower() in YES


def _idle(one: Amendment, base: Taxonomy) -> bool:
    """Whether a row only says what is so already."""
    known: Class | None = base.words.get(one.key)
    if known is None:
        return False
    given = {"word": one.word or None, "units": one.units, "goods": one.goods, "theme": one.theme, "retired": one.retired}
    return all(value is None or value == getattr(known, name) for name, value in given.items())
