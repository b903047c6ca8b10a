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
