"""一叠待办: up to ten lines, how many there are in all, and where all of them stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, F, OuterRef, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.ledger.models import IN_HAND, Assignment, Matter
from mianduimian.ledger.models.matters import MatterQuerySet
from mianduimian.ledger.rules import Light, State
from mianduimian.workdays import calendar

SHOWN = 10


@dataclass(frozen=True)
class Line:
    """One thing that waits: what, where it is done, its note, its day with how long is left, its light and state."""

    words: str
    url: str
    note: str = ""
    due: date | None = None
    left: str = ""
    provisional: bool = False
    light: str = ""
    state: str = ""
    state_word: str = ""


@dataclass
class Pile:
    """One part of a desk: its word, why it waits, its lines, how many there are, where all are listed."""

    word: str
    why: str
    lines: list[Line] = field(default_factory=list)
    total: int = 0
    url: str = ""
    pressing: bool = False
    keys: list[int] = field(default_factory=list)
    to: str = ""

    def __bool__(self) -> bool:
        return self.total > 0


def left(due: date, on: date) -> str:
    """How many working days are left, or how many it is late."""
    days = calendar(settings.CALENDARS).between(on, due)
    if on > due:
        return _("已逾期 %(n)s 个工作日") % {"n": max(-days, 1)}
    return _("今天到期") if on == due else _("还有 %(n)s 个工作日") % {"n": days}


def of_matters(
    word: str, why: str, found: MatterQuerySet, url: str, *, to: str = "ledger:matter", pressing: bool = False
) -> Pile:
    """A pile of matters, the nearest deadline first; its lines are read later, together with those of all piles."""
    due = Assignment.objects.current().filter(matter=OuterRef("pk")).order_by().values("reply_due_on")[:1]
    presses = Case(When(state__in=IN_HAND, then=Subquery(due)), default=F("solve_by"))
    order = found.annotate(presses=presses).order_by(F("presses").asc(nulls_last=True), "pk")
    keys = list(order.values_list("pk", flat=True))
    return Pile(word, why, total=len(keys), url=url, pressing=pressing, keys=keys[:SHOWN], to=to)


def of_keys(word: str, why: str, keys: Sequence[int], url: str, *, to: str = "ledger:matter", pressing: bool = False) -> Pile:
    """A pile of matters already found, in this order."""
    return Pile(word, why, total=len(keys), url=url, pressing=pressing, keys=list(keys[:SHOWN]), to=to)


def of_lines(word: str, why: str, lines: Iterable[Line], url: str = "", *, pressing: bool = False) -> Pile:
    """A pile of other things."""
    known = list(lines)
    return Pile(word, why, known[:SHOWN], len(known), url, pressing)


def fill(piles: list[Pile], on: date) -> None:
    """Read the lines of all piles of matters at once."""
    keys = {key for pile in piles for key in pile.keys}
    matters = {matter.pk: matter for matter in Matter.objects.filter(pk__in=keys).lines()} if keys else {}
    for pile in piles:
        pile.lines += [_line(matters[key], pile.to, on) for key in pile.keys]


def _line(matter: Matter, to: str, on: date) -> Line:
    given = matter.assignment
    light = matter.light(on)
    return Line(
        words=f"{matter.number} {matter.appeal.title}",
        url=reverse(to, args=[matter.pk]),
        note=" · ".join(_notes(matter)),
        light="" if light == Light.GREEN else light.value,
        state=matter.state,
        state_word=matter.state_word,
        **_day(matter, given, on),
    )


def _notes(matter: Matter) -> list[str]:
    notes = [matter.assignment.lead.short] if matter.assignment else []
    notes.append(_("%(n)s 宗来件") % {"n": matter.voices})
    return [*notes, _("第%(turn)s轮") % {"turn": matter.turn}] if matter.turn > 1 else notes


def _day(matter: Matter, given: Assignment | None, on: date) -> dict[str, Any]:
    """The day that presses: the written reply while it is owed, then the day by which it is to be solved."""
    if given and matter.state in IN_HAND:
        return {"due": given.reply_due_on, "left": left(given.reply_due_on, on), "provisional": given.provisional}
    if matter.solve_by and matter.state in (State.REPLIED, State.STAGED):
        return {"due": matter.solve_by, "left": left(matter.solve_by, on)}
    return {}
