"""异议: a unit says once, in time, with reasons, that a matter is not its own; the task force decides."""

from dataclasses import replace
from datetime import date

from mianduimian.journal.acts import act
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Assignment, Matter, Objection
from mianduimian.ledger.rules import Order, check_objection
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


@act
def object(matter: Matter, *, reason: str, by: Person, on: date, seen: int | None = None) -> Objection:
    """提出异议: once, with reasons, within the days the rulebook gives."""
    step = Step(matter, "object", by=by, on=on, seen=seen)
    held = step.assignment
    if not reason.strip():
        raise Refused(_("提出异议须写明理由。"))
    if held.designated:
        raise Refused(_("这件事项已指定由您单位承办，不得退回。"))
    earlier = Objection.objects.filter(assignment__matter=matter, assignment__lead=held.lead).count()
    check_objection(held.on, on, earlier, step.rules, step.calendar)
    objection = Objection.objects.create(assignment=held, reason=reason, on=on, by=by)
    step.end(why=reason)
    return objection


def _decide(step: Step, *, upheld: bool, why: str) -> Objection:
    objection = Objection.objects.get(assignment=step.assignment)
    objection.upheld, objection.why = upheld, why
    objection.decided_on, objection.decided_by = step.on, step.by
    objection.save()
    return objection


@act
def uphold(matter: Matter, order: Order, *, why: str, by: Person, on: date, seen: int | None = None) -> Assignment:
    """采纳异议: the matter goes to another unit, in the same turn, with a new clock."""
    step = Step(matter, "uphold", by=by, on=on, seen=seen)
    was = step.assignment.lead
    if order.lead == was.key:
        raise Refused(_("采纳异议须改派给另一个单位。"))
    _decide(step, upheld=True, why=why)
    held = step.assignment
    order = replace(order, requirement=order.requirement or held.requirement, overseer=order.overseer or held.overseer)
    given = step.give(order, turn=matter.turn)
    now = {"number": given.number, "was_lead": was.short, "lead": given.lead.short, "reply_due_on": given.reply_due_on}
    step.end(now=now, why=why)
    return given


@act
def overrule(matter: Matter, *, why: str, by: Person, on: date, seen: int | None = None) -> Matter:
    """不予采纳: the unit is designated, signs with that, and may not hand the matter back again; its clock runs on."""
    step = Step(matter, "overrule", by=by, on=on, seen=seen)
    if not why.strip():
        raise Refused(_("不采纳异议须写明理由。"))
    _decide(step, upheld=False, why=why)
    held = step.assignment
    held.designated = True
    if held.accepted_on is None:
        held.accepted_on, held.accepted_by = on, by
    held.save()
    return step.end(why=why)
