"""纪要提醒: minutes missing three and seven working days after the meeting are asked for, once each, also after a day missed."""

from datetime import date, timedelta

import pytest

from mianduimian.journal.models import Line
from mianduimian.mechanism import rulebook
from mianduimian.meeting import acts, jobs
from mianduimian.meeting.models import Meeting, MinutesReminder
from mianduimian.meeting.rules import reminders_due
from mianduimian.refusal import NotYours
from mianduimian.workdays import calendar

BOOK = rulebook("heyuan-2.0")
MET = date(2023, 11, 16)  # a Thursday
THIRD, SEVENTH = date(2023, 11, 21), date(2023, 11, 27)


@pytest.fixture
def held(planned, office, day):
    return acts.hold(planned, by=office, on=day)


def asked():
    return list(MinutesReminder.objects.values_list("after", "on"))


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (MET, []),
        (THIRD - timedelta(1), []),
        (THIRD, [3]),
        (SEVENTH - timedelta(1), [3]),
        (SEVENTH, [3, 7]),
        (SEVENTH + timedelta(90), [3, 7]),
    ],
)
def test_the_days_are_working_days_of_the_rulebook(settings, on, due):
    assert reminders_due(MET, on, BOOK, calendar(settings.CALENDARS)) == due


def test_a_holiday_is_no_working_day(settings):
    assert reminders_due(date(2023, 9, 28), date(2023, 10, 8), BOOK, calendar(settings.CALENDARS)) == []
    assert reminders_due(date(2023, 9, 28), date(2023, 10, 9), BOOK, calendar(settings.CALENDARS)) == [3]


def test_each_step_is_asked_for_once_however_often_the_job_runs(held, clock):
    for on in (THIRD - timedelta(1), THIRD, THIRD, SEVENTH, SEVENTH, SEVENTH + timedelta(1)):
        acts.remind_minutes(by=clock, on=on)
    assert asked() == [(3, THIRD), (7, SEVENTH)]
    assert Line.objects.of(held.round).filter(verb="meeting.remind_minutes").count() == 2


def test_days_missed_are_made_up(held, clock):
    assert jobs.remind(SEVENTH + timedelta(3)) == "提醒 2 次"
    assert jobs.remind(SEVENTH + timedelta(4)) == "提醒 0 次"


def test_minutes_that_are_issued_and_meetings_not_held_are_left_alone(planned, clock, office, day):
    assert acts.remind_minutes(by=clock, on=SEVENTH) == []
    acts.hold(planned, by=office, on=day)
    acts.issue_minutes(Meeting.objects.get(), by=office, on=THIRD - timedelta(1))
    assert acts.remind_minutes(by=clock, on=SEVENTH) == []


def test_only_the_clock_reminds(held, office):
    with pytest.raises(NotYours):
        acts.remind_minutes(by=office, on=SEVENTH)


def test_the_rulebook_says_that_the_numbers_are_a_setting():
    rule = BOOK.sections["meeting"]["minutes_asked"]
    assert (rule.value, rule.unit, rule.source[:3]) == ([3, 7], "工作日", "[W]")
