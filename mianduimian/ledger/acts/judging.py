"""办结: the task force judges a reply: sends it back, stages it, settles it, and proposes closing."""

from datetime import date

from mianduimian.journal.acts import act
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Closing, Matter, Reply, Settlement, Staging
from mianduimian.ledger.rules import Moment, Unripe, check_planned, check_proof, check_settle
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
    matter: Matter,
    *,
    planned_on: date,
    reason: str,
    kind: str = Unripe.CONDITIONS,
    by: Person,
    on: date,
    seen: int | None = None,
) -> Staging:
    """阶段性办结: conditions are not ripe; a planned date and a reason are kept; it does not count as settled."""
    return _park(Step(matter, "stage", by=by, on=on, seen=seen), planned_on, Unripe(kind), reason)


@act
def replan(matter: Matter, *, planned_on: date, reason: str, by: Person, on: date, seen: int | None = None) -> Staging:
    """调整计划办结日期: a parked matter gets another planned day, with a reason; the earlier plan is kept."""
    step = Step(matter, "replan", by=by, on=on, seen=seen)
    last = Staging.objects.filter(matter=matter).last()
    return _park(step, planned_on, Unripe(last.kind) if last else Unripe.CONDITIONS, reason)


def _park(step: Step, planned_on: date, kind: Unripe, reason: str) -> Staging:
    matter, on, by = step.matter, step.on, step.by
    check_planned(planned_on, on)
    if not reason.strip():
        raise Refused(_("阶段性办结须写明理由。"))
    planned = {"planned_on": planned_on, "kind": kind, "reason": reason}
    staged = Staging.objects.create(matter=matter, turn=matter.turn, **planned, on=on, by=by)
    step.was["solve_by"] = matter.solve_by.isoformat() if matter.solve_by else ""
    step.end(now={"solve_by": planned_on}, why=reason, solve_by=planned_on)
    return staged


@act
def settle(matter: Matter, *, note: str = "", by: Person, on: date, seen: int | None = None) -> Settlement:
    """办结: the unit says done and the task force agrees."""
    step = Step(matter, "settle", by=by, on=on, seen=seen)
    held, last = step.assignment, Reply.objects.filter(matter=matter).last()
    check_settle(held.rule, bool(last and last.solved), held.done_by)
    settled = Settlement.objects.create(matter=matter, turn=matter.turn, note=note, on=on, by=by)
    step.end(now={"turn": matter.turn}, why=note)
    return settled


@act
def propose_closing(matter: Matter, *, note: str = "", by: Person, on: date, seen: int | None = None) -> Closing:
    """提请销号: the first hand."""
    step = Step(matter, "propose_closing", by=by, on=on, seen=seen)
    filed = matter.evidence.filter(moment=Moment.AFTER).count()
    check_proof(step.rules, filed, note)
    proposed = Closing.objects.create(matter=matter, turn=matter.turn, note=note, on=on, by=by)
    step.end(now={"turn": matter.turn, "proof": filed}, why=note)
    return proposed
