"""回头看规则: what is verified, how a citizen answers, what goes back, when a matter may be closed."""

from mianduimian.mechanism import Rulebook
from mianduimian.vocabulary import Term, _


class Finding(Term):
    """核查结论."""

    TRUE = "true", _("属实，已解决")
    PARTLY = "partly", _("部分解决")
    FALSE = "false", _("不实，未解决")


class Reached(Term):
    """联系结果 of one attempt."""

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
    NOT_TRUE = "not_true", _("核查不实")


def satisfied(scale: str, rulebook: Rulebook) -> bool:
    """The top three of five count as satisfied: rulebook.visit.satisfied_from."""
    return int(scale) >= rulebook.visit["satisfied_from"]


def grounds(*, scales: list[str], concrete: bool, finding: str, rulebook: Rulebook) -> list[Ground]:
    """「筛选出群众评价不满意、未明确解决措施的事项，重新交办、督办」, and what the verification found untrue."""
    found = [
        (Ground.UNSATISFIED, any(not satisfied(scale, rulebook) for scale in scales)),
        (Ground.NO_MEASURE, not concrete),
        (Ground.NOT_TRUE, finding == Finding.FALSE),
    ]
    return [ground for ground, holds in found if holds]


def exhausted(attempts: int, rulebook: Rulebook) -> bool:
    """Whether enough attempts are on record that a citizen counts as not reached: rulebook.visit.attempts."""
    return attempts >= rulebook.visit["attempts"]
