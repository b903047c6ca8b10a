"""延期: more time is asked before expiry and granted or declined; deadlines are counted anew when a year is known."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from mianduimian.journal.acts import act, record
from mianduimian.ledger.acts.glances import look_anew
from mianduimian.ledger.acts.keeping import keep_assignment, keep_assignments
from mianduimian.ledger.acts.step import Step
from mianduimian.ledger.models import Assignment, Extension, Matter, to_recount
from mianduimian.ledger.rules import accept_due, check_extension, contact_due, lapsed, reply_due
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _
from mianduimian.workdays import Calendar, calendar


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
def recompute(*, among: Iterable[int] | None = None, by: Person, on: date) -> list[Assignment]:
    """期限重算: count provisional deadlines anew with the years now known, `among` these matters; again it changes nothing."""
    by.must("ledger.calendar")
    known = calendar(settings.CALENDARS)
    moved = to_recount(known) if among is None else list(among)
    if not moved:
        return []
    list(Matter.objects.select_for_update().filter(pk__in=moved).order_by("pk"))  # a matter is locked before its assignment
    named = ("matter__appeal__round__region", "matter__opinion", "lead", "by", "accepted_by")
    held = Assignment.objects.provisional().filter(matter__in=moved).select_for_update(of=("self",)).select_related(*named)
    changed = [one for one in held.prefetch_related("assists") if one.is_moved(known)]
    for one in changed:
        _count_anew(one, known, by=by, on=on)
    Assignment.objects.bulk_update(changed, ["reply_due_on", "provisional", "accept_due_on", "contact_due_on"])
    keep_assignments(changed, by=by, on=on)
    look_anew([one.matter for one in changed])
    return changed


def _count_anew(held: Assignment, known: Calendar, *, by: Person, on: date) -> None:
    was = {"reply_due_on": held.reply_due_on, "provisional": held.provisional}
    rules = held.matter.appeal.round.rules
    due = reply_due(held.on, rules, known)
    held.reply_due_on, held.provisional = due.on, due.provisional
    held.accept_due_on, held.contact_due_on = accept_due(held.on, rules, known), contact_due(held.on, rules, known)
    now = {"reply_due_on": due.on, "provisional": due.provisional}
    record("ledger.recompute", held.matter, by=by, on=on, was=was, now=now)
