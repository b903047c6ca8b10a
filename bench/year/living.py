"""The year itself: every morning the jobs, every day what people do, until the diary is full."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench.year.diary import Diary
from bench.year.slow import LOADED, MADE_UP
from bench.year.world import City, open_round

OFF = 0.03  # how likely the machine is off all day
type Morning = Callable[[list, date, Random], int]


@dataclass(frozen=True)
class Size:
    """How much is lived: from which day on, how many days, rounds and matters."""

    begins: date
    days: int
    rounds: int
    matters: int


@dataclass
class Lived:
    """What is looked at afterwards: the diary, the mornings that ran, the kills, the lights seen, the circulars issued."""

    diary: Diary
    ran: list[date] = field(default_factory=list)
    killed: int = 0
    lights: dict[date, dict[int, str]] = field(default_factory=dict)
    circulars: list[tuple[int, date, set[str]]] = field(default_factory=list)


def live(size: Size, dice: Random, morning: Morning, clock=None) -> Lived:
    """Live so many days; `morning` runs the jobs of a day until they end and says how often it was killed."""
    from mianduimian.desks.jobs import JOBS

    city = City(size.begins, clock)
    lived, heads = Lived(Diary(city, dice)), []
    jobs = [job for job in JOBS if job.key != "verify"]
    every = max(size.days // (size.rounds + 1), 1)
    for n in range(size.days):
        day = size.begins + timedelta(n)
        if n % every == 0 and len(heads) < size.rounds:
            head, lives = open_round(city, len(heads), day, size.matters // size.rounds, dice)
            heads.append((head, day))
            lived.diary.begin(lives, day)
        if dice.random() > OFF or n == 0:
            _run(lived, day, jobs, morning, dice)
        if n % 7 == 0:
            lived.lights[day] = _lights(day)
        if day == LOADED:
            _publish()
        lived.diary.live(day)
        lived.diary.supervise(day)
        lived.circulars += [_circulate(city, head, since, day) for head, since in heads if day == since + timedelta(50)]
    return lived


def _run(lived: Lived, day: date, jobs: list, morning: Morning, dice: Random) -> None:
    if day > LOADED and not any(earlier > LOADED for earlier in lived.ran):
        lived.diary.recount(day)
    lived.killed += morning(jobs, day, dice)
    lived.ran.append(day)


def _publish() -> None:
    """The year's notice is loaded by the operator, late."""
    from django.conf import settings

    folder = Path(settings.CALENDARS)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MADE_UP.name).write_bytes(MADE_UP.read_bytes())


def _lights(day: date) -> dict[int, str]:
    from mianduimian.ledger.models import Glance

    return {
        key: light
        for light in ("green", "yellow", "red")
        for key in Glance.objects.shining(light, day).values_list("pk", flat=True)
    }


def _circulate(city: City, head, since: date, day: date) -> tuple[int, date, set[str]]:
    from mianduimian.supervision import acts

    issued = acts.circulate(head, begins_on=since, ends_on=day, by=city.supervisor, on=day)
    return head.pk, day, {one["number"] for one in issued.figures["named"]}
