"""催办: each once per assignment, stage and day it is due, whatever the job does."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mianduimian.archive.models import Document
from mianduimian.journal.models import Line
from mianduimian.ledger import acts as ledger
from mianduimian.supervision import acts, jobs
from mianduimian.supervision.models import Reminder

DUE = date(2023, 12, 7)
SOON = date(2023, 12, 4)


def stages(matter):
    return list(Reminder.objects.of(matter).order_by("pk").values_list("stage", "on"))


def test_nobody_is_urged_while_there_is_time(matter, clock):
    assert jobs.remind(SOON - timedelta(1)) == "提醒 0 件"


def test_a_reply_nearly_due_is_urged_three_working_days_before(matter, clock):
    assert jobs.remind(SOON) == "提醒 1 件"
    assert stages(matter) == [("due_soon", SOON)]


def test_run_three_times_a_day_it_urges_once(matter, give, clock):
    give("housing")
    assert [jobs.remind(SOON) for _ in range(3)] == ["提醒 2 件", "提醒 0 件", "提醒 0 件"]


def test_a_job_that_missed_two_days_makes_up_for_it(matter, clock):
    jobs.remind(SOON + timedelta(2))
    jobs.remind(DUE)
    jobs.remind(DUE + timedelta(3))
    jobs.remind(DUE + timedelta(4))
    assert stages(matter) == [("due_soon", SOON + timedelta(2)), ("overdue", DUE + timedelta(3))]


def test_a_job_that_slept_past_the_day_does_not_say_soon(matter, clock):
    jobs.remind(DUE + timedelta(1))
    assert stages(matter) == [("overdue", DUE + timedelta(1))]


def test_on_its_last_day_a_reply_is_not_overdue(matter, clock):
    jobs.remind(DUE)
    assert stages(matter) == [("due_soon", DUE)]


def test_run_every_day_for_a_month_it_urges_twice_in_all(matter, clock):
    for number in range(40):
        jobs.remind(date(2023, 11, 16) + timedelta(number))
    assert stages(matter) == [("due_soon", SOON), ("overdue", DUE + timedelta(1))]


def test_who_has_replied_is_not_urged(matter, reply, clock):
    reply(matter)
    assert jobs.remind(DUE + timedelta(9)) == "提醒 0 件"


def test_more_time_means_a_new_day_to_be_urged_about(matter, handler, office, clock):
    jobs.remind(SOON)
    ledger.ask_extension(matter, until=date(2023, 12, 20), reason="等材料", by=handler, on=SOON)
    ledger.grant_extension(matter, why="同意", by=office, on=SOON)
    assert jobs.remind(SOON) == "提醒 0 件"
    jobs.remind(date(2023, 12, 15))
    assert stages(matter) == [("due_soon", SOON), ("due_soon", date(2023, 12, 15))]


def test_many_are_urged_with_as_many_statements_as_two(give, clock):
    def asked(many: int, on: date) -> int:
        for _n in range(many):
            give()
        with CaptureQueriesContext(connection) as told:
            assert len(acts.remind(by=clock, on=on)) == many
        return len(told)

    asked(1, DUE + timedelta(1))
    assert asked(2, DUE + timedelta(1)) == asked(7, DUE + timedelta(1))


def test_each_is_urged_by_a_paper_with_a_number_of_its_own(give, clock):
    give(), give("housing")
    told = acts.remind(by=clock, on=SOON)
    papers = [Document.objects.of(one).get() for one in told]
    assert [paper.number for paper in papers] == ["河面催〔2023〕1号", "河面催〔2023〕2号"]
    lines = Line.objects.filter(verb="supervision.remind").order_by("number")
    assert [line.now["number"] for line in lines] == [paper.number for paper in papers]


def test_each_reminder_stands_in_the_history_of_its_matter(matter, clock):
    jobs.remind(DUE + timedelta(1))
    line = Line.objects.of(matter).get(verb="supervision.remind")
    assert line.actor_name == clock.name
    assert line.now["stage"] == "overdue"


def test_a_clerk_may_urge_by_hand(matter, office):
    assert len(acts.remind(by=office, on=SOON)) == 1


def test_a_county_clerk_urges_only_in_the_county(matter, hire):
    assert acts.remind(by=hire("office", "yuancheng"), on=DUE + timedelta(5)) == []
