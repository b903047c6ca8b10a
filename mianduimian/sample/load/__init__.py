"""载入: the sample round is lived from the beginning to today, by its people, through the acts of every room."""

from collections.abc import Iterator
from datetime import date

from mianduimian.sample.load import calling, counting, hall, planning, running, smaller, sorting, watching
from mianduimian.sample.load.cast import accounts, hire
from mianduimian.sample.load.diary import Diary
from mianduimian.sample.load.scene import Scene
from mianduimian.sample.schedule import months_back, schedule
from mianduimian.sample.truth import appeals

__all__ = ["accounts", "load"]

PER_CENT = 100
ROOMS = (counting, smaller, running, calling, sorting, hall, planning, watching)


def load(today: date) -> Iterator[int]:
    """Load the sample as it stands on this day; yields a hundred times, once for every per cent that is done."""
    days = schedule(today)
    begins = months_back(days.earlier_met_on, 2)
    scene = Scene(days, hire(begins), Diary(begins, today), {truth.key: truth for truth in appeals(today)})
    for room in ROOMS:
        room.begin(scene)
    told = 0
    for done in scene.diary.live():
        while told < done:
            told += 1
            yield told
