"""纪要: issued under its number, once; asked for while it is missing."""

from datetime import date

from django.conf import settings

from mianduimian.archive.acts import keep
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.meeting import papers
from mianduimian.meeting.acts.step import opened
from mianduimian.meeting.models import Meeting, MinutesReminder
from mianduimian.meeting.rules import reminders_due
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.vocabulary import _
from mianduimian.workdays import calendar


@act
def issue_minutes(meeting: Meeting, *, by: Person, on: date) -> Meeting:
    """Issue the minutes: they get their number once."""
    meeting = opened(meeting, "meeting.record", by)
    if not meeting.held_on:
        raise Refused(_("座谈会还没有召开，不能印发纪要。"))
    if meeting.minutes_on:
        raise Refused(_("纪要已于%(on)s印发。"), on=meeting.minutes_on)
    meeting.minutes_number = next_number(meeting.round.rules.papers["minutes"], by=by, on=on)
    meeting.minutes_on = on
    meeting.save(update_fields=["minutes_number", "minutes_on"])
    record("meeting.issue_minutes", meeting.round, by=by, on=on, now={"number": meeting.minutes_number})
    keep(papers.minutes(meeting), meeting, kind=Kind.MINUTES, region=meeting.round.region, by=by, on=on)
    return meeting


@act
def remind_minutes(*, by: Person, on: date) -> list[MinutesReminder]:
    """提醒印发纪要: every meeting held whose minutes are missing is named once at each step of the rulebook."""
    by.must("meeting.remind")
    missing = Meeting.objects.without_minutes().filter(held_on__lt=on).select_related("round").order_by("pk")
    asked = set(MinutesReminder.objects.filter(meeting__in=missing).values_list("meeting", "after"))
    known = calendar(settings.CALENDARS)
    return [
        _remind(meeting, after, by=by, on=on)
        for meeting in missing.select_for_update(of=("self",))
        for after in reminders_due(meeting.day, on, meeting.round.rules, known)
        if (meeting.pk, after) not in asked
    ]


def _remind(meeting: Meeting, after: int, *, by: Person, on: date) -> MinutesReminder:
    record("meeting.remind_minutes", meeting.round, by=by, on=on, now={"meeting": meeting.number, "after": after})
    return MinutesReminder.objects.create(meeting=meeting, after=after, on=on)
