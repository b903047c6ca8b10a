"""改分类表: a new version from an earlier one: words, units and tags change, classes are added or retired, keys stay for ever."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mianduimian.refusal import Refused
from mianduimian.solicitation.rules import Theme
from mianduimian.triage.taxonomy.tree import LEVELS, Class, Taxonomy, lineage
from mianduimian.vocabulary import Term, _

KEY = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_KEY, LONGEST_WORD = 60, 30
SAME = ("word", "units", "goods", "theme", "retired")


class Change(Term):
    """变动: what became of a class from one version to the next."""

    ADDED = "added", _("新增")
    WORD = "word", _("改名")
    UNITS = "units", _("改承办单位")
    GOODS = "goods", _("改七有")
    THEME = "theme", _("改主题")
    RETIRED = "retired", _("停用")
    RESTORED = "restored", _("恢复")


@dataclass(frozen=True)
class Changed:
    """One change: of which class, what it was and what it is."""

    change: Change
    key: str
    was: str
    now: str


@dataclass(frozen=True)
class Amendment:
    """What a person wants of a class: only what is given changes; a key without a last part asks for a new kind under a class."""

    key: str
    word: str = ""
    units: tuple[str, ...] | None = None
    goods: tuple[str, ...] | None = None
    theme: str | None = None
    retired: bool | None = None


def amended(base: Taxonomy, wanted: Iterable[Amendment]) -> Taxonomy:
    """The next version; refused in words when an amendment cannot be, or when nothing would change."""
    rows = {one.key: one.plain() for one in base.words.values()}
    for one in wanted:
        _amend(rows, one, base)
    fresh = Taxonomy.of_rows(next_key(base.key), next_name(base.name), base.source, base.goods, rows.values())
    if fresh.words == base.words:
        raise Refused(_("与现行版本没有不同，不必另存一版。"))
    return fresh


def restored(base: Taxonomy, earlier: Taxonomy) -> Taxonomy:
    """The next version, as an earlier one was; what was added since is kept, but in use no more."""
    since = [one.plain() | {"retired": True} for one in base.words.values() if one.key not in earlier.words]
    rows = [*earlier.rows(), *since]
    fresh = Taxonomy.of_rows(next_key(base.key), next_name(base.name), earlier.source, earlier.goods, rows)
    if fresh.words == base.words:
        raise Refused(_("与现行版本没有不同，不必另存一版。"))
    return fresh


def _amend(rows: dict[str, dict[str, Any]], one: Amendment, base: Taxonomy) -> None:
    key = _key(rows, one)
    _check(one, base)
    row = rows.get(key)
    if row is None:
        row = rows[key] = _new(rows, key, one)
    for name, value in (("units", one.units), ("goods", one.goods), ("theme", one.theme)):
        if value is not None:
            _pass_on(rows, key, name, list(value) if isinstance(value, tuple) else value)
    if one.retired is not None:
        row["retired"] = one.retired
    if one.word.strip():
        row["word"] = one.word.strip()


def _pass_on(rows: dict[str, dict[str, Any]], key: str, name: str, value: Any) -> None:
    """Give a class a tag or its units, and every kind below it that was like it."""
    was = rows[key][name]
    for one in rows.values():
        if one["key"] == key or (one["key"].startswith(f"{key}.") and one[name] == was):
            one[name] = value


def _key(rows: dict[str, dict[str, Any]], one: Amendment) -> str:
    """The key that is meant: a new kind gets the next free one, since a clerk thinks of words, not of keys."""
    above, _dot, last = one.key.rpartition(".")
    if last:
        return one.key
    number = 1 + sum(key.rpartition(".")[0] == above for key in rows)
    while f"{above}.k{number}" in rows:
        number += 1
    return f"{above}.k{number}"


def _new(rows: dict[str, dict[str, Any]], key: str, one: Amendment) -> dict[str, Any]:
    above = rows.get(key.rpartition(".")[0])
    if len(lineage(key)) > LEVELS:
        raise Refused(_("“%(key)s”：分类最多三级。"), key=key)
    if len(key) > LONGEST_KEY or not all(KEY.fullmatch(part) for part in key.split(".")):
        raise Refused(_("“%(key)s”：键用小写英文字母、数字和下划线，以字母开头，各级用点隔开，最长60个字符。"), key=key)
    if "." in key and above is None:
        raise Refused(_("“%(key)s”：没有它的上级“%(above)s”。"), key=key, above=key.rpartition(".")[0])
    if not one.word.strip():
        raise Refused(_("“%(key)s”：新增的类别须有名称。"), key=key)
    tags = above or {"units": [], "goods": [], "theme": Theme.OTHER.value}
    return {"key": key, "word": "", "retired": False} | {name: tags[name] for name in ("units", "goods", "theme")}


def _check(one: Amendment, base: Taxonomy) -> None:
    if len(one.word.strip()) > LONGEST_WORD:
        raise Refused(_("“%(key)s”：名称最长%(limit)s字。"), key=one.key, limit=LONGEST_WORD)
    for good in one.goods or ():
        if good not in base.goods:
            raise Refused(_("“%(key)s”：没有“%(good)s”这一项七有。"), key=one.key, good=good)
    if one.theme is not None and one.theme not in list(Theme):
        raise Refused(_("“%(key)s”：没有“%(theme)s”这一主题。"), key=one.key, theme=one.theme)


def next_key(key: str) -> str:
    """livelihood-2 → livelihood-3."""
    stem, _line, number = key.rpartition("-")
    return f"{stem}-{int(number) + 1}" if stem and number.isdecimal() else f"{key}-2"


def next_name(name: str) -> str:
    """第2版 → 第3版."""
    return re.sub(r"第(\d+)版", lambda found: f"第{int(found[1]) + 1}版", name)


def changes(old: Taxonomy, new: Taxonomy) -> list[Changed]:
    """What changed from one version to the next, in the order of the new one."""
    return [change for one in new.words.values() for change in _changes(old.words.get(one.key), one, new)]


def _changes(was: Class | None, now: Class, new: Taxonomy) -> Iterator[Changed]:
    if was is None:
        yield Changed(Change.ADDED, now.key, "", now.word)
        return
    for name in SAME:
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield Changed(_kind(name, after), now.key, _told(name, before, new), _told(name, after, new))


def _kind(name: str, after: object) -> Change:
    return Change(name) if name != "retired" or after else Change.RESTORED


def _told(name: str, value: Any, taxonomy: Taxonomy) -> str:
    if name == "goods":
        return "、".join(taxonomy.goods.get(good, good) for good in value)
    if name == "theme":
        return Theme.word_of(value)
    return "、".join(value) if isinstance(value, tuple) else "" if isinstance(value, bool) else str(value)
