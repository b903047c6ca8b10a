"""回头看之后: what the look-back calls: a matter is given again in its next turn, or closed by a second hand."""

from datetime import date

from mianduimian.journal.acts import act
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Assignment, Closing, Matter
from mianduimian.ledger.rules import Order
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _


@act
def reassign(
    matter: Matter, *, order: Order | None = None, why: str, by: Person, on: date, seen: int | None = None
) -> Assignment:
    """重新交办: the next turn begins with a new clock; earlier turns are kept."""
    step = Step(matter, "reassign", by=by, on=on, seen=seen)
    if not why.strip():
        raise Refused(_("重新交办须写明理由。"))
    held = step.assignment
    given = step.give(order or held.order, turn=matter.turn + 1)
    step.was["turn"] = matter.turn
    now = {
        "turn": given.turn,
        "number": given.number,
        "lead": given.lead.short,
        "reply_due_on": given.reply_due_on,
        "provisional": given.provisional,
    }
    step.end(now=now, why=why, turn=given.turn)
    return given


@act
def close(matter: Matter, *, ground: str, by: Person, on: date, seen: int | None = None) -> Closing:
    """销号: the second hand, which is not the first one's, with its ground."""
    step = Step(matter, "close", by=by, on=on, seen=seen)
    if not ground.strip():
        raise Refused(_("销号须写明依据。"))
    closing = Closing.objects.select_for_update().get(matter=matter, turn=matter.turn)
    if closing.by_id == by.pk:
        raise NotYours(_("销号须由提请人以外的第二人确认。"))
    closing.closed_on, closing.closed_by, closing.ground = on, by, ground
    closing.save()
    step.end(now={"turn": matter.turn, "proposed_by": closing.by_id}, why=ground)
    return closing
