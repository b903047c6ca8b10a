"""公开征集规则: how rounds are numbered, which channels a call may open, when its window is open."""

from dataclasses import dataclass
from datetime import date, timedelta

from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _

LONGEST_WINDOW = 92  # days; the longest published one had a month
LONGEST_WAIT = 366


class Channel(Term):
    """渠道: the way a submission came."""

    HOTLINE = "hotline", _("12345热线")
    WEB = "web", _("网上征集")
    LETTER = "letter", _("来信")
    VISIT = "visit", _("来访")
    PHONE = "phone", _("来电")
    DEPUTY = "deputy", _("代表委员转交")
    WECHAT = "wechat", _("公众号留言")
    PETITION = "petition_bureau", _("信访转送")


class Theme(Term):
    """难: the themes under which people and the hotline name what is hard."""

    TRAVEL = "travel", _("出行难")
    DOCTOR = "doctor", _("看病难")
    WATER = "water", _("饮水难")
    SCHOOL = "school", _("上学难")
    HOUSING = "housing", _("住房难")
    WORK = "work", _("就业难")
    OTHER = "other", _("其他")


class Verb(Term):
    """办理: what is done in this room, as the history of a round words it."""

    OPEN = "solicitation.open_round", _("开启一期")
    ISSUE = "solicitation.issue_call", _("发布征集公告")
    EXTEND = "solicitation.extend_call", _("延长征集")
    END = "solicitation.end_round", _("结束一期")
    WISH = "solicitation.wish", _("群众点题")
    SHOW = "solicitation.show", _("公开点题")
    DROP = "solicitation.drop", _("不公开点题")


@dataclass(frozen=True)
class Opening:
    """What is settled when a round is opened: focus, theme, region code, host, key of the office unit, rulebook."""

    focus: str
    theme: str
    region: str
    host: str
    office: str
    rulebook: str = "heyuan-2.0"


@dataclass(frozen=True)
class Wished:
    """What a citizen proposes to talk about next: the focus, why, its theme, the region's code."""

    focus: str
    why: str
    theme: str
    region: str


@dataclass(frozen=True)
class Notice:
    """What a call says: its window, scope, channels and whom to ask."""

    opens_on: date
    closes_on: date
    scope: str
    channels: list[str]
    contact: str = ""


def code(region: str, year: int, number: int) -> str:
    """期号: region, year and number within them, such as 441600-2026-12."""
    return f"{region}-{year}-{number:02d}"


def window(opens: date, rulebook: Rulebook) -> date:
    """The usual last day of a call: rulebook.call.window calendar days, the first one counted."""
    return opens + timedelta(days=rulebook.call["window"] - 1)


def check_window(opens: date, closes: date, on: date) -> None:
    """Refuse a window that ends before it begins, lies behind us, or is longer than any call ever was."""
    if closes < opens:
        raise Refused(_("征集的截止日期（%(closes)s）早于开始日期（%(opens)s）。"), opens=opens, closes=closes)
    if closes < on:
        raise Refused(_("征集的截止日期（%(closes)s）已经过去。"), closes=closes)
    if opens > on + timedelta(days=LONGEST_WAIT):
        raise Refused(_("征集开始于%(opens)s，距今超过%(days)s天，请核对年份。"), opens=opens, days=LONGEST_WAIT)
    if closes > opens + timedelta(days=LONGEST_WINDOW):
        raise Refused(_("征集长达%(days)s天以上，请核对日期。"), days=LONGEST_WINDOW)
