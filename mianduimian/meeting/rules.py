"""座谈会规则: seats by kind, who is fairly proposed to speak, how an item may be handled, what a promise owes."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _, say
from mianduimian.workdays import Calendar

DISPLAYED = timedelta(days=1)  # the link of the hall's screen lives so long after the day of the meeting


class SeatKind(Term):
    """席位: who sits in the hall."""

    HOST = "host", _("主持")
    CITIZEN = "citizen", _("群众代表")
    NPC = "npc", _("人大代表")
    CPPCC = "cppcc", _("政协委员")
    PARTY = "party", _("党代表")
    UNIT = "unit", _("部门")
    OFFICE = "office", _("专班")
    PRESS = "press", _("媒体")


ASKING = (SeatKind.CITIZEN, SeatKind.NPC, SeatKind.CPPCC, SeatKind.PARTY)


class Presence(Term):
    """到会情况, for the minutes."""

    INVITED = "invited", _("已邀请")
    PRESENT = "present", _("出席")
    OBSERVER = "observer", _("列席")
    ABSENT = "absent", _("请假")


class Handling(Term):
    """办理意见: how an appeal is to be handled (河源日报 2022-07-18)."""

    ON_THE_SPOT = "on_the_spot", _("当场解决")
    BY_A_DATE = "by_a_date", _("限时办理")
    ON_THE_LEDGER = "on_the_ledger", _("纳入台账")


@dataclass(frozen=True)
class Planning:
    """What is settled when a meeting is planned: who presides, where, when."""

    host: str
    place: str
    starts_at: datetime


@dataclass(frozen=True)
class Seating:
    """Who takes a seat: `unit` is the key of the unit spoken for, `submission` what a citizen representative sent in."""

    kind: str
    name: str
    title: str = ""
    unit: str = ""
    submission: int | None = None


@dataclass(frozen=True)
class Spoken:
    """What was said on one item: the seat that raised it, the question, the key of the unit that answered, and the answer."""

    raised_by: int
    question: str
    answered_by: str
    appeal: int | None = None
    speaker: str = ""
    cause: str = ""
    measure: str = ""
    reaction: str = ""


@dataclass(frozen=True)
class Promised:
    """What was promised in the hall, by when; `unit` is a key, empty for the unit that answered."""

    text: str
    due_on: date
    unit: str = ""


@dataclass(frozen=True)
class Called:
    """What is called up to the hall's screen before it is recorded: appeal, asking seat, the unit's key, question."""

    appeal: int | None = None
    seat: int | None = None
    unit: str = ""
    question: str = ""


@dataclass(frozen=True)
class Decided:
    """What is decided on an appeal: how it is handled, in which words, which unit leads, which assist, by when."""

    handling: str
    text: str
    lead: str
    assists: tuple[str, ...] = ()
    solve_by: date | None = None


@dataclass(frozen=True)
class Voice:
    """An appeal that could send a representative: its region, how many spoke, and one of those who did."""

    appeal: int
    title: str
    region: str
    voices: int
    submission: int
    citizen: str


@dataclass(frozen=True)
class Invitation:
    """A proposed representative, and why; a person decides."""

    voice: Voice
    reason: str


def quotas(rulebook: Rulebook) -> dict[SeatKind, int]:
    """How many citizens and deputies have a seat, from the rulebook."""
    seats = rulebook.meeting
    return {SeatKind.CITIZEN: seats["citizens"], SeatKind.NPC: seats["npc_deputies"], SeatKind.CPPCC: seats["cppcc_members"]}


def check_quota(kind: str, taken: int, rulebook: Rulebook) -> None:
    """Refuse one more seat of a kind whose quota is full."""
    quota = quotas(rulebook).get(SeatKind(kind))
    if quota is not None and taken >= quota:
        raise Refused(_("%(kind)s席位共 %(quota)s 个，已经坐满。"), kind=SeatKind(kind).word, quota=quota)


def check_seating(seating: Seating) -> None:
    """Refuse a seat without anybody, a department's without its unit, a citizen's without what they said."""
    if not (seating.name or seating.title):
        raise Refused(_("请写明席位上的姓名或职务。"))
    if seating.kind == SeatKind.UNIT and not seating.unit:
        raise Refused(_("部门席位须写明单位。"))
    if (seating.kind == SeatKind.CITIZEN) != (seating.submission is not None):
        raise Refused(_("群众代表须是本期反映过问题的人：请选定其来件；其他席位不关联来件。"))


def invite(candidates: Iterable[Voice], seats: int) -> list[Invitation]:
    """公平推荐: one seat after another to the appeal with most voices, counted less the more seats its region already has."""
    left = sorted(candidates, key=lambda voice: (-voice.voices, voice.appeal, voice.submission))
    seated: Counter[str] = Counter()
    invited: list[Invitation] = []
    while left and len(invited) < seats:
        best = max(left, key=lambda voice: voice.voices / (1 + seated[voice.region]))
        invited.append(Invitation(best, _reason(best, seated[best.region])))
        seated[best.region] += 1
        left = [voice for voice in left if voice.appeal != best.appeal and voice.citizen != best.citizen]
    return invited


def _reason(voice: Voice, before: int) -> str:
    words = {"voices": voice.voices, "region": voice.region or say(_("区划不明")), "before": before}
    if not before:
        return say(_("%(voices)s 宗来件反映；%(region)s的第一席")) % words
    return say(_("%(voices)s 宗来件反映；%(region)s已有 %(before)s 席，仍是所余中最多的")) % words


def check_promise(made_on: date, due_on: date) -> None:
    """Refuse a promise whose date has already passed when it is made."""
    if due_on < made_on:
        raise Refused(_("承诺的完成日期（%(due)s）早于承诺当日（%(made)s）。"), due=due_on, made=made_on)


def check_begun(planned: date, on: date) -> None:
    """Refuse to record what was said before the day of the meeting."""
    if on < planned:
        raise Refused(_("座谈会定于%(planned)s召开，到时才能记录。"), planned=planned)


def check_arrival(planned: date, on: date) -> None:
    """Refuse to let somebody in on another day than that of the meeting."""
    if on != planned:
        raise Refused(_("座谈会定于%(planned)s召开，当天才能签到。"), planned=planned)


def check_displayed(planned: date, on: date) -> None:
    """Refuse the hall's screen to those who keep its link after the meeting: who spoke is no public matter."""
    if on > planned + DISPLAYED:
        raise Refused(_("%(planned)s的座谈会已经结束，这个大屏链接已停用。"), planned=planned)


