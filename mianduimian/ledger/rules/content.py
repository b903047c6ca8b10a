"""填写内容: what an order, a written reply and a piece of evidence say, and what each owes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mianduimian.ledger.rules.moves import Moment
from mianduimian.ledger.rules.settling import SettleRule
from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _


class Way(Term):
    """联系方式: how a unit spoke with the citizens."""

    PHONE = "phone", _("电话")
    VISIT = "visit", _("上门或现场")
    MEETING = "meeting", _("约见")
    MESSAGE = "message", _("短信、微信等")


class Unripe(Term):
    """挂账情形: why a matter cannot be finished yet."""

    WORKS = "works", _("工程周期长")
    SEASON = "season", _("受季节、天气限制")
    CONDITIONS = "conditions", _("条件不成熟")


@dataclass(frozen=True)
class Order:
    """交办: keys of the lead unit and of those assisting, what is asked of them, whose word settles it, who oversees it.

    `designated`: 指定承办, the unit may not hand the matter back.
    """

    lead: str
    assists: tuple[str, ...] = ()
    requirement: str = ""
    rule: str = SettleRule.LEAD
    designated: bool = False
    overseer: str = ""


@dataclass(frozen=True)
class Answered:
    """书面反馈: the internal account and the public wording apart, the measure with its date, and who signed."""

    account: str
    public: str
    signed_by: str
    founded: bool = True
    solved: bool = False
    measure: str = ""
    solve_by: date | None = None
    contacted_on: date | None = None


@dataclass(frozen=True)
class Proof:
    """佐证: a file as uploaded, the moment it shows, a quantity with its unit, the place."""

    name: str
    content: bytes
    moment: str = Moment.AFTER
    quantity: Decimal | None = None
    measure: str = ""
    place: str = ""


def check_order(order: Order) -> None:
    """Refuse an order in which a unit leads and assists at once: one unit is responsible (首接责任制)."""
    if order.lead in order.assists:
        raise Refused(_("牵头单位不能同时是配合单位：首接责任只有一家。"))


def check_answer(answer: Answered, on: date) -> None:
    """Refuse a reply nobody signed, one with an empty part, or one whose dates cannot be."""
    if not (answer.account.strip() and answer.public.strip()):
        raise Refused(_("办理情况（内部）和公开答复都要填写。"))
    if not answer.signed_by.strip():
        raise Refused(_("书面反馈须由单位负责人审签，请填写审签人。"))
    if answer.contacted_on and answer.contacted_on > on:
        raise Refused(_("联系群众的日期（%(day)s）还没有到。"), day=answer.contacted_on)
    if answer.solve_by and answer.solve_by < on and not answer.solved:
        raise Refused(_("完成时限（%(day)s）已经过去；尚未解决的，请写新的时限。"), day=answer.solve_by)


def check_planned(planned_on: date, on: date) -> None:
    """Refuse a staged settlement planned for a day that has passed."""
    if planned_on <= on:
        raise Refused(_("计划办结日期须晚于今天（%(on)s）。"), on=on)
