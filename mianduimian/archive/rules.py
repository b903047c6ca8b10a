"""存档规则: the kinds of papers, their fixed sentences with named blanks, and numbers without gaps."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _, say

SOURCE = Path(__file__).parent / "wording.toml"
BLANK = re.compile(r"\{([^{}]*)\}")
NUMBER = re.compile(r"(?P<mark>.+)〔(?P<year>\d{4})〕(?P<n>[1-9]\d*)号")
LONGEST = 1000  # characters of one sentence
LABELS = (  # what wording.toml calls its sentences and blanks, for the catalogues; what a city adds stands as it wrote it
    _("标题"), _("开头"), _("办理与反馈"), _("没有填写联系方式时"), _("渠道：热线"), _("渠道：网上"), _("渠道：来信"),
    _("渠道：来访"), _("渠道：来电"), _("渠道：代表委员"), _("渠道：政务公众号"), _("渠道：信访"), _("组织领导"),
    _("尚未组建时"), _("没有节点时"), _("督查考核"), _("反馈要求"), _("到期前：情况"), _("到期前：要求"),
    _("逾期：情况"), _("逾期：要求"), _("批示到期前：情况"), _("批示逾期：情况"), _("批示：要求"),
    _("未完成情况（起草）"), _("前次未整改（起草）"), _("整改要求（起草）"), _("总体情况"), _("点名通报"),
    _("下一步要求（起草）"), _("小结"), _("说明"), _("节录说明"), _("主持人"), _("区划名称"), _("本期焦点"),
    _("书面反馈的工作日数"), _("五个常设单位"), _("常设单位的个数"), _("职能部门的个数"), _("会议日期"),
    _("会议地点"), _("诉求标题"), _("交办日期"), _("交办单的文号"), _("到期的日子"), _("批示的领导"), _("整改的限期"),
    _("督办的级别"), _("没有按期完成的节点"), _("节点到期的日子"), _("前一份通知书的文号"), _("期间的第一天"),
    _("期间的最后一天"), _("在办件数"), _("已书面反馈件数"), _("按时反馈件数"), _("逾期未反馈件数"), _("办结件数"),
    _("退回重办件数"), _("催办后多少个工作日仍不反馈"), _("应回访人数"), _("已评价人数"), _("满意人数"),
    _("未能联系上的人数"), _("待回访人数"), _("截止日期"), _("事项件数"),
)  # fmt: skip
ERASED = "＊＊＊"  # stands where somebody's name or number stood


class Kind(Term):
    """公文种类: what the rooms issue."""

    CALL = "call", _("征集公告")
    PLAN = "plan", _("工作方案")
    MINUTES = "minutes", _("会议纪要")
    ASSIGNMENT = "assignment", _("交办单")
    REPLY = "reply", _("书面反馈")
    REMINDER = "reminder", _("催办通知书")
    NOTICE = "notice", _("督查整改通知书")
    CIRCULAR = "circular", _("通报")
    VISITS = "visits", _("回访表")
    LEDGER = "ledger", _("台账")


@dataclass(frozen=True)
class Blank:
    """空格: what is filled in, how it looks for example, and its name in the program."""

    word: str
    meaning: str
    sample: str
    name: str

    @property
    def said(self) -> str:
        """What it means, in the reader's language, where the catalogues know it."""
        return say(self.meaning)


@dataclass(frozen=True)
class Sentence:
    """固定句: one fixed sentence of a kind of paper, with its blanks and those it must not lose."""

    kind: str
    key: str
    word: str
    text: str
    blanks: tuple[Blank, ...]
    must: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What it is called, in the reader's language, where the catalogues know it."""
        return say(self.word)

    @property
    def samples(self) -> dict[str, str]:
        """What the preview fills in."""
        return {blank.name: blank.sample for blank in self.blanks}

    def filled(self, text: str, words: Mapping[str, object]) -> str:
        """The text with its blanks filled; what the paper cannot tell stays visible as a blank."""
        names = {blank.word: blank.name for blank in self.blanks}
        return BLANK.sub(lambda found: str(words.get(names.get(found[1], ""), found[0])), text)


@cache
def sentences() -> dict[str, dict[str, Sentence]]:
    """Kind → key → sentence, as wording.toml says."""
    table = tomllib.loads(SOURCE.read_text("utf-8"))
    return {Kind(kind).value: _sentences(kind, said) for kind, said in table.items()}


def _sentences(kind: str, said: dict) -> dict[str, Sentence]:
    blanks = tuple(Blank(word, *told) for word, told in said["blanks"].items())
    return {
        key: Sentence(kind, key, one["word"], one["text"], blanks, tuple(one.get("must", ())))
        for key, one in said["sentences"].items()
    }


def check_text(sentence: Sentence, text: str) -> None:
    """Refuse a sentence that is empty, too long, has a blank nobody fills or has lost one that must be there."""
    if not text.strip():
        raise Refused(_("这句话不能为空。"))
    if len(text) > LONGEST:
        raise Refused(_("这句话太长（超过%(n)s字）。"), n=LONGEST)
    if set("{}") & set(BLANK.sub("", text)):
        raise Refused(_("花括号要成对：空格写成 {名称} 的样子。"))
    known = [blank.word for blank in sentence.blanks]
    for word in BLANK.findall(text):
        if word not in known:
            raise Refused(_("没有“{%(word)s}”这个空格；可用的有：%(known)s。"), word=word, known=_listed(known))
    lost = [word for word in sentence.must if f"{{{word}}}" not in text]
    if lost:
        raise Refused(_("这句话必须写明%(lost)s。"), lost=_listed(lost))


def _listed(words: Iterable[str]) -> str:
    return say(_("、")).join(f"{{{word}}}" for word in words)


def without(text: str, known: Iterable[str]) -> str:
    """The text with each of these words taken out for good, the longest first; a single sign never."""
    for value in sorted((value for value in known if len(value) > 1), key=len, reverse=True):
        text = text.replace(value, ERASED)
    return text


def split_number(number: str) -> tuple[str, int, int] | None:
    """河面交〔2026〕3号 → its mark, year and number; nothing where it is no such number."""
    found = NUMBER.fullmatch(number)
    return (found["mark"], int(found["year"]), int(found["n"])) if found else None


def missing(numbers: Iterable[str]) -> list[str]:
    """漏号: the numbers that lie between kept ones and were not kept themselves."""
    series: dict[tuple[str, int], set[int]] = {}
    for mark, year, n in filter(None, map(split_number, numbers)):
        series.setdefault((mark, year), set()).add(n)
    return [
        f"{mark}〔{year}〕{n}号"
        for (mark, year), kept in sorted(series.items())
        for n in range(min(kept), max(kept))
        if n not in kept
    ]
