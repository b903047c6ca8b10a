"""梳理规则: the buckets of the funnel, the reasons, and the sum that must always hold."""

from collections import Counter
from collections.abc import Iterable

from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _


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


def check_place(bucket: str, reason: str, has_appeal: bool) -> None:
    """Refuse a part that is in no bucket or in two: an appeal if and only if distilled, a reason where one is owed."""
    if has_appeal != (bucket == Bucket.DISTILLED):
        raise Refused(_("归入诉求的来件须有诉求，其他去向不能有诉求。"))
    allowed = REASONS.get(Bucket(bucket), ())
    if allowed and reason not in allowed:
        raise Refused(
            _("“%(bucket)s”须选择理由：%(reasons)s。"), bucket=Bucket(bucket).word, reasons="、".join(r.word for r in allowed)
        )
    if not allowed and reason:
        raise Refused(_("“%(bucket)s”不需要理由。"), bucket=Bucket(bucket).word)


def funnel(buckets: Iterable[str]) -> dict[str, int]:
    """漏斗: how many parts are in each bucket; every bucket is named, the empty ones too."""
    counted = Counter(buckets)
    return {bucket.value: counted[bucket.value] for bucket in Bucket}
