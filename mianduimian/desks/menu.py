"""菜单: the rooms of the house as one table: which door each has, and what waits behind it."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext as say

from mianduimian.ledger.models import Assignment, Glance
from mianduimian.ledger.rules import State
from mianduimian.meeting.models import Meeting
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.supervision.models import Notice
from mianduimian.triage.models import Proposal
from mianduimian.vocabulary import _

OFFICE_TURN = [State.OPEN, State.OBJECTED, State.REPLIED]
UNIT_TURN = [State.ASSIGNED, State.ACCEPTED]
ASKED_AFTER = [State.SETTLED, State.CLOSING]


@dataclass(frozen=True)
class Door:
    """One line of the table: group, word, icon, address, the permission it needs, what it leads into, what is counted."""

    group: str
    word: str
    icon: str
    to: str
    permission: str
    of: str = ""
    counted: str = ""


MINE, ROUND, RUN, ALL, HOUSE = _("我的"), _("本期"), _("办理与督办"), _("全局"), _("系统管理")

DOORS = (
    Door(MINE, _("工作台"), "home", "desks:home", "desk.see"),
    Door(ROUND, _("公开征集"), "call", "solicitation:round", "solicitation.see", "round"),
    Door(ROUND, _("收件"), "inbox", "intake:round", "intake.see", "round"),
    Door(ROUND, _("梳理"), "check", "triage:round", "triage.see", "round", "proposals"),
    Door(ROUND, _("漏斗"), "funnel", "desks:funnel", "triage.see", "round"),
    Door(ROUND, _("热点"), "chart", "desks:hot", "triage.see", "round"),
    Door(ROUND, _("会前简报"), "paper", "desks:briefing", "triage.see", "round"),
    Door(ROUND, _("座谈会"), "meeting", "meeting:meeting", "meeting.see", "meeting"),
    Door(ROUND, _("5+N 专班"), "plan", "taskforce:round", "taskforce.see", "round"),
    Door(ROUND, _("挂图"), "wall", "desks:wall", "ledger.see", "round"),
    Door(ROUND, _("成效"), "chart", "outcomes:round", "outcomes.see", "round"),
    Door(ROUND, _("群众后来说的"), "inbox", "publication:later", "intake.answer", "round"),
    Door(ROUND, _("公开与告知"), "globe", "publication:manage", "publication.see", "round"),
    Door(RUN, _("台账"), "ledger", "desks:ledger", "ledger.see", "", "turn"),
    Door(RUN, _("本单位事项"), "plan", "ledger:mine", "ledger.handle"),
    Door(RUN, _("待入账交办"), "inbox", "ledger:open", "ledger.open"),
    Door(RUN, _("督办"), "urge", "supervision:home", "supervision.see", "", "urged"),
    Door(RUN, _("回头看"), "lookback", "lookback:home", "lookback.see", "", "asked"),
    Door(RUN, _("媒体跟踪报道"), "camera", "supervision:items", "supervision.press"),
    Door(ALL, _("各期"), "clock", "solicitation:rounds", "solicitation.see"),
    Door(ALL, _("下一期选题"), "call", "desks:topics", "solicitation.see"),
    Door(ALL, _("历次座谈会"), "meeting", "meeting:meetings", "meeting.see"),
    Door(ALL, _("三级汇总"), "people", "desks:rollup", "solicitation.see"),
    Door(ALL, _("一类问题与根源"), "root", "outcomes:problems", "outcomes.see"),
    Door(ALL, _("发文登记簿"), "paper", "archive:register", "archive.see"),
    Door(ALL, _("机器学到了什么"), "check", "triage:lessons", "triage.see"),
    Door(ALL, _("公开页面"), "globe", "publication:rounds", "desk.see"),
    Door(HOUSE, _("作业"), "clock", "desks:jobs", "clock.see"),
    Door(HOUSE, _("人员与岗位"), "people", "people:persons", "people.see"),
    Door(HOUSE, _("单位"), "place", "people:units", "people.see"),
    Door(HOUSE, _("权限表"), "lock", "people:rights", "people.see"),
    Door(HOUSE, _("留痕"), "journal", "people:trace", "people.audit"),
    Door(HOUSE, _("查看身份的复核"), "lock", "intake:openings", "intake.review"),
)


@dataclass(frozen=True)
class Entry:
    """An entry of the menu as the page shows it."""

    url: str
    word: str
    icon: str
    group: str
    current: bool
    count: int


def rounds_of(person: Person) -> Q:
    """Which rounds a person may choose from: those of their regions, and those in which a unit of theirs handles a matter."""
    led, lines = Glance.objects.filter(lead__in=person.units).order_by(), Glance.objects.order_by()
    assisted = lines.filter(matter__in=Assignment.objects.assisted_by(person.units).values("matter"))
    seen = Round.objects.seen_by(person)
    return Q(pk__in=seen.values("pk")) | Q(pk__in=led.values("round")) | Q(pk__in=assisted.values("round"))


def walks_rounds(person: Person) -> bool:
    """Whether any page of a single round is open to this person."""
    return any(door.of and person.may(door.permission) for door in DOORS)


def current_round(person: Person, chosen: str) -> Round | None:
    """The round the person chose; else one of their own region before one below it, a running one before one that ended."""
    if not walks_rounds(person):
        return None
    picked = Case(When(code=chosen, then=1), default=0)
    near = Case(When(region__in=[region.pk for region in person.regions], then=1), default=0)
    known = Round.objects.filter(rounds_of(person)).annotate(picked=picked, near=near).select_related("region", "office")
    return known.order_by("-picked", "-near", F("ended_on").desc(nulls_first=True), "-opened_on", "-pk").first()


def entries(person: Person, path: str, round: Round | None) -> list[Entry]:
    """The menu of a person: the doors their posts open, with what waits behind them, those of a round for this one."""
    doors = [door for door in DOORS if person.may(door.permission)]
    meeting = _meeting(person, round, doors)
    numbers = counts(person, round)
    shown = []
    for door in doors:
        url = _url(door, round, meeting)
        if url:
            shown.append((door, url))
    best = max((url for _door, url in shown if _leads(url, path)), key=len, default="")
    return [
        Entry(url, say(door.word), door.icon, _group(door, round), url == best, numbers.get(door.counted, 0))
        for door, url in shown
    ]


def _meeting(person: Person, round: Round | None, doors: list[Door]) -> int | None:
    if round is None or all(door.of != "meeting" for door in doors):
        return None
    return Meeting.objects.seen_by(person).filter(round=round).values_list("pk", flat=True).first()


def _url(door: Door, round: Round | None, meeting: int | None) -> str:
    if not door.of:
        return reverse(door.to)
    given = {"round": round.code if round else None, "meeting": meeting}[door.of]
    return reverse(door.to, args=[given]) if given else ""


def _leads(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(f"{url.rstrip('/')}/"))


def _group(door: Door, round: Round | None) -> str:
    if door.group != ROUND or round is None:
        return say(door.group)
    return say(_("本期：%(focus)s")) % {"focus": round.focus}


def counts(person: Person, round: Round | None) -> dict[str, int]:
    """What waits for this person behind the doors, in at most four queries."""
    numbers: dict[str, int] = {}
    if person.may("triage.decide") and round:
        numbers["proposals"] = Proposal.objects.filter(round=round).open().count()
    if person.may("ledger.see"):
        numbers |= _matters(person)
    if person.may("supervision.answer"):
        numbers["urged"] = Notice.objects.filter(unit__in=person.units, answered_on=None).count()
    return numbers


def _matters(person: Person) -> dict[str, int]:
    """The ledger's share: matters in which the next hand is this person's."""
    assigns, handles, visits = (person.may(key) for key in ("ledger.assign", "ledger.handle", "lookback.visit"))
    turn = Q(state__in=OFFICE_TURN) if assigns else Q(pk__in=[])
    if handles:
        turn |= Q(state__in=UNIT_TURN, lead__in=person.units)
    asked = Q(state__in=ASKED_AFTER) if visits else Q(pk__in=[])
    seen = Glance.objects.seen_by(person) if assigns or visits else Glance.objects.all()  # who leads a line sees it
    waiting = seen.filter(turn | asked).order_by()
    return waiting.aggregate(turn=Count("pk", filter=turn), asked=Count("pk", filter=asked))
