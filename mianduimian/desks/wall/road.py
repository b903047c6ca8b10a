"""路线图: the stages of a round, each with its day, from the call to the last date of a solution."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from mianduimian.ledger.models import Assignment, Matter
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


def stages(round: Round, on: date) -> list[Stage]:
    """The road map of a round, in the order of days, in a fixed number of queries; what has no day yet is left out.

    It is the round's own, however near one looks: a unit and a matter hang under the same road.
    """
    together: dict[date, list[str]] = {}
    for word, day in _days(round):
        if day:
            together.setdefault(day, []).append(word)
    return [Stage("、".join(words), day, day <= on) for day, words in sorted(together.items())]


def _days(round: Round) -> list[tuple[str, date | None]]:
    call, meeting = round.call, Meeting.objects.filter(round=round).first()
    given = Assignment.objects.filter(matter__appeal__round=round).order_by()
    first = given.aggregate(on=Min("on"), due=Min("reply_due_on"))
    visits = Visit.objects.filter(matter__appeal__round=round).order_by()
    return [
        (_("征集开始"), call.opens_on if call else None),
        (_("征集截止"), call.closes_on if call else None),
        (_("座谈会"), (meeting.held_on or meeting.day) if meeting else None),
        (_("专班组建"), Member.objects.filter(round=round).order_by().aggregate(day=Min("since"))["day"]),
        (_("方案印发"), Plan.objects.of(round).issued().order_by().aggregate(day=Min("issued_on"))["day"]),
        (_("首次交办"), first["on"]),
        (_("首件反馈到期"), first["due"]),
        (_("首次回访"), visits.aggregate(day=Min("planned_on"))["day"]),
        (_("最晚完成时限"), Matter.objects.of(round).order_by().aggregate(day=Max("solve_by"))["day"]),
        (_("本期结束"), round.ended_on),
    ]
