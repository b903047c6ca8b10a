"""问责: holding a unit to account, hearing its answer, and deciding on that with a second hand."""

from datetime import date

from django.db.models import Q

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Assignment, Matter
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import NotYours, Refused
from mianduimian.supervision.acts.finding import check_reach, known
from mianduimian.supervision.models import Accountability
from mianduimian.supervision.rules import Account, Sanction, Verdict
from mianduimian.vocabulary import _


@act
def account(matter: Matter, sanction: Sanction, *, by: Person, on: date) -> Accountability:
    """问责: hold a unit that handled a matter to account, with ground and decision; it may answer by a day."""
    by.must("supervision.account")
    check_reach(matter, by)
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    handled = Assignment.objects.filter(matter=matter)
    unit = Unit.objects.filter(Q(pk__in=handled.values("lead")) | Q(pk__in=handled.values("assists")), key=sanction.unit).first()
    if unit is None:
        raise Refused(_("只能对承办过这件事项的单位问责。"))
    if unit in by.units:
        raise NotYours(_("不能由被问责单位的人决定问责。"))
    if not (sanction.ground.strip() and sanction.decision.strip()):
        raise Refused(_("问责须写明事由和决定。"))
    words = {"kind": Account(sanction.kind), "ground": sanction.ground, "decision": sanction.decision}
    until = known().add(on, matter.appeal.round.rules.account["answer"]).on
    made = Accountability.objects.create(matter=matter, unit=unit, answer_by=until, by=by, on=on, **words)
    record("supervision.account", matter, by=by, on=on, now={"unit": unit.short, "answer_by": until, **words})
    return made


def _found(record: Accountability) -> Accountability:
    found = Accountability.objects.select_for_update(of=("self",)).select_related("matter__appeal__round", "unit")
    return found.get(pk=record.pk)


@act
def state(record_of: Accountability, *, text: str, by: Person, on: date) -> Accountability:
    """陈述申辩: the unit held to account answers in writing, once, by its day."""
    by.must("supervision.answer")
    made = _found(record_of)
    if made.unit_id not in [unit.pk for unit in by.units]:
        raise NotYours(_("只有被问责的%(unit)s可以陈述申辩。"), unit=made.unit.short)
    if made.stated_on:
        raise Refused(_("已于%(on)s陈述申辩。"), on=made.stated_on)
    if not made.answerable(on):
        raise Refused(_("陈述申辩的期限（%(day)s）已过。"), day=made.answer_by)
    if not text.strip():
        raise Refused(_("请写明陈述申辩的内容。"))
    made.statement, made.stated_on, made.stated_by = text, on, by
    made.save()
    record("supervision.state", made.matter, by=by, on=on, now={"unit": made.unit.short, "statement": text})
    return made


@act
def review(record_of: Accountability, *, verdict: str, why: str, by: Person, on: date) -> Accountability:
    """复核: somebody other than who decided upholds or withdraws it, after the unit answered."""
    by.must("supervision.account")
    made = _found(record_of)
    check_reach(made.matter, by)
    if not made.stated_on:
        raise Refused(_("被问责单位还没有陈述申辩。"))
    if made.verdict:
        raise Refused(_("已于%(on)s复核：%(verdict)s。"), on=made.decided_on, verdict=made.verdict_word)
    if made.by_id == by.pk or made.unit in by.units:
        raise NotYours(_("复核须由作出决定以外、被问责单位以外的人办理。"))
    if not why.strip():
        raise Refused(_("请写明复核理由。"))
    made.verdict, made.verdict_why, made.decided_on, made.decided_by = Verdict(verdict), why, on, by
    made.save()
    record("supervision.review", made.matter, by=by, on=on, now={"unit": made.unit.short, "verdict": verdict}, why=why)
    return made
