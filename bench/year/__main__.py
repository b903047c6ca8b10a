"""A year on a moving clock: rounds and matters lived through the acts, all jobs run every morning by processes that are
killed at random and started again; then every reminder, draft, deadline and light is compared with a slow calculation.
"""

import argparse
import os
import signal
import tempfile
import time
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bench.loading import furnish, run

HERE = ZoneInfo("Asia/Shanghai")
BEGINS = date(2026, 7, 1)  # half of it in a year whose notice comes late


class Killer:
    """Runs the jobs of a day in a process of its own, kills it at random, and starts it again until it ends by itself."""

    def __init__(self, kills: float) -> None:
        self.kills, self.took, self.spent, self.longest = kills, 0.5, 0.0, 0.0
        self.month, self.by_job = "", Counter()  # seconds of each job that ran to its end

    def __call__(self, jobs: list, day: date, dice: Random) -> int:
        from django.db import connections

        killed, since = 0, time.perf_counter()
        while True:
            connections.close_all()
            begun, child = time.perf_counter(), _child(jobs, day)
            deadline = dice.uniform(0, self.took * 1.2) if dice.random() < self.kills else None
            status = _wait(child, begun, deadline)
            if status is not None:
                if os.waitstatus_to_exitcode(status):
                    raise SystemExit(f"{day}: the jobs fell over")
                self.took, self.spent = time.perf_counter() - begun, self.spent + time.perf_counter() - since
                self.longest = max(self.longest, self.took)
                self._count(day)
                return killed
            killed += 1

    def _count(self, day: date) -> None:
        """What each job took that day, as the clock wrote it down; told month by month."""
        from mianduimian.clock.models import Run

        if self.month != f"{day:%Y-%m}":
            self.tell()
            self.month = f"{day:%Y-%m}"
        for one in Run.objects.filter(began_at=_morning(day)).exclude(ended_at=None):
            self.by_job[one.job] += one.took.total_seconds()

    def tell(self) -> None:
        """The seconds of each job in the month that is over, the longest first."""
        if self.by_job:
            told = ", ".join(f"{job} {seconds:.1f}" for job, seconds in self.by_job.most_common())
            print(f"{self.month}: jobs {self.by_job.total():.1f} s: {told}; so far {self.spent:.0f} s", flush=True)
        self.by_job.clear()


def _morning(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), HERE) + timedelta(hours=1)


def _child(jobs: list, day: date) -> int:
    from mianduimian.clock import acts

    child = os.fork()
    if child == 0:
        code = 1
        try:
            acts.run(jobs, _morning(day))
            code = 0
        finally:
            os._exit(code)
    return child


def _wait(child: int, begun: float, deadline: float | None) -> int | None:
    """Its status when it ended by itself; nothing when it was killed first."""
    while deadline is not None:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        if time.perf_counter() - begun > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None
        time.sleep(0.002)
    return os.waitpid(child, 0)[1]


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rounds", type=int, default=12)
    given.add_argument("--matters", type=int, default=4000)
    given.add_argument("--days", type=int, default=365)
    given.add_argument("--seed", type=int, default=881)
    given.add_argument("--kills", type=float, default=0.4, help="how likely a morning's process is killed")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="mianduimian-year-") as folder:
        furnish(Path(folder))
        run("migrate", "--verbosity", "0")
        from bench.year.checking import check
        from bench.year.living import Size, live

        begun, killer = time.perf_counter(), Killer(chosen.kills)
        size = Size(BEGINS, chosen.days, chosen.rounds, chosen.matters)
        lived = live(size, Random(chosen.seed), killer)
        took = time.perf_counter() - begun
        killer.tell()
        print(f"{chosen.rounds} rounds, {chosen.matters} matters, {chosen.days} days, {lived.killed} kills in "
              f"{took / 60:.1f} min: jobs {killer.spent:.0f} s (the longest day {killer.longest:.1f} s), "
              f"deeds {took - killer.spent:.0f} s")  # fmt: skip
        wrong = check(lived)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
