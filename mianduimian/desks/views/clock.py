"""作业页面: for the system administrator: when each job ran, how long, what it did, what failed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime, now
from django_tasks_db.models import DBTaskResult

from mianduimian.clock.models import Run
from mianduimian.clock.rules import State, slot
from mianduimian.desks.jobs import JOBS
from mianduimian.people.doors import door

PAGE = 50


@door("clock.see")
def jobs(request: HttpRequest) -> HttpResponse:
    """Every job with its last run, the work that waits in the background, and the log of runs."""
    wanted = request.GET.get("job", "")
    runs = Run.objects.filter(job=wanted) if wanted in {job.key for job in JOBS} else Run.objects.all()
    if request.GET.get("wrong"):
        runs = runs.exclude(state=State.DONE)
    tasks = DBTaskResult.objects.all()
    context = {
        "rows": _rows(),
        "page": Paginator(runs, PAGE).get_page(request.GET.get("page")),
        "words": {job.key: job.word for job in JOBS},
        "tasks": {"ready": tasks.ready().count(), "running": tasks.running().count(), "failed": tasks.failed().count()},
        "wanted": wanted,
    }
    return render(request, "desks/jobs.html", context)


def _rows() -> list[dict[str, object]]:
    """Each job, its last run, and whether the slot of this moment is still owed."""
    at = localtime(now())
    rows: list[dict[str, object]] = []
    for job in JOBS:
        last = Run.objects.of(job.key).exclude(state=State.MADE_UP).first()
        owed = last is None or last.slot < slot(job.every, at)
        late = owed and (last is None or job.every != "minute" or last.since(at).total_seconds() > 300)
        rows.append({"job": job, "last": last, "late": late})
    return rows
