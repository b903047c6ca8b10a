"""批示: a leader's word on a matter, and the unit's report on it."""

from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.supervision.acts.finding import in_hand, known
from mianduimian.supervision.models import Instruction
from mianduimian.vocabulary import _


@act
def instruct(matter: Matter, *, text: str, due_on: date | None = None, by: Person, on: date) -> Instruction:
    """批示: a leader's word on a matter, to be reported on by a day; no day given means the rulebook's working days."""
    by.must("supervision.instruct")
    matter, _held = in_hand(matter, by)
    if not text.strip():
        raise Refused(_("请写明批示。"))
    if due_on and due_on < on:
        raise Refused(_("报告时限（%(due)s）已经过去。"), due=due_on)
    counted = known().add(on, matter.appeal.round.rules.instruction["within"])
    due, provisional = (due_on, False) if due_on else (counted.on, counted.provisional)
    given = Instruction.objects.create(matter=matter, text=text, due_on=due, provisional=provisional, by=by, on=on)
    record("supervision.instruct", matter, by=by, on=on, now={"text": text, "due_on": due})
    return given


@act
def report(instruction: Instruction, *, text: str, by: Person, on: date) -> Instruction:
    """落实情况: the unit responsible now reports on a leader's instruction."""
    by.must("supervision.answer")
    instruction = Instruction.objects.select_for_update().get(pk=instruction.pk)
    held = instruction.matter.assignment
    if held is None or held.lead_id not in [unit.pk for unit in by.units]:
        raise NotYours(_("这条批示由事项现在的牵头单位报告。"))
    if instruction.reported_on:
        raise Refused(_("这条批示已于%(on)s报告。"), on=instruction.reported_on)
    if not text.strip():
        raise Refused(_("请写明落实情况。"))
    instruction.report, instruction.reported_on, instruction.reported_by = text, on, by
    instruction.save()
    now = {"instruction": instruction.pk, "report": text, "late": instruction.late}
    record("supervision.report", instruction.matter, by=by, on=on, now=now)
    return instruction
