"""数字与口径: what is counted of a round in public, each with its unit and its definition; promises kept, late and broken."""

from dataclasses import dataclass
from datetime import date

from mianduimian.vocabulary import Term, _, say


class Figure(Term):
    """公开的数字."""

    COLLECTED = "collected", _("共收到来件")
    APPEALS = "appeals", _("归成有效诉求")
    REPLIED = "replied", _("已书面反馈")
    ON_TIME = "on_time", _("按期反馈")
    SETTLED = "settled", _("办结")
    CLOSED = "closed", _("销号")
    SATISFIED = "satisfied", _("回访满意")
    UNREACHED = "unreached", _("未能联系上")
    WAITING = "waiting", _("待回访")
    STAGED = "staged", _("阶段性办结")
    EXTENDED = "extended", _("批准延期")
    BACK = "back", _("退回重办")
    UNHEARD = "unheard", _("无群众评价而销号")
    WAIVED = "waived", _("批准例外销号")


DEFINITIONS = {
    Figure.COLLECTED: _("群众通过各渠道反映的全部来件，每说一次算一宗；每一宗都有去向，见下面的去向图。"),
    Figure.APPEALS: _("多宗来件说的是同一件事，归成一件有代表性的诉求。"),
    Figure.REPLIED: _("责任单位至少书面反馈过一次的事项；分母是已交办的全部事项。"),
    Figure.ON_TIME: _("在期限内书面反馈的交办次数；分母是已反馈的加上逾期未反馈的，还没到期的不算。"),
    Figure.SETTLED: _("单位报告办好、专班同意的事项；分母是全部有效诉求。阶段性办结不算办结。"),
    Figure.CLOSED: _("核查、回访之后由第二个人确认结束的事项；分母是全部有效诉求。"),
    Figure.SATISFIED: _("评价为非常满意、满意、基本满意的人；分母是已作出评价的人。没联系上的不算满意。"),
    Figure.UNREACHED: _("多次联系没有接通、没有留联系方式或不愿评价的人；分母是应回访的人。"),
    Figure.WAITING: _("还要继续联系的人；分母是应回访的人。"),
    Figure.STAGED: _("工程、季节或条件所限暂时办不完的事项，有计划日期和公开的理由；不算办结。"),
    Figure.EXTENDED: _("到期之前申请并经批准延长的次数。"),
    Figure.BACK: _("群众不满意、没有具体措施或核查不属实而退回重办过的事项；分母是曾经办结的事项。"),
    Figure.WAIVED: _("经具名的人批准、写明理由而例外销号的事项：群众确实无法问到，或诉求与法律政策不符；分母是已销号的事项。"),
    Figure.UNHEARD: _("没有一位群众作出评价、只凭联系记录销号的事项；分母是已销号的事项。"),
}

CASES, MATTERS, PEOPLE, TIMES = _("宗"), _("件"), _("人"), _("次")
UNITS = {
    Figure.COLLECTED: CASES, Figure.SATISFIED: PEOPLE, Figure.UNREACHED: PEOPLE, Figure.WAITING: PEOPLE,
    Figure.ON_TIME: TIMES, Figure.EXTENDED: TIMES,
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """One figure: how many, of how many; no denominator where there is none."""

    figure: Figure
    number: int
    whole: int | None = None

    @property
    def word(self) -> str:
        """What is counted."""
        return self.figure.word

    @property
    def unit(self) -> str:
        """宗、件、人 or 次."""
        return say(UNITS.get(self.figure, MATTERS))

    @property
    def definition(self) -> str:
        """How it is counted, in one sentence."""
        return say(DEFINITIONS[self.figure])

    @property
    def share(self) -> str:
        """Of how many, and the percentage; nothing divided by nothing is no percentage."""
        if self.whole is None:
            return ""
        words = {"whole": self.whole, "unit": self.unit}
        if not self.whole:
            return say(_("共 %(whole)s %(unit)s")) % words
        return say(_("共 %(whole)s %(unit)s，占 %(share)s")) % {**words, "share": f"{self.number / self.whole:.1%}"}


class Kept(Term):
    """承诺兑现."""

    KEPT = "kept", _("按期兑现")
    LATE = "late", _("逾期兑现")
    PENDING = "pending", _("未到期")
    BROKEN = "broken", _("逾期未兑现")
    UNTRACKED = "untracked", _("没有对应的台账事项")



def kept(due_on: date, done_on: date | None, on: date, *, tracked: bool = True) -> Kept:
    """A promise is kept when its matter is settled by the promised day; after that day it is late, or broken while it is not."""
    if done_on:
        return Kept.KEPT if done_on <= due_on else Kept.LATE
    if not tracked:
        return Kept.UNTRACKED
    return Kept.PENDING if on <= due_on else Kept.BROKEN
