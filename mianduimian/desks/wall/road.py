"""路线图: the stages of a round, each with its day, from the call to the last date of a solution."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _

from mianduimian.ledger.models import Matter
from mianduimian.lookback.models import Visit
from mianduimian.meeting.models import Meeting
from mianduimian.solicitation.models import Round
from mianduimian.taskforce.models import Member, Plan


@dataclass(frozen=True)
class Stage:
    """路线图节点: a stage of the round and its day; passed once that day has come."""

    word: str
    day: date
    passed: bool

    @property
    def sign(self) -> str:
        """Its mark on the wall."""
        return "◆" if self.passed else "◇"

    @property
    def short(self) -> str:
        """Its day as it stands on the wall."""
        return f"{self.day.month}-{self.day.day}"


def stages(round: Round, matters: Iterable[Matter], on: date) -> list[Stage]:
    """The road map of a round, in the order of days, in a fixed number of queries; what has no day yet is left out."""
    call, meeting = round.call, Meeting.objects.filter(round=round).first()
    held = [matter.assignment for matter in matters if matter.assignment]
    days = [
        (_("征集开始"), call and call.opens_on),
        (_("征集截止"), call and call.closes_on),
        (_("座谈会"), meeting and (meeting.held_on or meeting.day)),
        (_("专班组建"), Member.objects.filter(round=round).order_by().aggregate(day=Min("since"))["day"]),
        (_("方案印发"), Plan.objects.of(round).issued().order_by().aggregate(day=Min("issued_on"))["day"]),
        (_("首次交办"), min((one.on for one in held), default=None)),
        (_("首件反馈到期"), min((one.reply_due_on for one in held), default=None)),
        (_("首次回访"), Visit.objects.filter(matter__appeal__round=round).order_by().aggregate(day=Min("planned_on"))["day"]),
        (_("最晚完成时限"), max((matter.solve_by for matter in matters if matter.solve_by), default=None)),
        (_("本期结束"), round.ended_on),
    ]
    together: dict[date, list[str]] = {}
    for word, day in days:
        if day:
            together.setdefault(day, []).append(word)
    return [Stage("、".join(words), day, day <= on) for day, words in sorted(together.items())]
