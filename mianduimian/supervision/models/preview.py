"""换规则预看: what today's ledger would look like under another rulebook; nothing is written."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from mianduimian.ledger.models import IN_HAND, Assignment, Extension, Glance, turnings
from mianduimian.ledger.rules import Light, Turning, reply_due
from mianduimian.mechanism import Rule, Rulebook, rulebook
from mianduimian.people.models import Person
from mianduimian.supervision.models.watching import OUT
from mianduimian.vocabulary import _, say
from mianduimian.workdays import Calendar

FACTS = ("pk", "number", "matter__appeal__title", "lead__short", "state", "reply_due_on", "yellow_from", "red_from")


@dataclass(frozen=True)
class Foreseen:
    """One open matter: its light and the day of its reply now, and under the other rulebook; no day where none is owed."""

    pk: int
    number: str
    title: str
    unit: str
    before: Light
    after: Light
    due_on: date | None
    new_due_on: date | None

    @property
    def turns(self) -> bool:
        """Whether its light changes."""
        return self.before != self.after

    @property
    def moves(self) -> bool:
        """Whether the day of its reply changes."""
        return self.due_on != self.new_due_on


@dataclass(frozen=True)
class Preview:
    """The open matters a person sees, as they would stand under another rulebook."""

    lines: list[Foreseen]

    @property
    def changed(self) -> list[Foreseen]:
        """Those whose light changes, what gets worse first; then those of which only the day changes."""
        order = list(Light)
        found = [one for one in self.lines if one.turns or one.moves]
        return sorted(found, key=lambda one: (not one.turns, -order.index(one.after), -order.index(one.before), one.pk))

    @property
    def counts(self) -> list[tuple[Light, int, int]]:
        """Each light: how many now, how many then."""
        before, after = (Counter(getattr(one, when) for one in self.lines) for when in ("before", "after"))
        return [(light, before[light], after[light]) for light in Light]


def preview(person: Person, key: str, on: date, calendar: Calendar) -> Preview:
    """Every open matter the person sees, judged by its round's rulebook and by another one, in a fixed number of queries.

    What was counted from the assignment is counted anew; an extension that was granted keeps its own day.
    """
    rows = list(Glance.objects.seen_by(person).exclude(state__in=OUT).order_by("place").values_list(*FACTS))
    if not rows:
        return Preview([])
    book, keys = rulebook(key), [row[0] for row in rows]
    days = _days(min(keys), max(keys), book, calendar)
    then = turnings(min(keys), max(keys), key, days)
    return Preview([_foreseen(row, then[row[0]], days, on) for row in rows])


def _foreseen(row: tuple, then: Turning, days: dict[int, date], on: date) -> Foreseen:
    pk, number, title, unit, state, due_on, yellow, red = row
    owed = state in IN_HAND
    dues = (due_on if owed else None, days.get(pk, due_on) if owed else None)
    return Foreseen(pk, number, title, unit or "", Turning(yellow, red).light(on), then.light(on), *dues)


def _days(first: int, last: int, book: Rulebook, calendar: Calendar) -> dict[int, date]:
    """Matter → by when its reply would be due, counted anew from the assignment in force."""
    held = Assignment.objects.current().filter(matter__gte=first, matter__lte=last)
    granted = set(Extension.objects.filter(granted=True, assignment__in=held.values("pk")).values_list("assignment", flat=True))
    return {
        matter: reply_due(given_on, book, calendar).on
        for pk, matter, given_on in held.values_list("pk", "matter", "on")
        if pk not in granted
    }


@dataclass(frozen=True)
class Difference:
    """One rule that reads differently in two rulebooks."""

    name: str
    now: Rule | None
    then: Rule

    @property
    def sentence(self) -> str:
        """What the rule is about, as it is said now."""
        return (self.now or self.then).sentence

    @property
    def before(self) -> str:
        """What it says now."""
        return _value(self.now) if self.now else "—"

    @property
    def after(self) -> str:
        """What it would say."""
        return _value(self.then)


def _value(rule: Rule) -> str:
    """A number with its unit, the steps one after the other; where the value is a key, the sentence says it."""
    if isinstance(rule.value, str):
        return rule.sentence
    if isinstance(rule.value, list) and isinstance(rule.value[0], dict):
        steps = [say(_("%(word)s%(n)s个工作日")) % {"word": say(one["word"]), "n": one["within"]} for one in rule.value]
        return say(_("、")).join(steps)
    words = say(_("、")).join(map(str, rule.value)) if isinstance(rule.value, list) else rule.value
    return f"{words} {rule.unit}"


def differing(now: Rulebook, then: Rulebook) -> list[Difference]:
    """Where two rulebooks differ, in the order of the other one's file; only values count, not wordings or sources."""
    known = {(section, name): rule for section, name, rule in now.rules()}
    pairs = [(f"{section}.{name}", known.get((section, name)), rule) for section, name, rule in then.rules()]
    return [Difference(name, before, rule) for name, before, rule in pairs if before is None or before.value != rule.value]