def new_token() -> str:
    """A link nobody can guess: 144 random bits."""
    return secrets.token_urlsafe(18)


def new_code(taken: Collection[str]) -> str:
    """A card's short code: six digits, none twice at one meeting."""
    while (code := f"{secrets.randbelow(1_000_000):06}") in taken:
        pass
    return code


def reminders_due(met_on: date, on: date, rulebook: Rulebook, calendar: Calendar) -> list[int]:
    """After how many working days missing minutes are asked for, as far as that day has come: rulebook.meeting.minutes_asked."""
    return [after for after in rulebook.meeting["minutes_asked"] if on >= calendar.add(met_on, after).on]


def check_opinion(decided: Decided, on: date) -> None:
    """Refuse an opinion without words, “by a date” without a date, a date already past, a lead that also assists."""
    if not decided.text.strip():
        raise Refused(_("请写明办理意见。"))
    if Handling(decided.handling) == Handling.BY_A_DATE and decided.solve_by is None:
        raise Refused(_("“限时办理”须写明完成时限。"))
    if decided.solve_by and decided.solve_by < on:
        raise Refused(_("完成时限（%(due)s）早于提出办理意见当日（%(on)s）。"), due=decided.solve_by, on=on)
    if decided.lead in decided.assists:
        raise Refused(_("牵头单位不能同时是配合单位。"))


def fill(template: str, *, title: str, unit: str) -> str:
    """Put an appeal's title and its lead unit into a text written once for many: {诉求} and {单位}."""
    return template.replace("{诉求}", title).replace("{单位}", unit)


class Verb(Term):
    """座谈会的步骤, as the history of a meeting names them."""

    PLAN = "meeting.plan", _("安排座谈会")
    REPLAN = "meeting.replan", _("改期")
    SEAT = "meeting.seat", _("安排席位")
    UNSEAT = "meeting.unseat", _("撤回席位")
    AGENDA = "meeting.put_on_agenda", _("列入议程")
    CHOOSE = "meeting.choose", _("按方案选议题")
    MOVE = "meeting.move", _("调整议程")
    TAKE_OFF = "meeting.take_off", _("撤下议题")
    HOLD = "meeting.hold", _("召开")
    EXCHANGE = "meeting.exchange", _("记录问答")
    CORRECT = "meeting.correct", _("更正问答")
    PROMISE = "meeting.promise", _("记录承诺")
    AMEND = "meeting.amend", _("更正承诺")
    SUGGEST = "meeting.suggest", _("记录建议")
    ADOPT = "meeting.adopt", _("答复建议")
    MINUTES = "meeting.issue_minutes", _("印发纪要")
    CARDS = "meeting.issue_cards", _("制发参会证")
    DISPLAY = "meeting.display", _("启用大屏链接")
    REMIND = "meeting.remind_minutes", _("提醒印发纪要")
