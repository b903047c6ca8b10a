"""The independent calculation: working days counted day by day, lights, reminders and steps from the diary alone.

Nothing of the house is imported here but the numbers that are written in its rulebook, read anew from the file.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2] / "mianduimian"
ONE = timedelta(days=1)
RULES = tomllib.loads((ROOT / "mechanism" / "heyuan-2.0.toml").read_text("utf-8"))
STEPS = RULES["notice"]["steps"]["value"]
SOON = RULES["reply"]["due_soon"]["value"]
SOON_REPORT = RULES["instruction"]["due_soon"]["value"]
SILENCE = RULES["reminder"]["silence"]["value"]


def number(section: str, name: str) -> int:
    return RULES[section][name]["value"]


def _days() -> tuple[set[date], set[date]]:
    off, work = set(), set()
    for path in (ROOT / "workdays" / "years").glob("*.toml"):
        for holiday in tomllib.loads(path.read_text("utf-8"))["holiday"]:
            off |= set(holiday.get("off", []))
            work |= set(holiday.get("work", []))
    return off, work


OFF, WORK = _days()


def worked(day: date) -> bool:
    return day in WORK or (day.weekday() < 5 and day not in OFF)


def after(start: date, n: int) -> date:
    """The n-th working day after a day, by walking there."""
    day = start
    while n:
        day += ONE
        n -= worked(day)
    return day


def between(a: date, b: date) -> int:
    """How many working days lie after a up to b, by walking there."""
    day, n = a, 0
    while day < b:
        day += ONE
        n += worked(day)
    return n


@dataclass
class Given:
    """One assignment, as the diary has it."""

    number: str
    turn: int
    on: date
    dues: list[tuple[date, date]]  # since which day it was due on which
    replied: date | None = None
    ended: date | None = None

    def due(self, day: date) -> date:
        """The day by which it was due, as known in the morning of a day."""
        return [due for since, due in self.dues if since < day][-1]


@dataclass
class Life:
    """One matter, as the diary has it; everything happens after the morning's jobs."""

    key: int
    solve_by: date
    milestone: date
    reached: date | None = None
    given: list[Given] = field(default_factory=list)
    settled: list[tuple[date, int]] = field(default_factory=list)
    turns: list[date] = field(default_factory=list)
    sent: list[tuple[date, int, str, date, date]] = field(default_factory=list)  # day, turn, step, about which node, until
    decided: list[tuple[date, tuple[int, str, date]]] = field(default_factory=list)  # drafts issued or dropped, and when
    told: list[tuple[int, date, date, date | None]] = field(default_factory=list)  # instruction, day, due, reported

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


def reminders(lives: list[Life], ran: list[date]) -> list[tuple[str, str, date, date]]:
    """Which reminders of written replies must have gone out, and on which day."""
    expected = []
    for life in lives:
        told: set[tuple[str, str, date]] = set()
        for day in ran:
            held = life.held(day)
            if held is None or (held.replied and held.replied < day) or not life.open(day):
                continue
            due = held.due(day)
            stage = "overdue" if day > due else "due_soon" if between(day, due) <= SOON else ""
            if stage and (held.number, stage, due) not in told:
                told.add((held.number, stage, due))
                expected.append((held.number, stage, due, day))
    return expected


def reports(lives: list[Life], ran: list[date]) -> list[tuple[int, str, date]]:
    """Which reminders of instructions must have gone out, and on which day."""
    expected = []
    for life in lives:
        for key, on, due, reported in life.told:
            told = set()
            for day in (day for day in ran if day > on):
                if reported and reported < day:
                    break
                stage = "overdue" if day > due else "due_soon" if between(day, due) <= SOON_REPORT else ""
                if stage and stage not in told:
                    told.add(stage)
                    expected.append((key, stage, day))
    return expected


def step_owed(light: str, missed: list[date], sent: list[tuple[str, date, date]], day: date) -> str:
    """The step of notice that is owed, written out at length."""
    if light == "green" or not missed:
        return ""
    keys = [step["key"] for step in STEPS]
    begins = next((n for n, step in enumerate(STEPS) if step["light"] == light), 0)
    about = [(key, until) for key, since, until in sent if since in missed]
    if not about:
        return keys[begins]
    key, until = about[-1]
    at = keys.index(key)
    if begins > at:
        return keys[begins]
    if day > until and at + 1 < len(keys):
        return keys[at + 1]
    return ""


def drafts(lives: list[Life], ran: list[date]) -> list[tuple[int, int, str, date, date]]:
    """Which notices must have been drafted, and on which day."""
    expected = []
    for life in lives:
        known: set[tuple[int, str, date]] = set()
        waiting: tuple[int, str, date] | None = None
        for day in ran:
            if waiting and any(on < day and what == waiting for on, what in life.decided):
                waiting = None
            light, missed, held = life.light(day), life.missed(day), life.held(day)
            shines = life.open(day) and light != "green"
            if waiting and not (shines and held.turn == waiting[0] and waiting[2] in missed):
                waiting = None
            if waiting or not shines:
                continue
            sent = [(key, since, until) for on, turn, key, since, until in life.sent if on < day and turn == held.turn]
            key = step_owed(light, missed, sent, day)
            if key and (held.turn, key, missed[-1]) not in known:
                waiting = (held.turn, key, missed[-1])
                known.add(waiting)
                expected.append((life.key, *waiting, day))
    return expected


def silent(lives: list[Life], urged: dict[tuple[str, date], date], day: date) -> set[str]:
    """Which assignments a circular of a day must name."""
    named = set()
    for life in lives:
        held = life.held(day + ONE)
        if held is None or (held.replied and held.replied <= day):
            continue
        on = urged.get((held.number, held.due(day + ONE)))
        if on and between(on, day) > SILENCE:
            named.add(held.number)
    return named
