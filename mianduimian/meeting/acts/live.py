"""会场大屏: its link, and what is called up to it."""

from dataclasses import asdict
from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.step import check_own, opened
from mianduimian.meeting.models import Display, Floor, Meeting, Seat
from mianduimian.meeting.rules import Called, check_begun, new_token
from mianduimian.people.models import Person, Unit
from mianduimian.triage.models import Appeal


@act
def display(meeting: Meeting, *, by: Person, on: date) -> Display:
    """启用大屏链接: a link for the hall's screen, which needs no log-in; whoever has the old one sees nothing more."""
    meeting = opened(meeting, "meeting.record", by)
    fresh = {"token": new_token(), "made_on": on}
    shown, _made = Display.objects.update_or_create(meeting=meeting, defaults=fresh)
    record("meeting.display", meeting, by=by, on=on)
    return shown


@act
def call_up(meeting: Meeting, called: Called, *, by: Person, on: date) -> Floor:
    """上屏: the hall sees what is being discussed, who asks and which unit answers."""
    meeting = opened(meeting, "meeting.record", by)
    check_begun(meeting.day, on)
    appeal = Appeal.objects.filter(pk=called.appeal, round=meeting.round_id).first() if called.appeal else None
    seat = Seat.objects.filter(pk=called.seat, meeting=meeting).first() if called.seat else None
    check_own((appeal is None) == (not called.appeal) and (seat is None) == (not called.seat))
    unit = Unit.objects.get(key=called.unit) if called.unit else None
    now = {"appeal": appeal, "seat": seat, "unit": unit, "question": called.question, "exchange": None}
    floor, _made = Floor.objects.update_or_create(meeting=meeting, defaults=now)
    record("meeting.call_up", meeting, by=by, on=on, now=asdict(called))
    return floor
