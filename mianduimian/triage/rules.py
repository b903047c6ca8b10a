"""梳理规则: the buckets of the funnel, the reasons, and the sum that must always hold."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from mianduimian.refusal import Refused
from mianduimian.triage.taxonomy import category_word as category_word
from mianduimian.triage.taxonomy import taxonomy as taxonomy
from mianduimian.triage.taxonomy import theme_of as theme_of
from mianduimian.triage.taxonomy import usual_units as usual_units
from mianduimian.vocabulary import Term, _, say

LEFT_OUT = 40  # signs of a submission that a cut may leave in no part: a greeting, 另外, 还有一件事
TITLE = 40


class Bucket(Term):
    """去向: where every part of a submission is, exactly one."""

    UNDECIDED = "undecided", _("待梳理")
    DISTILLED = "distilled", _("归入诉求")
    REPEAT = "repeat", _("往期重复")
    INVALID = "invalid", _("无效")
    ELSEWHERE = "elsewhere", _("转其他渠道")
    WITHDRAWN = "withdrawn", _("撤回")


class Reason(Term):
    """理由: why a part is invalid or belongs elsewhere."""

    NO_FACT = "no_fact", _("无具体事实")
    ABUSE = "abuse", _("辱骂或广告")
    UNREADABLE = "unreadable", _("无法辨认")
    DUPLICATE_SEND = "duplicate_send", _("同一人重复提交")
    UNVERIFIABLE = "anonymous_unverifiable", _("无法核实")
    TEST = "test", _("测试数据")
    COURT = "court", _("已进入诉讼")
    ARBITRATION = "arbitration", _("已进入仲裁")
    PETITION = "petition", _("信访办理中")
    DISCLOSURE = "disclosure", _("政府信息公开申请")
    POLICE_CASE = "police_case", _("公安机关立案办理")
    OTHER_FOCUS = "other_focus", _("不属本期焦点，转12345")


REASONS = {
    Bucket.INVALID: (Reason.NO_FACT, Reason.ABUSE, Reason.UNREADABLE, Reason.DUPLICATE_SEND, Reason.UNVERIFIABLE, Reason.TEST),
    Bucket.ELSEWHERE: (
        Reason.OTHER_FOCUS,
        Reason.COURT,
        Reason.ARBITRATION,
        Reason.PETITION,
        Reason.DISCLOSURE,
        Reason.POLICE_CASE,
    ),
}
ASIDE = (Bucket.REPEAT, Bucket.INVALID, Bucket.ELSEWHERE, Bucket.WITHDRAWN)


class Verb(Term):
    """决定: what a person did with parts."""

    DISTIL = "distil", _("归为一件诉求")
    CONFIRM = "confirm", _("采纳机器建议")
    ADD = "add", _("归入已有诉求")
    MERGE = "merge", _("合并诉求")
    SPLIT = "split", _("分出一件诉求")
    SET_ASIDE = "set_aside", _("另定去向")
    PUT_BACK = "put_back", _("放回待梳理")
    CUT = "cut", _("拆分来件")
    TAKE_OUT = "take_out", _("取出来件")
    DIVIDE = "divide", _("分成两组")
    BRING_IN = "bring_in", _("并进一组")
    REJECT = "reject", _("不采纳机器建议")
    RELABEL = "relabel", _("改类别")


class Answer(Term):
    """对机器建议的答复."""

    CONFIRMED = "confirmed", _("采纳")
    CORRECTED = "corrected", _("改正")
    REJECTED = "rejected", _("不采纳")


class Run(Term):
    """梳理的状态: how a reading of the machine stands."""

    WAITING = "waiting", _("排队")
    RUNNING = "running", _("正在读")
    STOPPED = "stopped", _("已停")
    BROKEN = "broken", _("中断")
    DONE = "done", _("读完")


class Stage(Term):
    """梳理的步骤: what a reading does now, in this order."""

    TAKE_UP = "take_up", _("收进来件")
    CLASSES = "classes", _("读类别")
    GROUPS = "groups", _("找同一件")


SILENT = timedelta(seconds=45)  # a worker that lives says so every few seconds
TRIES = 3  # a reading that broke off so often is taken up again by a person only


@dataclass(frozen=True)
class Wording:
    """诉求表述: title, wording, category key, region code, place, key of the unit that should lead."""

    title: str
    wording: str
    category: str = ""
    region: str = ""
    place: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Place:
    """Where a part is: bucket, reason, appeal, what it repeats; `joined` when its words stand with the first part again."""

    bucket: str = Bucket.UNDECIDED.value
    reason: str = ""
    appeal: int | None = None
    earlier: int | None = None
    note: str = ""
    joined: bool = False

    def check(self) -> None:
        """Refuse a place that cannot be."""
        check_place(self.bucket, self.reason, self.appeal is not None)
        check_repeat(self.bucket, bool(self.earlier or self.note.strip()))

    def plain(self) -> dict[str, Any]:
        """What is kept of it in the record: only what says something."""
        return {name: value for name, value in asdict(self).items() if value}


def check_place(bucket: str, reason: str, has_appeal: bool) -> None:
    """Refuse a part that is in no bucket or in two: an appeal if and only if distilled, a reason where one is owed."""
    if bucket not in list(Bucket):
        raise Refused(_("没有“%(bucket)s”这一去向。"), bucket=bucket)
    if has_appeal != (bucket == Bucket.DISTILLED):
        raise Refused(_("归入诉求的来件须有诉求，其他去向不能有诉求。"))
    allowed = REASONS.get(Bucket(bucket), ())
    if allowed and reason not in allowed:
        raise Refused(
            _("“%(bucket)s”须选择理由：%(reasons)s。"),
            bucket=Bucket(bucket).word,
            reasons=say(_("、")).join(reason.word for reason in allowed),
        )
    if not allowed and reason:
        raise Refused(_("“%(bucket)s”不需要理由。"), bucket=Bucket(bucket).word)


def check_repeat(bucket: str, names_earlier: bool) -> None:
    """A repeat can be walked to what it repeats; nothing else names an earlier appeal."""
    if bucket == Bucket.REPEAT and not names_earlier:
        raise Refused(_("“往期重复”须写明是往期的哪一件诉求。"))
    if bucket != Bucket.REPEAT and names_earlier:
        raise Refused(_("只有“往期重复”才写往期诉求。"))


def sentences(text: str) -> list[str]:
    """A text sentence by sentence, nothing lost but the blanks between them."""
    return _pieces(text, "。！？!?；;\n")


def clauses(text: str) -> list[str]:
    """A text clause by clause: the pieces of which a cut is made."""
    return _pieces(text, "。！？!?；;\n，,：:")


def _pieces(text: str, stops: str) -> list[str]:
    return [said for said in (piece.strip() for piece in re.findall(f"[^{stops}]*[{stops}]*", text)) if said]


def check_cut(whole: str, texts: Sequence[str]) -> None:
    """Refuse a cut that is none, that puts words into the citizen's mouth, or that leaves words out."""
    if len(texts) < 2 or not all(text.strip() for text in texts):
        raise Refused(_("拆分来件至少要有两段，每段都要有内容。"))
    left = re.sub(r"\s", "", whole)
    for said in sorted((re.sub(r"\s", "", said) for text in texts for said in clauses(text)), key=len, reverse=True):
        if said not in left:
            raise Refused(_("拆分只能用群众的原话，这一句不在来件里或用了两次：%(said)s"), said=said[:60])
        left = left.replace(said, "", 1)
    if len(left) > LEFT_OUT:
        raise Refused(_("还有%(count)s字没有归入任何一段：%(left)s"), count=len(left), left=left[:60])


