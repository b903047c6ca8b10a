"""督办: reminding, notices and their answers, instructions and reports, inspections, press, accountability, circulars."""

from dataclasses import asdict
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import IN_HAND, Assignment, Matter
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.solicitation.models import Round
from mianduimian.supervision.models import (
    Accountability,
    Circular,
    Inspection,
    Instruction,
    Notice,
    PressItem,
    Reminder,
    held_in,
)
from mianduimian.supervision.rules import (
    DEFINITIONS,
    Account,
    Cutting,
    Demand,
    Sanction,
    Stage,
    check_cutting,
    check_demand,
    check_period,
    figures,
    stage,
)
from mianduimian.vocabulary import _
from mianduimian.workdays import Calendar, calendar

FARTHEST = timedelta(days=60)  # no working-day reminder reaches farther ahead; keeps the daily look short


@act
def remind(*, by: Person, on: date) -> list[Reminder]:
    """催办: urge every owed reply that is nearly or already due, once per assignment, stage and day it is due."""
    by.must("supervision.remind")
    owed = Q(matter__state__in=IN_HAND, matter__appeal__round__in=Round.objects.seen_by(by))
    due = Assignment.objects.current().filter(owed, reply_due_on__lte=on + FARTHEST).order_by("pk")
    held = list(due.select_for_update(of=("self",)).select_related("matter__appeal__round"))
    told = set(Reminder.objects.filter(assignment__in=held).values_list("assignment", "stage", "due_on"))
    known = _known()
    stages = [(one, stage(one.reply_due_on, on, one.matter.appeal.round.rules, known)) for one in held]
    return [
        _urge(one, reached, by=by, on=on)
        for one, reached in stages
        if reached and (one.pk, reached.value, one.reply_due_on) not in told
    ]


def _urge(assignment: Assignment, reached: Stage, *, by: Person, on: date) -> Reminder:
    reminder = Reminder.objects.create(assignment=assignment, stage=reached, due_on=assignment.reply_due_on, by=by, on=on)
    now = {"stage": reached.value, "number": assignment.number, "due_on": assignment.reply_due_on}
    record("supervision.remind", assignment.matter, by=by, on=on, now=now)
    return reminder


@act
def notify(matter: Matter, demand: Demand, *, by: Person, on: date) -> Notice:
    """督办单: demand of the responsible unit, with copies to those assisting, that it mends what it failed in."""
    by.must("supervision.notify")
    check_demand(demand, on)
    matter, held = _in_hand(matter, by)
    rules = matter.appeal.round.rules
    due = _known().add(on, rules.notice["within"])
    notice = Notice.objects.create(
        matter=matter,
        number=next_number(rules.papers["notice"], by=by, on=on),
        unit=held.lead,
        failing=demand.failing,
        demand=demand.demand,
        due_on=demand.due_on or due.on,
        provisional=due.provisional and demand.due_on is None,
        by=by,
        on=on,
    )
    notice.copies.set(held.assists.all())
    now = {"number": notice.number, "unit": held.lead.short, "due_on": notice.due_on, "demand": demand.demand}
    record("supervision.notify", matter, by=by, on=on, now=now, why=demand.failing)
    return notice


@act
def answer(notice: Notice, *, text: str, by: Person, on: date) -> Notice:
    """整改回复: the unit it was sent to answers in writing, once."""
    by.must("supervision.answer")
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.unit_id not in [unit.pk for unit in by.units]:
        raise NotYours(_("这份督办单由%(unit)s回复。"), unit=notice.unit.short)
    if notice.answered_on:
        raise Refused(_("这份督办单已于%(on)s回复。"), on=notice.answered_on)
    if not text.strip():
        raise Refused(_("请写明整改情况。"))
    notice.answer, notice.answered_on, notice.answered_by = text, on, by
    notice.save()
    now = {"number": notice.number, "answer": text, "late": notice.late}
    record("supervision.answer", notice.matter, by=by, on=on, now=now)
    return notice


