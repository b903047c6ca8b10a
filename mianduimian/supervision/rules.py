"""督办规则: stages of urging, what an order to mend says, and the figures of a circular."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from mianduimian.mechanism import Rulebook
from mianduimian.people.rules import UnitKind
from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _
from mianduimian.workdays import Calendar


class Stage(Term):
    """催办阶段."""

    DUE_SOON = "due_soon", _("到期提醒")
    OVERDUE = "overdue", _("逾期催办")


class Account(Term):
    """问责方式."""

    TALK = "talk", _("约谈")
    NAMED = "named", _("通报点名")
    REFERRED = "referred", _("移送处理")


class Kin(Term):
    """同类: units that a circular compares with each other and with no others."""

    OFFICES = "offices", _("市直单位")
    COUNTIES = "counties", _("县区、管委会")
    TOWNS = "towns", _("镇街")


KIN = {
    UnitKind.STANDING: Kin.OFFICES,
    UnitKind.DEPARTMENT: Kin.OFFICES,
    UnitKind.GOVERNMENT: Kin.COUNTIES,
    UnitKind.COMMITTEE: Kin.COUNTIES,
    UnitKind.TOWN: Kin.TOWNS,
}

# Printed beside the figures and kept with them as issued.
DEFINITIONS = [
    (_("在办"), _("期间内由该单位牵头的交办（期间内终止的也计入）")),
    (_("按时反馈率"), _("按时书面反馈 ÷（书面反馈 + 逾期未反馈）；以期间内作出的第一次书面反馈和期末仍逾期的为准")),
    (_("逾期"), _("期末已过书面反馈时限而未反馈")),
    (_("办结"), _("期间内办结；阶段性办结不计入")),
    (_("退回"), _("期间内被退回进入下一轮，计在前一轮牵头单位名下")),
    (_("亮灯"), _("印发之日该单位牵头、尚未办结的事项")),
    (_("名次"), _("只在同类单位之间按按时反馈率排列；件数不足的不排名；比率相同的名次相同")),
]


@dataclass(frozen=True)
class Demand:
    """督办单: what was not done, what is demanded, until when; no day given means the rulebook's."""

    failing: str
    demand: str
    due_on: date | None = None


@dataclass(frozen=True)
class Cutting:
    """报道: what was published where and when, and what happened after it."""

    outlet: str
    title: str
    published_on: date
    link: str = ""
    after: str = ""


@dataclass(frozen=True)
class Sanction:
    """问责: key of the unit, the way, the ground and the decision."""

    unit: str
    kind: str
    ground: str
    decision: str


def stage(reply_due_on: date, on: date, rulebook: Rulebook, calendar: Calendar) -> Stage | None:
    """Which reminder is owed on a day for a reply that is still owed: soon, overdue, or none.

    What was missed while nobody ran the job is owed still, but nobody is told "soon" of a day that has passed.
    """
    if on > reply_due_on:
        return Stage.OVERDUE
    return Stage.DUE_SOON if calendar.between(on, reply_due_on) <= rulebook.reply["due_soon"] else None


def check_demand(demand: Demand, on: date) -> None:
    """Refuse an order to mend that names no failing or demand, or a day that is not ahead."""
    if not (demand.failing.strip() and demand.demand.strip()):
        raise Refused(_("督办单要写明未完成情况和整改要求。"))
    if demand.due_on and demand.due_on <= on:
        raise Refused(_("整改限期须晚于今天（%(on)s）。"), on=on)


def check_cutting(cutting: Cutting, on: date) -> None:
    """Refuse a report that has not appeared yet, or a link that leads anywhere but to a page."""
    if cutting.published_on > on:
        raise Refused(_("刊播日期（%(day)s）还没有到。"), day=cutting.published_on)
    if cutting.link and not cutting.link.startswith(("https://", "http://")):
        raise Refused(_("链接须以 https:// 或 http:// 开头。"))