def check_wording(wording: Wording) -> None:
    """Refuse an appeal without words or in a class that does not exist."""
    if not wording.title.strip() or not wording.wording.strip():
        raise Refused(_("诉求须有标题和表述。"))
    if wording.category and wording.category not in taxonomy().words:
        raise Refused(_("分类表里没有“%(category)s”。"), category=wording.category)


def title_of(title: str, text: str) -> str:
    """A short title: the citizen's own, or the first sentence."""
    words = title.strip() or next(iter(sentences(text)), "")
    return words if len(words) <= TITLE else f"{words[: TITLE - 1]}…"


@dataclass(frozen=True)
class Funnel:
    """漏斗: what was collected (宗), the parts and the submissions in each bucket, the appeals distilled (件)."""

    collected: int
    parts: dict[str, int]
    submissions: dict[str, int]
    appeals: int

    @property
    def cut(self) -> int:
        """Parts more than submissions, because some submissions say several things."""
        return sum(self.parts.values()) - self.collected

    @property
    def decided(self) -> int:
        """Parts that a person has decided."""
        return sum(self.parts.values()) - self.parts[Bucket.UNDECIDED]

    @property
    def holds(self) -> bool:
        """Whether each submission is in exactly one bucket and every part of it too."""
        return sum(self.submissions.values()) == self.collected and self.cut >= 0


@dataclass(frozen=True)
class Outlook:
    """预计: what accepting all groups from a certainty on would mean: how many, and how many of them are likely wrong."""

    at: float
    groups: int
    wrong: float


def outlook(sures: Iterable[float], at: float) -> Outlook:
    """How many groups are at least so sure, and the error to expect of them: the sum of 1 − sure."""
    above = [sure for sure in sures if sure >= at]
    return Outlook(at, len(above), round(sum(1 - sure for sure in above), 2))


@dataclass(frozen=True)
class Progress:
    """进度, in submissions (宗): read by the machine, decided by people, in doubt; and the proposals that wait."""

    read: int
    decided: int
    doubted: int
    proposals: int


def funnel(buckets: Iterable[str]) -> dict[str, int]:
    """漏斗: how many parts are in each bucket; every bucket is named, the empty ones too."""
    counted = Counter(buckets)
    return {bucket.value: counted[bucket.value] for bucket in Bucket}


def bucket_of(buckets: Iterable[str]) -> str:
    """Where a submission of several parts is counted: undecided while one part is, else distilled if one is, else the first's."""
    found = list(buckets)
    return next((bucket for bucket in (Bucket.UNDECIDED, Bucket.DISTILLED) if bucket in found), Bucket(found[0])).value
