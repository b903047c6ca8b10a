"""座谈会会前: calling the meeting of a round, and moving it."""

from dataclasses import asdict
from datetime import date

from django.db.models import Max
from django.utils.timezone import localtime

from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.step import check_reach, check_seen, opened
from mianduimian.meeting.models import Meeting
from mianduimian.meeting.rules import Planning
from mianduimian.people.models import Person, Region
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _


@act
def plan(round: Round, planning: Planning, *, by: Person, on: date) -> Meeting:
    """Call the meeting of a round (一次会议破一题); it is numbered within its region and year."""
    check_reach("meeting.prepare", round, by)
    Region.objects.select_for_update().get(pk=round.region_id)
    if Meeting.objects.filter(round=round).exists():
        raise Refused(_("这一期的座谈会已经安排；一次会议破一题。"))
    number = _next_number(round, localtime(planning.starts_at).year)
    meeting = Meeting.objects.create(round=round, number=number, **asdict(planning))
    record("meeting.plan", round, by=by, on=on, now={"number": number, **asdict(planning)})
    return meeting


@act
def replan(meeting: Meeting, planning: Planning, *, seen: int, by: Person, on: date) -> Meeting:
    """Change who presides, where or when, as long as the meeting has not been held; in another year it is numbered anew."""
    meeting = opened(meeting, "meeting.prepare", by)
    if meeting.held_on:
        raise Refused(_("座谈会已于%(on)s召开，不能再改期。"), on=meeting.held_on)
    check_seen(meeting, seen)
    now = asdict(planning)
    if localtime(planning.starts_at).year != meeting.day.year:
        now["number"] = _next_number(meeting.round, localtime(planning.starts_at).year)
    was = {name: getattr(meeting, name) for name in now}
    Meeting.objects.filter(pk=meeting.pk).update(**now)
    record("meeting.replan", meeting.round, by=by, on=on, was=was, now=now)
    return Meeting.objects.get(pk=meeting.pk)


def _next_number(round: Round, year: int) -> int:
    """场次: counted within the region, and so within its level, and the year; its region is locked while the next is taken."""
    Region.objects.select_for_update().get(pk=round.region_id)
    earlier = Meeting.objects.filter(round__region=round.region_id, starts_at__year=year)
    return (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
