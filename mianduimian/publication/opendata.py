"""开放数据: the public lines of a round as CSV and JSON, with a schema, definitions and a licence; the words of the page."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from mianduimian.papers import Column, csv_rows
from mianduimian.publication.models import Outcome, PublicLine
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _, say

VERSION = "1.0"
LICENCE = _("可以自由使用、转载和加工，请注明“来源：面对面公开数据”和取用日期，不得改动数字的口径。")
KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "integer"},
    "date": {"type": ["string", "null"], "format": "date"},
}


@dataclass(frozen=True)
class Field:
    """字段: its stable key, its Chinese head, its kind, and what it means."""

    key: str
    head: str
    kind: str
    meaning: str

    @property
    def word(self) -> str:
        """The head in the reader's language."""
        return say(self.head)

    @property
    def definition(self) -> str:
        """What it means, in the reader's language."""
        return say(self.meaning)


FIELDS = (
    Field("id", _("编号"), "text", _("台账编号，固定不变，全系统不重复。")),
    Field("round", _("期号"), "text", _("哪一期：区划代码-年份-序号。")),
    Field("title", _("标题"), "text", _("公开标题；尚未核对公开或已撤回的为空。")),
    Field("wording", _("诉求表述"), "text", _("公开表述，个人信息已隐去；尚未核对公开或已撤回的为空。")),
    Field("region", _("县区"), "text", _("事项所在区划的名称；不分县区的为空。")),
    Field("place", _("地点"), "text", _("公开地点，写到路段、小区为止。")),
    Field("category", _("类别"), "text", _("事项的一级类别。")),
    Field("voices", _("来件宗数"), "number", _("归入这一件的来件有几宗。")),
    Field("unit", _("责任单位"), "text", _("现在承办或牵头的单位；还没有交办的为空。")),
    Field("state", _("状态代码"), "text", _("办到哪一步，英文代码，不随语言变化。")),
    Field("state_word", _("状态"), "text", _("办到哪一步；“阶段性办结”不算办结，“销号”须经核查和回访。")),
    Field("light", _("亮灯"), "text", _("green 正常、yellow 逾期、red 连续逾期，按取数当天计算。")),
    Field("turn", _("交办轮次"), "number", _("第几次交办；大于 1 的是退回重办过的。")),
    Field("due_on", _("书面反馈截止"), "date", _("本轮书面反馈的最后一天。")),
    Field("solve_by", _("完成时限"), "date", _("承诺或批准的办结日期；没有定的为空。")),
    Field("settled_on", _("办结日期"), "date", _("本轮办结的日期；没有办结的为空。")),
    Field("closed_on", _("销号日期"), "date", _("销号的日期；没有销号的为空。")),
    Field("answer", _("公开答复"), "text", _("责任单位的公开答复；没有公开的为空。")),
    Field("unsolved", _("未解决原因"), "text", _("暂时办不完的，公开的理由。")),
    Field("released_on", _("公开日期"), "date", _("现在这一版文字公开的日期。")),
    Field("version", _("文字版次"), "number", _("公开文字的第几版；0 表示尚未公开。")),
    Field("changes", _("更正撤回"), "text", _("更正或撤回的日期和理由，一行一条。")),
)


def licence() -> str:
    """The city's own licence, else the house's."""
    return settings.DATA_LICENCE or say(LICENCE)


def row(line: PublicLine, round: Round) -> dict[str, Any]:
    """One line as plain values, by the keys of FIELDS."""
    own = {
        "id": line.number,
        "round": round.code,
        "place": line.words.place,
        "unsolved": line.words.unsolved,
        "light": line.light.value,
        "changes": "\n".join(f"{one.on} {one.word}: {one.why}" for one in line.told),
    }
    return {field.key: own[field.key] if field.key in own else getattr(line, field.key) for field in FIELDS}


def as_csv(lines: Iterable[PublicLine], round: Round) -> Iterator[str]:
    """CSV with a byte order mark; what looks like a formula begins with an apostrophe."""
    columns = [Column(field.key, field.head, kind=field.kind) for field in FIELDS]
    return csv_rows(columns, (row(line, round) for line in lines))


def as_json(lines: Iterable[PublicLine], round: Round, outcome: Outcome, facts: dict[str, Any]) -> Iterator[str]:
    """One JSON object, a line at a time: what it is, its figures, then its matters."""
    head = {**facts, "version": VERSION, "licence": licence(), "round": _round(round), "figures": figures(outcome)}
    yield json.dumps(head, ensure_ascii=False, default=str)[:-1] + ', "matters": ['
    between = "\n"
    for line in lines:
        yield between + json.dumps(row(line, round), ensure_ascii=False, default=str)
        between = ",\n"
    yield "\n]}\n"


def _round(round: Round) -> dict[str, Any]:
    return {
        "code": round.code,
        "focus": round.focus,
        "theme": round.theme,
        "year": round.year,
        "region": round.region_id,
        "region_name": round.region.name,
        "host": round.host,
    }


def figures(outcome: Outcome) -> list[dict[str, Any]]:
    """The figures of a round, each with its denominator, unit and definition."""
    return [
        {"key": one.figure.value, "number": one.number, "of": one.whole}
        | {"word": one.word, "unit": one.unit, "definition": one.definition}
        for one in outcome.figures.values()
    ]


def schema(address: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of that object; a new field is a new minor version, a changed one a new major version."""
    line = {field.key: KINDS[field.kind] | {"title": field.word, "description": field.definition} for field in FIELDS}
    figure: dict[str, Any] = {"key": {"type": "string"}, "number": {"type": "integer"}, "of": {"type": ["integer", "null"]}}
    figure |= {name: {"type": "string"} for name in ("word", "unit", "definition")}
    texts: dict[str, Any] = {name: {"type": "string"} for name in ("code", "focus", "theme", "region", "region_name", "host")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": say(_("面对面公开数据")),
        **_object({
            "schema": {"type": "string"}, "source": {"type": "string"}, "on": {"type": "string", "format": "date"},
            "version": {"const": VERSION}, "licence": {"type": "string"}, "round": _object(texts | {"year": {"type": "integer"}}),
            "figures": {"type": "array", "items": _object(figure)}, "matters": {"type": "array", "items": _object(line)},
        }),
    }  # fmt: skip


def _object(parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(parts), "additionalProperties": False, "properties": parts}
