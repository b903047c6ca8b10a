"""入账、交办、签收: an appeal with its handling opinion becomes a matter and comes into a unit's hands."""

from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.ledger.acts.glances import look_anew
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.ledger.rules import Order
from mianduimian.meeting.models import Opinion
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.triage import acts as triage
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


@act
def open_matter(appeal: Appeal, *, by: Person, on: date) -> Matter:
    """Enter an appeal on the ledger under its own number; its handling opinion says how it is handled."""
    by.must("ledger.open")
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.round.region_id not in by.region_codes:
        raise NotYours(_("这件诉求不在您岗位所在的区划。"))
    if Matter.objects.filter(appeal=appeal).exists():
        raise Refused(_("这件诉求已经入账。"))
    opinion = Opinion.objects.in_force().filter(appeal=appeal).first()
    if opinion is None:
        raise Refused(_("诉求“%(title)s”还没有办理意见：请先在座谈会问答中或以书面写明办理意见，再入账。"), title=appeal.title)
    triage.fix(appeal, by=by, on=on)
    number = f"{appeal.round.code}-{appeal.number:04d}"
    matter = Matter.objects.create(appeal=appeal, number=number, opinion=opinion, opened_on=on, solve_by=opinion.solve_by)
    now = {"number": number, "opinion": opinion.pk, "solve_by": opinion.solve_by, "state": matter.state}
    record("ledger.open_matter", matter, by=by, on=on, now=now)
    look_anew([matter])
    return matter


def _from_opinion(opinion: Opinion) -> Order:
    assists = tuple(unit.key for unit in opinion.assists.all() if unit.pk != opinion.lead_id)
    return Order(opinion.lead.key, assists, opinion.text)


@act
def assign(matter: Matter, *, order: Order | None = None, by: Person, on: date, seen: int | None = None) -> Assignment:
    """交办: give a matter to its first receiver; the clock of the written reply begins."""
    step = Step(matter, "assign", by=by, on=on, seen=seen)
    given = step.give(order or _from_opinion(matter.opinion), turn=1)
    step.end(now=_facts(given), turn=1)
    return given


def _facts(given: Assignment) -> dict[str, object]:
    return {
        "number": given.number,
        "lead": given.lead.short,
        "assists": given.assist_words,
        "reply_due_on": given.reply_due_on,
        "provisional": given.provisional,
    }


@act
def accept(matter: Matter, *, by: Person, on: date, seen: int | None = None) -> Matter:
    """签收: the lead unit signs for the matter."""
    step = Step(matter, "accept", by=by, on=on, seen=seen)
    step.assignment.accepted_on, step.assignment.accepted_by = on, by
    step.assignment.save()
    return step.end(now={"accepted_on": on})
