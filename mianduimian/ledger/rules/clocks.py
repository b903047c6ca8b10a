"""期限: the clocks of a matter, each counted on the State Council's calendar and each with its own light."""

from dataclasses import dataclass
from datetime import date

from mianduimian.ledger.rules.lights import Light, Node, light
from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _
from mianduimian.workdays import Calendar, Deadline


class Kind(Term):
    """时钟: what has its own day, in the order in which it falls due."""

    SIGN = "sign", _("签收")
    CONTACT = "contact", _("联系群众")
    REPLY = "reply", _("书面反馈")
    STEP = "step", _("节点")
    SOLUTION = "solution", _("解决")


@dataclass(frozen=True)
class Clock:
    """时钟: what is owed by a day, when it was done, and whether the day is provisional; no edit sets it back."""

    kind: Kind
    due_on: date
    done_on: date | None = None
    text: str = ""
    provisional: bool = False

    def light(self, on: date, rulebook: Rulebook) -> Light:
        """Its own light, by the same rule as the matter's."""
        return light([Node(self.due_on, self.done_on)], on, rulebook)


def reply_due(assigned_on: date, rulebook: Rulebook, calendar: Calendar) -> Deadline:
    """「要求承办单位在15个工作日内书面反馈」: rulebook.reply.within working days after the assignment."""
    return calendar.add(assigned_on, rulebook.reply["within"])


def accept_due(assigned_on: date, rulebook: Rulebook, calendar: Calendar) -> date:
    """By when the unit signs for the matter: rulebook.accept.within working days after the assignment."""
    return calendar.add(assigned_on, rulebook.accept["within"]).on


def contact_due(assigned_on: date, rulebook: Rulebook, calendar: Calendar) -> date:
    """By when the unit first speaks with the citizen: rulebook.contact.within working days after the assignment."""
    return calendar.add(assigned_on, rulebook.contact["within"]).on


def late(due_on: date, on: date, lapsed: bool = False) -> bool:
    """Whether a reply given on a day is late: past its day, or its day had lapsed before more time was granted."""
    return lapsed or on > due_on


def lapsed(was_due_on: date, granted_on: date) -> bool:
    """Whether an extension came too late: the earlier day had passed when it was granted; history keeps both."""
    return granted_on > was_due_on


def check_objection(assigned_on: date, on: date, earlier: int, rulebook: Rulebook, calendar: Calendar) -> None:
    """Once, with reasons, within rulebook.objection.within working days of the assignment (信访工作条例 23)."""
    if earlier >= rulebook.objection["times"]:
        raise Refused(_("这件事项已提过异议；指定承办后不得再退。"))
    last = calendar.add(assigned_on, rulebook.objection["within"]).on
    if on > last:
        raise Refused(_("提出异议的期限是交办后%(n)s个工作日（%(last)s），已经过了。"), n=rulebook.objection["within"], last=last)


def check_extension(due_on: date, new_due_on: date, on: date, granted: int, rulebook: Rulebook, calendar: Calendar) -> None:
    """Asked before expiry, with a later date within the limit, not more often than the rulebook says."""
    if on > due_on:
        raise Refused(_("书面反馈已于%(due)s到期，到期后不能再申请延期。"), due=due_on)
    if new_due_on <= due_on:
        raise Refused(_("新的时限须晚于原时限%(due)s。"), due=due_on)
    if granted >= rulebook.extension["times"]:
        raise Refused(_("延期已满%(n)s次，不能再申请。"), n=granted)
    longest = calendar.add(due_on, rulebook.extension["longest"]).on
    if new_due_on > longest:
        raise Refused(_("一次最多延长%(n)s个工作日，即到%(last)s。"), n=rulebook.extension["longest"], last=longest)
