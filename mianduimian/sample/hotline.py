"""热线: what the hotline counted a month under each theme in three years; invented, with season, noise and a round's effect."""

from dataclasses import dataclass
from datetime import date
from math import cos, pi

from mianduimian.sample.bank import dice
from mianduimian.sample.schedule import months_back, schedule
from mianduimian.sample.truth import SEED

MONTHS = 36


@dataclass(frozen=True)
class Count:
    """一个月一个主题的来电件数."""

    theme: str
    month: date
    calls: int


@dataclass(frozen=True)
class Course:
    """一个主题的走势: its level, the month it peaks and by how much, its drift a year, and how far a round brings it down."""

    level: int
    peak: int
    swing: float
    drift: float
    fall: float


# The drift is what would have happened anyway; only travel had a round of its own, the others move a little with it.
COURSES = {
    "travel": Course(1180, 9, 0.10, 0.03, 0.24),
    "doctor": Course(640, 1, 0.14, -0.02, 0.04),
    "water": Course(410, 7, 0.28, -0.01, 0.02),
    "school": Course(520, 8, 0.45, 0.01, 0.05),
    "housing": Course(730, 5, 0.08, -0.03, 0.01),
    "work": Course(350, 2, 0.22, 0.02, 0.00),
}
MONTHS_TO_WORK = 5


def _age(earlier: date, later: date) -> int:
    """Whole calendar months from one to the other."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _effect(course: Course, month: date, round_on: date) -> float:
    """Nothing before the round, the whole fall some months after it."""
    age = _age(round_on, month)
    return 1 - course.fall * min(max(age, 0), MONTHS_TO_WORK) / MONTHS_TO_WORK


def expected(theme: str, month: date, today: date) -> float:
    """The course of a theme without noise; the round that worked is the one held a year ago."""
    course = COURSES[theme]
    first = months_back(today, MONTHS)
    season = 1 + course.swing * cos(2 * pi * (month.month - course.peak) / 12)
    drift = 1 + course.drift * _age(first, month) / 12
    return course.level * season * drift * _effect(course, month, schedule(today).earlier_met_on)


def months(today: date, seed: str = SEED) -> list[Count]:
    """Each of the last 36 full months, theme by theme."""
    counts = []
    for theme in COURSES:
        for back in range(MONTHS, 0, -1):
            month = months_back(today, back)
            noise = dice(seed, theme, month.isoformat()).gauss(0, 0.05)
            counts.append(Count(theme, month, round(expected(theme, month, today) * (1 + noise))))
    return counts
