"""A year on a moving clock: rounds and matters lived through the acts, all jobs run every morning by processes that are
killed at random and started again; then every reminder, draft, deadline and light is compared with a slow calculation.
"""

import argparse
import os
import signal
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bench.loading import furnish, run

BEGINS = date(2025, 1, 2)
HERE = ZoneInfo("Asia/Shanghai")


def morning(jobs, day: date, dice: Random, kills: float, took: float) -> tuple[int, float]:
    """Run the jobs of a day in a process of its own, kill it at random, start it again until it ends by itself."""
    from django.db import connections

    from mianduimian.clock import acts

    killed, at = 0, datetime.combine(day, datetime.min.time(), HERE) + timedelta(hours=1)
    while True:
        connections.close_all()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                acts.run(jobs, at)
                code = 0
            finally:
                os._exit(code)
        begun = time.perf_counter()
        deadline = dice.uniform(0, took * 1.2) if dice.random() < kills else None
        status = _wait(child, begun, deadline)
        if status is not None:
            if os.waitstatus_to_exitcode(status):
                raise SystemExit(f"{day}: the jobs fell over")
            return killed, time.perf_counter() - begun
        killed += 1


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


def live(rounds: int, matters: int, days: int, seed: int, kills: float):
    """The year itself; returns the diary, the mornings on which the jobs ran, how often they were killed, and light samples."""
    from bench.year.diary import Diary
    from bench.year.world import City, open_round
    from mianduimian.desks.jobs import JOBS

    dice = Random(seed)
    city = City(BEGINS)
    diary, ran, killed, took, seen, circulars, heads = Diary(city, dice), [], 0, 0.5, {}, [], []
    jobs = [job for job in JOBS if job.key != "verify"]
    every = max(days // (rounds + 1), 1)
    for n in range(days):
        day = BEGINS + timedelta(n)
        if n % every == 0 and len(heads) < rounds:
            head, lives = open_round(city, len(heads), day, matters // rounds, dice)
            heads.append((head, day))
            diary.begin(lives, day)
        if dice.random() > 0.03:  # now and then the machine is off all day
            more, took = morning(jobs, day, dice, kills, took)
            ran.append(day)
            killed += more
        if n % 7 == 0:
            seen[day] = _lights(day)
        diary.live(day)
        diary.supervise(day)
        circulars += [_circulate(city, head, since, day) for head, since in heads if day == since + timedelta(50)]
    return diary, ran, killed, seen, circulars


def _lights(day: date) -> dict[int, str]:
    from mianduimian.ledger.models import Glance

    return {
        key: light
        for light in ("green", "yellow", "red")
        for key in Glance.objects.shining(light, day).values_list("pk", flat=True)
    }


def _circulate(city, head, since: date, day: date) -> tuple[int, date, set[str]]:
    from mianduimian.supervision import acts

    issued = acts.circulate(head, begins_on=since, ends_on=day, by=city.supervisor, on=day)
    return head.pk, day, {one["number"] for one in issued.figures["named"]}


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
        begun = time.perf_counter()
        lived = live(chosen.rounds, chosen.matters, chosen.days, chosen.seed, chosen.kills)
        from bench.year.checking import check

        print(f"{chosen.rounds} rounds, {chosen.matters} matters, {chosen.days} days in {time.perf_counter() - begun:.0f} s")
        wrong = check(*lived)
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