def check_period(begins_on: date, ends_on: date, on: date) -> None:
    """Refuse a period that runs backward or has not ended."""
    if ends_on < begins_on:
        raise Refused(_("期间的结束日期（%(ends)s）早于开始日期（%(begins)s）。"), begins=begins_on, ends=ends_on)
    if ends_on > on:
        raise Refused(_("期间到%(ends)s才结束，不能提前通报。"), ends=ends_on)


def long_standing(turn: int, opened_on: date, on: date, rulebook: Rulebook) -> bool:
    """「紧盯群众长期反映、解决难度大的问题不放」: given again, or on the ledger longer than the rulebook's days."""
    limits = rulebook.longstanding
    return turn >= limits["turns"] or on > opened_on + timedelta(days=limits["days"])


@dataclass(frozen=True)
class Held:
    """One assignment as a circular counts it: whose, since and until when, and what came of it on which day."""

    unit: str
    kind: str
    on: date
    due_on: date
    ended_on: date | None = None
    replied_on: date | None = None
    late: bool = False
    settled_on: date | None = None
    sent_back_on: date | None = None
    light: str = ""


@dataclass(frozen=True)
class Tally:
    """分单位数据: one unit's figures of a period."""

    unit: str
    kin: str
    matters: int = 0
    replied: int = 0
    on_time: int = 0
    overdue: int = 0
    settled: int = 0
    sent_back: int = 0
    green: int = 0
    yellow: int = 0
    red: int = 0

    @property
    def owed(self) -> int:
        """The denominator of the rate: replied, or overdue without a reply."""
        return self.replied + self.overdue

    @property
    def rate(self) -> float | None:
        """按时反馈率 in percent; None where nothing was owed."""
        return round(100 * self.on_time / self.owed, 1) if self.owed else None


def tally(unit: str, kind: str, held: Iterable[Held], begins: date, ends: date) -> Tally:
    """Count one unit's assignments over a period, both days included."""
    mine = [one for one in held if one.on <= ends and (one.ended_on is None or one.ended_on >= begins)]

    def within(day: date | None) -> bool:
        return day is not None and begins <= day <= ends

    replied = [one for one in mine if within(one.replied_on)]
    return Tally(
        unit=unit,
        kin=KIN[UnitKind(kind)].value,
        matters=len(mine),
        replied=len(replied),
        on_time=sum(not one.late for one in replied),
        overdue=sum(_owes(one, ends) for one in mine),
        settled=sum(within(one.settled_on) for one in mine),
        sent_back=sum(within(one.sent_back_on) for one in mine),
        **{light: sum(one.light == light for one in mine) for light in ("green", "yellow", "red")},
    )


def _owes(one: Held, ends: date) -> bool:
    """Whether the reply was owed and past its day when the period ended."""
    answered = one.replied_on is not None and one.replied_on <= ends
    over = one.ended_on is not None and one.ended_on <= ends
    return not answered and not over and ends > one.due_on


def figures(held: list[Held], begins: date, ends: date, rulebook: Rulebook) -> list[dict[str, Any]]:
    """The lines of a circular: like beside like, ranked by rate only where enough was owed (国办函〔2025〕66号)."""
    units = dict.fromkeys((one.unit, one.kind) for one in held)
    lines = [tally(unit, kind, [one for one in held if one.unit == unit], begins, ends) for unit, kind in units]
    lines = [line for line in lines if line.matters]
    ranks = {kin: _ranks([line for line in lines if line.kin == kin], rulebook) for kin in Kin}
    order = sorted(lines, key=lambda line: (list(Kin).index(Kin(line.kin)), ranks[Kin(line.kin)].get(line.unit, 9999)))
    return [{**asdict(line), "rate": line.rate, "rank": ranks[Kin(line.kin)].get(line.unit)} for line in order]


def _ranks(lines: list[Tally], rulebook: Rulebook) -> dict[str, int]:
    rates = {line.unit: line.rate for line in lines if line.rate is not None and line.owed >= rulebook.figures["rank_from"]}
    return {unit: 1 + sum(other > rate for other in rates.values()) for unit, rate in rates.items()}
