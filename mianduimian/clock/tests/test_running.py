"""时钟: a slot is run once by one copy; killed it is gone on with, missed it is made up, failed it is tried again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from mianduimian.clock import acts
from mianduimian.clock.models import Run
from mianduimian.clock.rules import AGAIN, LEASE, Every, Job, State

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # noon in Shanghai
DAY = timedelta(days=1)


class Killed(BaseException):
    """What kill -9 looks like from inside."""


class Work:
    """A job that remembers on which days it ran, and may stumble."""

    def __init__(self, *faults):
        self.days, self.faults = [], list(faults)

    def __call__(self, on):
        if self.faults and (fault := self.faults.pop(0)):
            raise fault
        self.days.append(on.isoformat())
        return f"做了 {len(self.days)} 件"


def job(work, every=Every.DAY):
    return Job("test", "试验", every, work)


def states():
    return dict(Run.objects.values_list("slot", "state"))


@pytest.fixture(autouse=True)
def database(db):
    return db


def test_a_slot_is_run_once_and_says_what_it_did():
    work = Work()
    assert [acts.run([job(work)], NOON + timedelta(minutes=n)) for n in range(3)] == [["试验：做了 1 件"], [], []]
    run = Run.objects.get()
    assert (run.slot, run.state, run.said, run.tries) == ("2026-03-02", State.DONE, "做了 1 件", 1)
    assert timedelta(0) <= run.took < timedelta(seconds=5)


def test_a_clock_that_finds_nothing_to_do_asks_once_however_many_jobs_there_are(django_assert_num_queries):
    jobs = [Job(f"test{n}", "试验", Every.DAY if n % 2 else Every.MINUTE, Work()) for n in range(5)]
    assert len(acts.run(jobs, NOON)) == 5
    with django_assert_num_queries(1):
        assert acts.run(jobs, NOON) == []


def test_the_next_day_is_the_next_slot_by_the_houses_own_time():
    work = Work()
    for at in (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), datetime(2026, 3, 2, 16, 1, tzinfo=UTC)):
        acts.run([job(work)], at)
    assert work.days == ["2026-03-02", "2026-03-03"]


def test_an_hourly_job_is_due_every_hour():
    work = Work()
    for n in range(0, 180, 20):
        acts.run([job(work, Every.HOUR)], NOON + timedelta(minutes=n))
    assert len(work.days) == 3


def test_what_a_dead_process_began_is_gone_on_with_at_once(monkeypatch):
    work = Work(Killed())
    with pytest.raises(Killed):
        acts.run([job(work)], NOON)
    assert acts.run([job(work)], NOON) == []
    monkeypatch.setattr(acts, "is_dead", lambda who: True)
    assert acts.run([job(work)], NOON) == ["试验：做了 1 件"]
    assert Run.objects.get().tries == 2


def test_what_another_machine_began_is_left_alone_until_its_time_is_over():
    Run.objects.create(job="test", slot="2026-03-02", began_at=NOON, who="elsewhere:1")
    work = Work()
    assert acts.run([job(work)], NOON + LEASE) == []
    assert acts.run([job(work)], NOON + LEASE + timedelta(seconds=1)) == ["试验：做了 1 件"]


def test_a_failure_is_seen_tried_again_and_stops_no_other_job():
    work, other = Work(ValueError("没有磁盘"), ValueError("还是没有")), Work()
    jobs = [job(work), Job("other", "别的", Every.DAY, other)]
    told = acts.run(jobs, NOON)
    assert told == ["试验：ValueError: 没有磁盘", "别的：做了 1 件"]
    assert acts.run(jobs, NOON + AGAIN - timedelta(seconds=5)) == []
    acts.run(jobs, NOON + 2 * AGAIN)
    assert acts.run(jobs, NOON + 4 * AGAIN) == ["试验：做了 1 件"]
    assert (Run.objects.get(job="test").tries, len(other.days)) == (3, 1)


def test_after_five_failures_it_rests_until_the_next_slot():
    work = Work(*[ValueError("坏了")] * 5)
    for n in range(20):
        acts.run([job(work)], NOON + n * 2 * AGAIN)
    assert work.days == []
    acts.run([job(work)], NOON + DAY)
    assert work.days == ["2026-03-03"]


def test_missed_days_are_made_up_by_the_next_run_and_marked():
    work = Work()
    acts.run([job(work)], NOON)
    acts.run([job(work)], NOON + 4 * DAY)
    assert states() == {
        "2026-03-02": "done", "2026-03-03": "made_up", "2026-03-04": "made_up", "2026-03-05": "made_up", "2026-03-06": "done",
    }  # fmt: skip
    assert set(Run.objects.filter(state=State.MADE_UP).values_list("said", flat=True)) == {"2026-03-06"}
    assert work.days == ["2026-03-02", "2026-03-06"]


def test_a_slot_left_running_yesterday_is_made_up_today():
    Run.objects.create(job="test", slot="2026-03-01", began_at=NOON - DAY, who="elsewhere:1")
    acts.run([job(Work())], NOON)
    assert states() == {"2026-03-01": "made_up", "2026-03-02": "done"}


def test_who_lives_and_who_is_dead():
    assert not acts.is_dead(acts.me())
    assert acts.is_dead(acts.me().rsplit(":", 1)[0] + ":4194305")
    assert not acts.is_dead("elsewhere:1") and not acts.is_dead("abc")


def task(worker, started=NOON, tries=1):
    facts = {"task_path": "mianduimian.intake.jobs.run", "args_kwargs": {"args": [], "kwargs": {}}, "backend_name": "default"}
    return DBTaskResult.objects.create(
        **facts, run_after=get_date_max(), status=TaskResultStatus.RUNNING, started_at=started, worker_ids=[worker] * tries
    )


def status(one):
    return DBTaskResult.objects.get(pk=one.pk).status


def test_a_task_whose_worker_was_killed_is_put_back():
    dead = acts.me().rsplit(":", 1)[0] + ":4194305"
    killed, alive, far, stranded, hopeless = (
        task(dead), task(acts.me()), task("elsewhere:7"), task("elsewhere:7", NOON - DAY), task(dead, tries=5)
    )  # fmt: skip
    assert acts.reap(NOON) == 3
    assert [status(one) for one in (killed, alive, far, stranded, hopeless)] == [
        "READY", "RUNNING", "RUNNING", "READY", "FAILED",
    ]  # fmt: skip
    assert acts.reap(NOON) == 0


def test_old_rows_go_sooner_the_more_often_a_job_runs():
    ages = {"2026-03-01T10:00": 1, "2026-02-20T10:00": 10, "2026-02-20T10": 10, "2025-12-01T10": 90, "2025-12-01": 90}
    for named, age in ages.items():
        Run.objects.create(job="test", slot=named, began_at=NOON - age * DAY, who="x", state="done")
    assert acts.sweep(NOON) == 2
    assert set(states()) == {"2026-03-01T10:00", "2026-02-20T10", "2025-12-01"}


@pytest.mark.django_db(transaction=True)
def test_twelve_copies_run_a_slot_once():
    work, start = Work(), Barrier(12)

    def tick():
        try:
            start.wait()
            return acts.run([job(work)], NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as hands:
        told = [one for one in hands.map(lambda _n: tick(), range(12)) if one]
    assert told == [["试验：做了 1 件"]]
    assert Run.objects.count() == 1
