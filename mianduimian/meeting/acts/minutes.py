"""纪要: issued under its number, once."""

from datetime import date

from mianduimian.archive.acts import keep
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.meeting import papers
from mianduimian.meeting.acts.step import opened
from mianduimian.meeting.models import Meeting
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.acts import next_number
from mianduimian.vocabulary import _


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
