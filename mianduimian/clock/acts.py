"""时钟: taking a slot, running its job, and putting right what a killed process left behind."""

import os
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.tasks import TaskResultStatus
from django.utils.timezone import localtime
from django_tasks_db.models import DBTaskResult

from mianduimian.clock.models import Run
from mianduimian.clock.rules import TRIES, Every, Job, State, may_take_over, missed, slot

log = structlog.get_logger()
STRANDED = timedelta(hours=6)  # a task of another machine that has run so long is begun again
KEPT = {":": timedelta(days=2), "T": timedelta(days=60), "": timedelta(days=800)}  # by what the slot is written with


def me() -> str:
    """This process: host and number, by which another sees whether it still lives."""
    return f"{socket.gethostname()}:{os.getpid()}"


def is_dead(who: str) -> bool:
    """Whether a process of this machine is gone; of another machine nobody here can tell."""
    host, _colon, number = who.rpartition(":")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def run(jobs: Iterable[Job], now: datetime) -> list[str]:
    """Run every job whose slot nobody has run yet; each says in one line what it did."""
    told, jobs = [], list(jobs)
    over = _over(jobs, now)
    for job in jobs:
        taken = None if job.key in over else take(job, now)
        if taken:
            told.append(f"{job.word}：{_work(job, taken, now)}")
    return told


def _over(jobs: list[Job], now: datetime) -> set[str]:
    """The jobs whose slot of this moment is over, asked at once: most of the times the clock looks, all of them are."""
    due = {job.key: slot(job.every, localtime(now)) for job in jobs}
    ended = Run.objects.filter(job__in=due, slot__in=set(due.values()), state__in=[State.DONE, State.MADE_UP])
    return {job for job, when in ended.order_by().values_list("job", "slot") if due[job] == when}


def take(job: Job, now: datetime) -> Run | None:
    """Take the job's slot of this moment; nobody else gets it, unless whoever took it stopped."""
    due = slot(job.every, localtime(now))
    held = Run.objects.filter(job=job.key, slot=due).first()
    if held is None:
        try:
            with transaction.atomic():
                return Run.objects.create(job=job.key, slot=due, began_at=now, who=me())
        except IntegrityError:
            return None
    if not may_take_over(held.state, held.tries, held.since(now), is_dead(held.who)):
        return None
    same = Run.objects.filter(pk=held.pk, state=held.state, tries=held.tries, began_at=held.began_at)
    again = {"state": State.RUNNING, "began_at": now, "ended_at": None, "who": me(), "tries": held.tries + 1}
    return Run.objects.get(pk=held.pk) if same.update(**again) else None


def _work(job: Job, taken: Run, now: datetime) -> str:
    """Do the job and write down how it went; a failure is kept in words and tried again later."""
    began = datetime.now(now.tzinfo)
    try:
        said, state = job.work(localtime(now).date()), State.DONE
    except Exception as fault:
        said, state = f"{type(fault).__name__}: {fault}", State.FAILED
        log.exception("job failed", job=job.key, slot=taken.slot)
    taken.state, taken.said, taken.ended_at = state, said[:2000], now + (datetime.now(now.tzinfo) - began)
    taken.save()
    if state == State.DONE:
        _make_up(job, taken, now)
    return said


def _make_up(job: Job, done: Run, now: datetime) -> None:
    """错过的时段: what was not run in its time was caught up with just now; the operator sees which."""
    last = Run.objects.of(job.key).filter(slot__lt=done.slot).values_list("slot", flat=True).first()
    gaps = missed(job.every, last, done.slot) if last and job.every != Every.MINUTE else []
    facts = {"job": job.key, "state": State.MADE_UP, "began_at": now, "ended_at": now, "who": done.who, "said": done.slot}
    Run.objects.bulk_create([Run(slot=gap, **facts) for gap in gaps], ignore_conflicts=True)
    stale = Run.objects.filter(job=job.key, slot__lt=done.slot, state__in=[State.RUNNING, State.FAILED])
    stale.update(state=State.MADE_UP, ended_at=now, said=done.slot)


def reap(now: datetime) -> int:
    """Tasks that a killed worker left running are ready again; after too many tries they have failed."""
    put_right = 0
    for task in DBTaskResult.objects.running():
        worker = task.worker_ids[-1] if task.worker_ids else ""
        if not (is_dead(worker) or (task.started_at and now - task.started_at > STRANDED)):
            continue
        same = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        spent = len(task.worker_ids) >= TRIES
        state = {"status": TaskResultStatus.FAILED, "finished_at": now, "traceback": "worker killed"} if spent else {}
        put_right += same.update(**(state or {"status": TaskResultStatus.READY, "started_at": None}))
    return put_right


def sweep(now: datetime) -> int:
    """Rows by the minute go after two days, by the hour after two months, by the day after two years."""
    return sum(Run.objects.filter(began_at__lt=now - age, slot__contains=sign).delete()[0] for sign, age in KEPT.items())
