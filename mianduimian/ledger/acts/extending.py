"""延期: more time is asked before expiry and granted or declined; deadlines are counted anew when a year is known."""

from datetime import date

from django.conf import settings

from mianduimian.journal.acts import act, record
from mianduimian.ledger.acts.glances import look_anew
from mianduimian.ledger.acts.keeping import keep_assignment
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Assignment, Extension, Matter
from mianduimian.ledger.rules import accept_due, check_extension, contact_due, lapsed, reply_due
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _
from mianduimian.workdays import calendar


@act
def ask_extension(
    matter: Matter, *, until: date, reason: str, by: Person, on: date, seen: int | None = None
) -> Extension:
    """申请延期: before expiry, with a reason and a new date."""
    step = Step(matter, "ask_extension", by=by, on=on, seen=seen)
    held = step.assignment
    if not reason.strip():
        raise Refused(_("申请延期须写明理由。"))
    if held.extensions.waiting().exists():
        raise Refused(_("上一次延期申请还没有批复。"))
    granted = held.extensions.filter(granted=True).count()
    check_extension(held.reply_due_on, until, on, granted, step.rules, step.calendar)
    asked = Extension.objects.create(
        assignment=held, was_due_on=held.reply_due_on, new_due_on=until, reason=reason, on=on, by=by
    )
    step.end(now={"new_due_on": until}, why=reason)
    return asked


def _decide(step: Step, *, granted: bool, why: str) -> Extension:
    asked = step.assignment.extensions.waiting().first()
    if asked is None:
        raise Refused(_("没有等待批复的延期申请。"))
    asked.granted, asked.why, asked.decided_on, asked.decided_by = granted, why, step.on, step.by
    asked.save()
    return asked


@act
def grant_extension(matter: Matter, *, why: str = "", by: Person, on: date, seen: int | None = None) -> Extension:
    """同意延期: the reply is due on the new day; a second time a leader decides; both days stay on record."""
    again = Extension.objects.filter(assignment__matter=matter, assignment__ended_on=None, granted=True).exists()
    step = Step(matter, "grant_again" if again else "grant_extension", by=by, on=on, seen=seen)
    asked = _decide(step, granted=True, why=why)
    held = step.assignment
    held.reply_due_on, held.provisional = asked.new_due_on, False
    held.save()
    now = {"reply_due_on": asked.new_due_on, "lapsed": lapsed(asked.was_due_on, on)}
    step.was["reply_due_on"] = asked.was_due_on.isoformat()
    step.end(now=now, why=why, name="grant_extension")
    keep_assignment(held, by=by, on=on)
    return asked


@act
def decline_extension(matter: Matter, *, why: str, by: Person, on: date, seen: int | None = None) -> Extension:
    """不同意延期: the day stays as it is."""
    step = Step(matter, "decline_extension", by=by, on=on, seen=seen)
    if not why.strip():
        raise Refused(_("不同意延期须写明理由。"))
    asked = _decide(step, granted=False, why=why)
    step.end(now={"reply_due_on": step.assignment.reply_due_on}, why=why)
    return asked


@act
def recompute(*, by: Person, on: date) -> list[Assignment]:
    """期限重算: count provisional deadlines anew with the years now known; running it again changes nothing."""
    by.must("ledger.calendar")
    known = calendar(settings.CALENDARS)
    waiting = Assignment.objects.current().filter(provisional=True).values_list("matter", flat=True)
    changed: list[Assignment] = []
    for matter in Matter.objects.select_for_update(of=("self",)).select_related("appeal__round").filter(pk__in=list(waiting)):
        held = Assignment.objects.select_for_update().get(matter=matter, ended_on=None)
        due = reply_due(held.on, matter.appeal.round.rules, known)
        if held.provisional and (due.on, due.provisional) != (held.reply_due_on, held.provisional):
            was = {"reply_due_on": held.reply_due_on, "provisional": held.provisional}
            held.reply_due_on, held.provisional = due.on, due.provisional
            held.accept_due_on = accept_due(held.on, matter.appeal.round.rules, known)
            held.contact_due_on = contact_due(held.on, matter.appeal.round.rules, known)
            held.save()
            now = {"reply_due_on": due.on, "provisional": due.provisional}
            record("ledger.recompute", matter, by=by, on=on, was=was, now=now)
            keep_assignment(held, by=by, on=on)
            changed.append(held)
    look_anew([held.matter for held in changed])
    return changed
