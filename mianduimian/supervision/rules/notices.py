"""督办分级: which notice follows from a light, and which from a notice that was ignored; the steps are data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mianduimian.ledger.rules import Light
from mianduimian.mechanism import Rulebook
from mianduimian.vocabulary import _, say

USUAL = (_("蓝色"), _("橙色"), _("红色"))  # the words of the shipped rulebooks' steps; a city's own stand as it wrote them


@dataclass(frozen=True)
class Rung:
    """督办级别: its key and word, the light at which it begins, and the working days it leaves."""

    key: str
    word: str
    light: str
    within: int
    place: int

    @property
    def said(self) -> str:
        """Its word in the reader's language, where the catalogues know it."""
        return say(self.word)


@dataclass(frozen=True)
class Sent:
    """A notice that went out: its step, when it had to be mended, and the day of the node it was about."""

    rung: str
    due_on: date
    since: date | None


def rungs(rulebook: Rulebook) -> list[Rung]:
    """The steps of the rulebook, the mildest first."""
    return [Rung(**step, place=place) for place, step in enumerate(rulebook.notice["steps"])]


def rung_of(rulebook: Rulebook, key: str) -> Rung:
    """The step of a key; an unknown key is the mildest."""
    steps = rungs(rulebook)
    return next((rung for rung in steps if rung.key == key), steps[0])


def rung_owed(light: Light, missed: Iterable[date], sent: Iterable[Sent], on: date, rulebook: Rulebook) -> Rung | None:
    """「亮黄灯的，发出督查整改通知书」: the step that the light calls for, one higher where the last was ignored.

    Only notices about nodes that are still missed count: what was mended does not weigh on the next miss.
    """
    if light == Light.GREEN:
        return None
    steps, still = rungs(rulebook), set(missed)
    floor = max((rung.place for rung in steps if rung.light == light), default=0)
    counted = [one for one in sent if one.since in still]
    if not counted:
        return steps[floor]
    last = counted[-1]
    reached = rung_of(rulebook, last.rung).place
    if floor > reached:
        return steps[floor]
    return steps[reached + 1] if on > last.due_on and reached + 1 < len(steps) else None
