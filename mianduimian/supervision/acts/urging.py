"""催办: urging whoever owes a reply or a report, once per stage and day it is due, each with its numbered paper."""

from collections.abc import Sequence
from datetime import date
from functools import cache, partial

from django.db.models import Exists, OuterRef, Q, QuerySet

from mianduimian.archive.acts import keep_all
from mianduimian.archive.models import wording
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import IN_HAND, Assignment
from mianduimian.mechanism import rulebook
from mianduimian.people.models import Person
from mianduimian.solicitation.acts import next_numbers
from mianduimian.solicitation.models import Round
from mianduimian.supervision import papers
from mianduimian.supervision.acts.finding import known
from mianduimian.supervision.models import Instruction, Reminder
from mianduimian.supervision.rules import Stage, stage

type Owed = tuple[Assignment, Instruction | None, Stage]


@act
def remind(*, most: int | None = None, by: Person, on: date) -> list[Reminder]:
    """催办: urge every owed reply and report that is nearly or already due; `most` leaves the rest to the next call."""
    by.must("supervision.remind")
    return _urge([*_replies(by, on, most), *_reports(by, on, most)][:most], by=by, on=on)


def _replies(by: Person, on: date, most: int | None) -> list[Owed]:
    """Written replies whose reminder is owed on a day; locked, and asked again once they are."""
    owed = Q(matter__state__in=IN_HAND, matter__appeal__round__in=Round.objects.seen_by(by))
    due = Assignment.objects.current().filter(owed, _untold(on), reply_due_on__lt=_farther("reply", by, on)).order_by("pk")
    found = _staged(due.select_related("matter__appeal__round"), on)[:most]
    if not found:
        return []
    keys = [one.pk for one, _none, _stage in found]
    return _staged(_whole(due.filter(pk__in=keys).select_for_update(of=("self",))), on)


def _whole(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With everything that a reminder's paper names."""
    return assignments.select_related("matter__appeal__round__region", "lead").prefetch_related("assists")


def _farther(what: str, by: Person, on: date) -> date:
    """The first day of which nobody need be told today, whatever a round's rulebook calls soon."""
    books = Round.objects.seen_by(by).order_by().values_list("rulebook", flat=True).distinct()
    soon = max((rulebook(book).sections[what]["due_soon"].value for book in books), default=0)
    return known().add(on, soon + 1).on


def _untold(on: date) -> Q:
    """Not yet told what can be told of their day, so that long silence is not read anew every morning."""
    told = Reminder.objects.filter(assignment=OuterRef("pk"), instruction=None, due_on=OuterRef("reply_due_on"))
    late, soon = told.filter(stage=Stage.OVERDUE), told.filter(stage=Stage.DUE_SOON)
    return Q(reply_due_on__lt=on) & ~Exists(late) | Q(reply_due_on__gte=on) & ~Exists(soon)


def _staged(due, on: date) -> list[Owed]:
    held, calendar = list(due), known()
    urged = Reminder.objects.filter(assignment__in=held, instruction=None)
    told = set(urged.values_list("assignment", "stage", "due_on"))
    reached = [(one, stage(one.reply_due_on, on, one.matter.appeal.round.rules.reply["due_soon"], calendar)) for one in held]
    return [(one, None, now) for one, now in reached if now and (one.pk, now.value, one.reply_due_on) not in told]


def _reports(by: Person, on: date, most: int | None) -> Sequence[Owed]:
    """Reports on instructions whose reminder is owed on a day, of whoever leads the matter now."""
    mine = Instruction.objects.waiting().filter(matter__appeal__round__in=Round.objects.seen_by(by))
    waiting = mine.filter(due_on__lt=_farther("instruction", by, on))
    given = list(waiting.select_for_update(of=("self",)).select_related("matter__appeal__round", "by").order_by("pk"))
    told = set(Reminder.objects.filter(instruction__in=given).values_list("instruction", "stage", "due_on"))
    leads = Assignment.objects.current().filter(matter__in=[one.matter_id for one in given])
    held = {one.matter_id: one for one in _whole(leads)}
    calendar = known()
    reached = [(one, stage(one.due_on, on, one.matter.appeal.round.rules.instruction["due_soon"], calendar)) for one in given]
    return [
        (held[one.matter_id], one, now)
        for one, now in reached
        if now and one.matter_id in held and (one.pk, now.value, one.due_on) not in told
    ][:most]


def _urge(owed: list[Owed], *, by: Person, on: date) -> list[Reminder]:
    """Urge all of these, with the same few statements for one and for many."""
    if not owed:
        return []
    reminders = Reminder.objects.bulk_create(
        Reminder(
            assignment=held,
            instruction=given,
            stage=reached,
            due_on=given.due_on if given else held.reply_due_on,
            by=by,
            on=on,
        )
        for held, given, reached in owed
    )
    numbers = _numbers(reminders, by=by, on=on)
    for one in reminders:
        _record(one, numbers[one.pk], by=by, on=on)
    said = cache(partial(wording, Kind.REMINDER))
    here = {one.pk: one.assignment.matter.appeal.round.region for one in reminders}
    issued = [(papers.reminder_paper(one, numbers[one.pk], said(here[one.pk])), one, here[one.pk]) for one in reminders]
    keep_all(issued, kind=Kind.REMINDER, by=by, on=on)
    return reminders


def _numbers(reminders: list[Reminder], *, by: Person, on: date) -> dict[int, str]:
    """Reminder → its number, under the mark that its round's rulebook has."""
    marks: dict[str, list[int]] = {}
    for reminder in reminders:
        marks.setdefault(reminder.assignment.matter.appeal.round.rules.papers["reminder"], []).append(reminder.pk)
    taken = {mark: next_numbers(mark, len(keys), by=by, on=on) for mark, keys in marks.items()}
    return {key: number for mark, keys in marks.items() for key, number in zip(keys, taken[mark], strict=True)}


def _record(reminder: Reminder, number: str, *, by: Person, on: date) -> None:
    held = reminder.assignment
    now = {"stage": reminder.stage, "number": number, "about": held.number, "due_on": reminder.due_on}
    if reminder.instruction_id:
        now["instruction"] = reminder.instruction_id
    record("supervision.remind", held.matter, by=by, on=on, now=now)
