"""词: the closed lists of the look-back."""

from mianduimian.vocabulary import Term, _


class Finding(Term):
    """核查结论."""

    TRUE = "true", _("属实，已解决")
    PARTLY = "partly", _("部分解决")
    FALSE = "false", _("不实，未解决")


class Tick(Term):
    """核查清单一项的结果."""

    YES = "yes", _("是")
    NO = "no", _("否")
    NONE = "none", _("不涉及")


class Reached(Term):
    """联系结果 of one attempt: what a city's result code comes to."""

    ANSWERED = "answered", _("已接通")
    NO_ANSWER = "no_answer", _("无人接听")
    WRONG = "wrong", _("号码有误")
    REFUSED = "refused", _("拒绝回访")
    LATER = "later", _("约定再联系")


class Scale(Term):
    """满意度五档 (the official Guangdong scale)."""

    VERY_GOOD = "5", _("非常满意")
    GOOD = "4", _("满意")
    FAIR = "3", _("基本满意")
    BAD = "2", _("不满意")
    VERY_BAD = "1", _("非常不满意")


class Solved(Term):
    """是否解决, as the citizen sees it."""

    YES = "yes", _("已解决")
    PARTLY = "partly", _("部分解决")
    NO = "no", _("未解决")


class Ground(Term):
    """重新交办的理由."""

    UNSATISFIED = "unsatisfied", _("群众评价不满意")
    NO_MEASURE = "no_measure", _("未明确解决措施")
    NOT_TRUE = "not_true", _("核查未解决")
    RECURRED = "recurred", _("销号后又发生")


class Outcome(Term):
    """回访进度 of one visit."""

    REACHED = "answered", _("已评价")
    WAITING = "waiting", _("待回访")
    UNREACHED = "unreachable", _("未能联系上")
    NO_CONTACT = "no_contact", _("无联系方式")
    PASSED = "passed", _("本轮未问到")


class Queue(Term):
    """待办: what waits for those who look back."""

    VERIFY = "verify", _("待核查")
    VISIT = "visit", _("待回访")
    DOUBT = "doubt", _("疑无措施")
    BACK = "back", _("应退回")
    CLOSE = "close", _("可销号")
    RECUR = "recur", _("疑似复发")


class Waiver(Term):
    """例外销号的情形: what a named approver may let a matter be closed without; a verification never."""

    UNASKED = "unasked", _("群众确实无法问到")
    UNMET = "unmet", _("诉求与法律政策不符，已书面说明")


class Verdict(Term):
    """复发认定: what a person makes of a new submission about the same place and class."""

    SAME = "same", _("同一问题又发生，退回重办")
    NEW = "new", _("新的问题，另行办理")
    DIFFERENT = "different", _("不是一回事")


class LinkStand(Term):
    """链接: whether it may be used."""

    OPEN = "open", _("可以评价")
    USED = "used", _("已经评价")
    EXPIRED = "expired", _("已过期")
    PASSED = "passed", _("这一轮已结束")
    UNKNOWN = "unknown", _("链接不对")
