"""通报: one period's figures of each unit, like beside like, with good and bad examples and whom silence names."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mianduimian.mechanism import Rulebook
from mianduimian.people.rules import UnitKind
from mianduimian.vocabulary import Term, _
from mianduimian.workdays import Calendar


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
    number: str = ""
    title: str = ""


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


COUNTED = ("matters", "replied", "on_time", "overdue", "settled", "sent_back", "green", "yellow", "red")


def total(lines: Iterable[dict[str, Any]]) -> dict[str, int]:
    """合计 of all lines."""
    return {name: sum(line[name] for line in lines) for name in COUNTED}


@dataclass(frozen=True)
class Example:
    """例子: a matter that a circular holds up, and why."""

    number: str
    title: str
    unit: str
    why: str


SHOWN = 3


def examples(held: Iterable[Held], begins: date, ends: date) -> tuple[list[Example], list[Example]]:
    """好、差例: settled soonest after a reply in time; red lights, and replies that are owed longest; one of each unit."""
    everything = list(held)
    good = sorted(
        (one for one in everything if _well(one, begins, ends)), key=lambda one: (_days(one.on, one.settled_on), one.number)
    )
    bad = sorted((one for one in everything if _badly(one, ends)), key=lambda one: (one.light != "red", one.due_on, one.number))
    praised = [_example(one, f"交办后{_days(one.on, one.settled_on)}天办结，按时书面反馈") for one in _one_each(good)]
    return praised, [_example(one, _failing(one, ends)) for one in _one_each(bad)]


def _well(one: Held, begins: date, ends: date) -> bool:
    in_time = one.replied_on is not None and not one.late and one.sent_back_on is None
    return in_time and one.settled_on is not None and begins <= one.settled_on <= ends


def _badly(one: Held, ends: date) -> bool:
    return one.on <= ends and (one.light == "red" or _owes(one, ends))


def _failing(one: Held, ends: date) -> str:
    owed = f"书面反馈逾期{(ends - one.due_on).days}天" if _owes(one, ends) else ""
    return "，".join(filter(None, ("连续逾期，亮红灯" if one.light == "red" else "", owed)))


def _days(since: date, until: date | None) -> int:
    return (until - since).days if until else 0


def _one_each(held: list[Held]) -> list[Held]:
    first: dict[str, Held] = {}
    for one in held:
        first.setdefault(one.unit, one)
    return list(first.values())[:SHOWN]


def _example(one: Held, why: str) -> Example:
    return Example(one.number, one.title, one.unit, why)


def silent(urged_on: date, replied_on: date | None, on: date, rulebook: Rulebook, calendar: Calendar) -> bool:
    """点名: urged as overdue, and for so many working days no answer."""
    if replied_on is not None and replied_on <= on:
        return False
    return calendar.between(urged_on, on) > rulebook.reminder["silence"]
