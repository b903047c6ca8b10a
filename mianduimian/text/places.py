"""地点: which places and numbers a text names."""

import re
from functools import lru_cache
from typing import NamedTuple

KINDS = {
    "district": "新区 开发区 高新区 区 县",
    "town": "镇 乡",
    "street": "街道",
    "village": "村",
    "road": "北路 南路 东路 西路 中路 大道 路 街 巷",
    "estate": "小区 花园 新城 家园 公寓 苑 府 城 湾 庭 国际 广场 山庄 社区 大厦 公馆 豪庭",
    "school": "小学 中学 学校 幼儿园 高中 学院 大学",
    "hospital": "卫生院 医院",
    "market": "市场",
    "bridge": "大桥 桥",
}
NUMBERED = {
    "line": re.compile(r"\d{1,4}路(?=公交|车|班车|线)"),
    "block": re.compile(r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})(?:栋|期|号楼)"),
}
KIND_OF = {suffix: kind for kind, suffixes in KINDS.items() for suffix in suffixes.split()}
SUFFIX = re.compile("|".join(sorted(KIND_OF, key=len, reverse=True)))
NAME_CHARACTER = re.compile(r"[a-z0-9\u4e00-\u9fff]")
BREAKS = set("的在是到从请把被了我们你他这那某该本此各每个条省市区县镇乡村路街道")
TALK = re.compile(
    "希望|建议|反映|投诉|咨询|关于|关注|严重|问题|全部|每天|靠近|附近|旁边"
    "|对面|周边|门口|路口|位于|整个|所有|没有|外面|里面|进出|以及|还有|对于"
)
ADMIN = set("市区县镇乡村")
COMMON = {"中心", "实验", "第一", "第二", "第三", "人民", "国际", "中医", "农贸", "中央", "高级", "道路", "水泥"}
TOO_COMMON = {("道", "路"), ("公", "路"), ("马", "路"), ("高速公", "路"), ("农", "村"), ("大", "街")}
WITH_ONE = {"district", "road", "school", "village"}  # kinds whose names may have one character before the suffix
FIGURES = str.maketrans("一二三四五六七八九", "123456789")
ORDER = set("0123456789一二三四五六七八九十东南西北中上下前后左右甲乙丙")
HEAD = 4
REMEMBERED = 20_000  # texts whose places are remembered: each is compared many times


class Mention(NamedTuple):
    """One place as a plain text names it: where it stands, of which kind it is, and what tells it from another."""

    start: int
    end: int
    kind: str
    core: str


@lru_cache(maxsize=REMEMBERED)
def mentions(text: str) -> tuple[Mention, ...]:
    """The places a plain text names, in its order; words of talk between them are no names."""
    text = TALK.sub(lambda match: " " * len(match.group()), text)
    found: list[Mention] = []
    done = 0
    for match in SUFFIX.finditer(text):
        kind = KIND_OF[match.group()]
        head = _head(text, match.start(), done)
        if len(head) < (1 if kind in WITH_ONE else 2) or head.isdigit() or (head, match.group()) in TOO_COMMON:
            continue
        done = match.end()
        found.append(Mention(match.start() - len(head), done, kind, _core(text, match.start(), head, match.group())))
    for kind, pattern in NUMBERED.items():
        found += [Mention(*match.span(), kind, match.group().translate(FIGURES)) for match in pattern.finditer(text)]
    return tuple(found)


def places(text: str) -> dict[str, set[str]]:
    """The places a plain text names, by kind: the two characters before the suffix tell one from another."""
    found: dict[str, set[str]] = {}
    for mention in mentions(text):
        found.setdefault(mention.kind, set()).add(mention.core)
    return found


def _head(text: str, end: int, done: int) -> str:
    start = end
    while start > done and end - start < HEAD and NAME_CHARACTER.match(text[start - 1]) and text[start - 1] not in BREAKS:
        start -= 1
    return text[start:end]


def _core(text: str, end: int, head: str, suffix: str) -> str:
    if head[-2:] in COMMON:
        before = text[max(0, end - 5) : end - 2]
        return before + head if len(head) == 2 and before[-1:] in ADMIN else head
    return head[-2:] if len(head) > 1 else head + suffix


def misspelt(one: str, other: str) -> bool:
    """Whether two names of one length differ in a single character that is neither a number nor a direction."""
    if len(one) != len(other) or len(one) < 4:
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and not ORDER & set(differing[0])
