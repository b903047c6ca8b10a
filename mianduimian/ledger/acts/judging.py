"""办结: the task force judges a reply: sends it back, stages it, settles it, and proposes closing."""

from datetime import date

from mianduimian.journal.acts import act
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Closing, Matter, Settlement, Staging
from mianduimian.ledger.rules import check_planned
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


@act
def send_again(matter: Matter, *, why: str, by: Person, on: date, seen: int | None = None) -> Matter:
    """退回重新反馈: a vague reply is owed again; its clock is not set back."""
    step = Step(matter, "send_again", by=by, on=on, seen=seen)
    if not why.strip():
        raise Refused(_("退回须写明理由。"))
    step.assignment.replied_on = None
    step.assignment.save()
    return step.end(why=why)


@act
def stage(
    matter: Matter, *, planned_on: date, reason: str, by: Person, on: date, seen: int | None = None
) -> Staging:
    """阶段性办结: conditions are not ripe; a planned date and a reason are kept; it does not count as settled."""
    step = Step(matter, "stage", by=by, on=on, seen=seen)
    check_planned(planned_on, on)
    if not reason.strip():
        raise Refused(_("阶段性办结须写明理由。"))
    staged = Staging.objects.create(matter=matter, turn=matter.turn, planned_on=planned_on, reason=reason, on=on, by=by)
    step.was["solve_by"] = matter.solve_by.isoformat() if matter.solve_by else ""
    step.end(now={"solve_by": planned_on}, why=reason, solve_by=planned_on)
    return staged


@act
def settle(matter: Matter, *, note: str = "", by: Person, on: date, seen: int | None = None) -> Settlement:
    """办结: the unit says done and the task force agrees."""
    step = Step(matter, "settle", by=by, on=on, seen=seen)
    settled = Settlement.objects.create(matter=matter, turn=matter.turn, note=note, on=on, by=by)
    step.end(now={"turn": matter.turn}, why=note)
    return settled


@act
def propose_closing(matter: Matter, *, note: str = "", by: Person, on: date, seen: int | None = None) -> Closing:
    """提请销号: the first hand."""
    step = Step(matter, "propose_closing", by=by, on=on, seen=seen)
    proposed = Closing.objects.create(matter=matter, turn=matter.turn, note=note, on=on, by=by)
    step.end(now={"turn": matter.turn}, why=note)
    return proposed
