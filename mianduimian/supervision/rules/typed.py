"""督办所写: what a person types when something is demanded, looked at, published or answered for, and when it is refused."""

from dataclasses import dataclass
from datetime import date

from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _


class Account(Term):
    """问责方式."""

    TALK = "talk", _("约谈")
    NAMED = "named", _("通报点名")
    REFERRED = "referred", _("移送处理")


class Verdict(Term):
    """复核结论: what became of an accountability record after its unit answered."""

    UPHELD = "upheld", _("维持原决定")
    WITHDRAWN = "withdrawn", _("撤销原决定")


class Going(Term):
    """督查方式."""

    PLANNED = "planned", _("计划督查")
    UNANNOUNCED = "unannounced", _("暗访")


@dataclass(frozen=True)
class Demand:
    """督办单: what was not done, what is demanded, until when, at which step; what is not given the rulebook says."""

    failing: str
    demand: str
    due_on: date | None = None
    rung: str = ""


@dataclass(frozen=True)
class Seen:
    """督查情况: where, what was found, and whether it agrees with what the unit says."""

    place: str
    finding: str
    agrees: bool | None = None
    going: str = Going.UNANNOUNCED


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


@dataclass(frozen=True)
class Said:
    """通报文字: what the person says to the figures: praise, admonition, what comes next."""

    good: str = ""
    bad: str = ""
    text: str = ""


def check_demand(demand: Demand, on: date) -> None:
    """Refuse an order to mend that names no failing or demand, or a day that is not ahead."""
    if not (demand.failing.strip() and demand.demand.strip()):
        raise Refused(_("督办单要写明未完成情况和整改要求。"))
    if demand.due_on and demand.due_on <= on:
        raise Refused(_("整改限期须晚于今天（%(on)s）。"), on=on)


def check_going(planned_on: date, place: str, on: date) -> None:
    """Refuse an inspection planned for a day that has passed, or for nowhere."""
    if planned_on < on:
        raise Refused(_("计划日期（%(day)s）已经过去。"), day=planned_on)
    if not place.strip():
        raise Refused(_("请写明督查地点。"))


def check_seen(seen: Seen) -> None:
    """Refuse a finding without a place or words."""
    if not (seen.place.strip() and seen.finding.strip()):
        raise Refused(_("请写明地点和督查情况。"))


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