@act
def instruct(matter: Matter, *, text: str, due_on: date, by: Person, on: date) -> Instruction:
    """批示: a leader's word on a matter, to be reported on by a day."""
    by.must("supervision.instruct")
    matter, _held = _in_hand(matter, by)
    if not text.strip():
        raise Refused(_("请写明批示。"))
    if due_on < on:
        raise Refused(_("报告时限（%(due)s）已经过去。"), due=due_on)
    given = Instruction.objects.create(matter=matter, text=text, due_on=due_on, by=by, on=on)
    record("supervision.instruct", matter, by=by, on=on, now={"text": text, "due_on": due_on})
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
    record("supervision.report", instruction.matter, by=by, on=on, now={"instruction": instruction.pk, "report": text})
    return instruction


@act
def inspect(matter: Matter, *, place: str, finding: str, by: Person, on: date) -> Inspection:
    """督查: somebody went and looked, and writes what was found."""
    by.must("supervision.inspect")
    matter, _held = _in_hand(matter, by)
    if not (place.strip() and finding.strip()):
        raise Refused(_("请写明地点和督查情况。"))
    seen = Inspection.objects.create(matter=matter, place=place, finding=finding, by=by, on=on)
    record("supervision.inspect", matter, by=by, on=on, now={"place": place, "finding": finding})
    return seen


@act
def press(matter: Matter, cutting: Cutting, *, by: Person, on: date) -> PressItem:
    """媒体跟踪报道: enter what was published about a matter, and what happened after it."""
    by.must("supervision.press")
    check_cutting(cutting, on)
    _within_reach(matter, by)
    item = PressItem.objects.create(matter=matter, by=by, on=on, **asdict(cutting))
    record("supervision.press", matter, by=by, on=on, now=asdict(cutting))
    return item


@act
def account(matter: Matter, sanction: Sanction, *, by: Person, on: date) -> Accountability:
    """问责: hold a unit that handled a matter to account, with ground and decision."""
    by.must("supervision.account")
    _within_reach(matter, by)
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
    made = Accountability.objects.create(matter=matter, unit=unit, by=by, on=on, **words)
    record("supervision.account", matter, by=by, on=on, now={"unit": unit.short, **words})
    return made


@act
def circulate(round: Round, *, begins_on: date, ends_on: date, text: str = "", by: Person, on: date) -> Circular:
    """通报: the figures of every unit over a period, kept as issued together with their definitions."""
    by.must("supervision.circulate")
    check_period(begins_on, ends_on, on)
    round = Round.objects.seen_by(by).filter(pk=round.pk).select_for_update(of=("self",)).first() or _refuse_round()
    if Circular.objects.filter(round=round, begins_on=begins_on, ends_on=ends_on).exists():
        raise Refused(_("这一期间已经通报过。"))
    units = figures(held_in(round, on), begins_on, ends_on, round.rules)
    if not units:
        raise Refused(_("这一期间没有交办的事项，无可通报。"))
    kept = {"units": units, "definitions": [list(pair) for pair in DEFINITIONS], "rank_from": round.rules.figures["rank_from"]}
    number = next_number(round.rules.papers["circular"], by=by, on=on)
    circular = Circular.objects.create(
        round=round, number=number, begins_on=begins_on, ends_on=ends_on, figures=kept, text=text, by=by, on=on
    )
    now = {"number": number, "begins_on": begins_on, "ends_on": ends_on, "units": len(units)}
    record("supervision.circulate", round, by=by, on=on, now=now)
    return circular


def _known() -> Calendar:
    return calendar(settings.CALENDARS)


def _refuse_round() -> Round:
    raise NotYours(_("这一期不在您的岗位所及的范围。"))


def _within_reach(matter: Matter, by: Person) -> None:
    if matter.appeal.round.region_id not in by.region_codes:
        raise NotYours(_("这件事项不在您岗位所在的区划。"))


def _in_hand(matter: Matter, by: Person) -> tuple[Matter, Assignment]:
    """The matter, locked, with the assignment in force: whoever is supervised must have been given it."""
    _within_reach(matter, by)
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.assignment is None:
        raise Refused(_("事项还没有交办，谈不上督办。"))
    return matter, matter.assignment
