"""座谈会规则: seats by kind, how an item may be handled, what a promise owes."""

from datetime import date

from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _


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


def quotas(rulebook: Rulebook) -> dict[SeatKind, int]:
    """How many citizens and deputies have a seat, from the rulebook."""
    seats = rulebook.meeting
    return {SeatKind.CITIZEN: seats["citizens"], SeatKind.NPC: seats["npc_deputies"], SeatKind.CPPCC: seats["cppcc_members"]}


def check_promise(made_on: date, due_on: date) -> None:
    """Refuse a promise whose date has already passed when it is made."""
    if due_on < made_on:
        raise Refused(_("承诺的完成日期（%(due)s）早于承诺当日（%(made)s）。"), due=due_on, made=made_on)


def check_opinion(handling: str, due_on: date | None) -> None:
    """Refuse “by a date” without a date."""
    if handling == Handling.BY_A_DATE and due_on is None:
        raise Refused(_("“限时办理”须写明完成时限。"))
