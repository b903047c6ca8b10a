"""The independent calculation: working days counted day by day, lights, reminders and steps from the diary alone.

Nothing of the house is imported here but the numbers that are written in its rulebook, read anew from the file.
Whatever depends on a year's notice is told the evening up to which it is known: 2027's comes late, on LOADED.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1] / "mianduimian"
ONE = timedelta(days=1)
RULES = tomllib.loads((ROOT / "mechanism" / "heyuan-2.0.toml").read_text("utf-8"))
STEPS = RULES["notice"]["steps"]["value"]
SOON = RULES["reply"]["due_soon"]["value"]
SOON_REPORT = RULES["instruction"]["due_soon"]["value"]
SILENCE = RULES["reminder"]["silence"]["value"]
MADE_UP = HERE / "2027.toml"
LOADED = date(2027, 1, 4)
DOUBTED = date(2026, 12, 25)  # from here on a day is only estimated until LOADED: a notice may reach back so far

type Days = list[tuple[date, date]]  # since the evening of which day it was due on which


def number(section: str, name: str) -> int:
    return RULES[section][name]["value"]


def _days() -> tuple[set[date], set[date]]:
    off, work = set(), set()
    for path in [*(ROOT / "workdays" / "years").glob("*.toml"), MADE_UP]:
        for holiday in tomllib.loads(path.read_text("utf-8"))["holiday"]:
            off |= set(holiday.get("off", []))
            work |= set(holiday.get("work", []))
    return off, work


OFF, WORK = _days()


def worked(day: date, known: date) -> bool:
    """Whether a day is worked, as was known in an evening."""
    if day.year >= LOADED.year and known < LOADED:
        return day.weekday() < 5
    return day in WORK or (day.weekday() < 5 and day not in OFF)


def after(start: date, n: int, known: date) -> date:
    """The n-th working day after a day, by walking there."""
    day = start
    while n:
        day += ONE
        n -= worked(day, known)
    return day


def between(a: date, b: date, known: date) -> int:
    """How many working days lie after a up to b, by walking there."""
    day, n = a, 0
    while day < b:
        day += ONE
        n += worked(day, known)
    return n


def doubtful(due: date, on: date) -> bool:
    """Whether a deadline counted in an evening is provisional."""
    return due >= DOUBTED and on < LOADED


def standing(days: Days, morning: date) -> date:
    """The deadline as it stands in a morning."""
    return [due for since, due in days if since < morning][-1]


@dataclass
class Given:
    """One assignment, as the diary has it."""

    number: str
    turn: int
    on: date
    dues: Days
    extended: bool = False
    replied: date | None = None
    ended: date | None = None

    def due(self, day: date) -> date:
        """The day by which it was due, as known in the morning of a day."""
        return standing(self.dues, day)


@dataclass
class Told:
    """One instruction of a leader."""

    key: int
    on: date
    dues: Days
    reported: date | None = None


@dataclass
class Sent:
    """One notice: its turn, its step, the node it is about, and by when it had to be mended."""

    on: date
    turn: int
    rung: str
    since: date
    number: str
    dues: Days


@dataclass
class Life:
    """One matter, as the diary has it; everything happens after the morning's jobs."""

    key: int
    solve_by: date
    milestone: date
    reached: date | None = None
    given: list[Given] = field(default_factory=list)
    settled: list[tuple[date, int]] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    decided: list[tuple[date, tuple[int, str, date]]] = field(default_factory=list)  # drafts issued or dropped, and when
    told: list[Told] = field(default_factory=list)
    steps: list[tuple[date, str]] = field(default_factory=list)  # of what its citizen is told, and since when

    def held(self, day: date) -> Given | None:
        """The assignment in force in the morning of a day."""
        return next((one for one in self.given if one.on < day and (one.ended is None or one.ended >= day)), None)

    def settled_on(self, day: date) -> date | None:
        turn = self.held(day).turn if self.held(day) else 0
        return next((on for on, of in self.settled if on < day and of == turn), None)

    def nodes(self, day: date) -> list[tuple[date, date | None]]:
        """Due and done of each node, as known in the morning of a day."""
        held, settled = self.held(day), self.settled_on(day)
        if held is None:
            return []
        replied = held.replied if held.replied and held.replied < day else None
        reached = self.reached if self.reached and self.reached < day else settled
        return [(held.due(day), replied), (self.milestone, reached), (self.solve_by, settled)]

    def missed(self, day: date) -> list[date]:
        return sorted(due for due, done in self.nodes(day) if done is None and day > due)

    def light(self, day: date) -> str:
        judged = sorted((node for node in self.nodes(day) if node[1] or day > node[0]), key=lambda node: node[0])
        red = yellow = False
        for n, (due, done) in enumerate(judged):
            if done is None and day > due:
                yellow = True
                before = judged[n - 1] if n else None
                red = red or bool(before and (before[1] or day) > before[0])
        return "red" if red else "yellow" if yellow else "green"

    def open(self, day: date) -> bool:
        """Given to somebody and not settled."""
        return self.held(day) is not None and self.settled_on(day) is None

    def recount(self, morning: date) -> None:
        """The first morning after the year was loaded: whatever is provisional and still owed is counted anew."""
        for given in self.given:
            if given.ended is None and not given.extended and doubtful(given.dues[-1][1], given.on):
                given.dues.append((morning - ONE, after(given.on, number("reply", "within"), morning)))
        for told in self.told:
            if told.reported is None and doubtful(told.dues[-1][1], told.on):
                told.dues.append((morning - ONE, after(told.on, number("instruction", "within"), morning)))
        for sent in self.sent:
            if doubtful(sent.dues[-1][1], sent.on):
                sent.dues.append((morning - ONE, after(sent.on, within(sent.rung), morning)))


def within(rung: str) -> int:
    """How many working days a step of notice leaves."""
    return next(step["within"] for step in STEPS if step["key"] == rung)
