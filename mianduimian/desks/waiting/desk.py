"""一张工作台: a person, the round before them and the day; every role adds its part."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mianduimian.desks.lines import accountable, lit
from mianduimian.desks.waiting.piles import Pile, fill
from mianduimian.ledger.models import Matter
from mianduimian.ledger.models.matters import MatterQuerySet
from mianduimian.ledger.rules import Light
from mianduimian.lookback.models import ANSWERED, looks, matters_for
from mianduimian.lookback.rules import Look
from mianduimian.people.models import Person
from mianduimian.people.rules import Role
from mianduimian.solicitation.models import Round


@dataclass(frozen=True)
class Tile:
    """A figure on a desk: its word and number, what it is out of, how it is counted, where it is listed."""

    word: str
    number: str | int
    unit: str = ""
    of: str = ""
    definition: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Section:
    """What one role's part of the desk shows."""

    role: Role
    tiles: list[Tile]
    piles: list[Pile]
    tables: dict[str, object]


@dataclass
class Desk:
    """A person, the round before them (where there is one) and the day; what several parts need is read once."""

    person: Person
    round: Round | None
    on: date

    @property
    def seen(self) -> MatterQuerySet:
        """The matters this person sees."""
        return Matter.objects.seen_by(self.person)

    @cached_property
    def shining(self) -> list[tuple[Matter, Light]]:
        """Every matter of the round before them, with its light."""
        return [(matter, matter.light(self.on)) for matter in lit(self.seen.of(self.round))] if self.round else []

    @cached_property
    def blamed(self) -> set[int]:
        """Matters of that round for which somebody was called to account."""
        return accountable(self.seen.of(self.round)) if self.round else set()

    @cached_property
    def looked(self) -> dict[int, tuple[Matter, Look]]:
        """How the look-back stands on every matter that has an answer."""
        found = matters_for(self.person).filter(state__in=ANSWERED)
        matters = list(found.select_related("appeal__round").order_by("pk"))
        stands = looks(matters)
        return {matter.pk: (matter, stands[matter.pk]) for matter in matters}


Part = Callable[[Desk], tuple[list[Tile], list[Pile], dict[str, object]]]


def sections(desk: Desk, parts: dict[Role, Part]) -> list[Section]:
    """The parts of all roles the person holds, in the order of the table; all their lines are read together."""
    made = [(role, *part(desk)) for role, part in parts.items() if role in desk.person.roles]
    fill([pile for _role, _tiles, piles, _tables in made for pile in piles], desk.on)
    return [Section(role, tiles, shown(piles), tables) for role, tiles, piles, tables in made]


def shown(piles: list[Pile]) -> list[Pile]:
    """Without the empty ones; the pressing first."""
    return sorted((pile for pile in piles if pile), key=lambda pile: not pile.pressing)
