"""灯的日子: for many matters at once, and without reading them whole, the days on which their lights turn."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from mianduimian.ledger.models.answers import Passed, reached
from mianduimian.ledger.models.assignments import Assignment
from mianduimian.ledger.models.endings import Settlement
from mianduimian.ledger.models.matters import Matter, MatterQuerySet
from mianduimian.ledger.rules import Light, Node, Turning, light, nodes, turning
from mianduimian.mechanism import Rulebook, rulebook
from mianduimian.taskforce.models import Measure, Milestone

PASSED = ("matter", "milestone", "milestone__text", "on")
FACTS = ("pk", "appeal", "turn", "solve_by", "appeal__round__rulebook")


@dataclass(frozen=True)
class Lamp:
    """灯下: just what the light of a matter is judged by: its turn, its nodes, its round's rulebook."""

    matter: int
    turn: int
    nodes: list[Node]
    book: str

    @property
    def rules(self) -> Rulebook:
        """The rulebook of its round."""
        return rulebook(self.book)

    def light(self, on: date) -> Light:
        """Its light on a day."""
        return light(self.nodes, on, self.rules)

    def missed(self, on: date) -> list[date]:
        """The days of what is past and not done, the earliest first."""
        return sorted(node.due_on for node in self.nodes if node.missed(on))


def lamps(keys: list[int]) -> dict[int, Lamp]:
    """Matter → what its light is judged by, of these matters."""
    return {lamp.matter: lamp for lamp in _lamps({"in": keys})}


def turnings(first: int, last: int, key: str = "", dues: Mapping[int, date] = MappingProxyType({})) -> dict[int, Turning]:
    """Matter → when its light turns, of the matters from one key to another, by their round's rulebook or by another one.

    `dues`: by when the replies of some matters would be due instead.
    """
    span = {"gte": first, "lte": last}
    return {lamp.matter: turning(lamp.nodes, rulebook(key or lamp.book)) for lamp in _lamps(span, dues)}


def _lamps(which: dict[str, Any], dues: Mapping[int, date] = MappingProxyType({})) -> Iterator[Lamp]:
    span = {f"matter__{how}": key for how, key in which.items()}
    asked = Matter.objects.filter(**{f"pk__{how}": key for how, key in which.items()}).order_by()
    held = Assignment.objects.current().filter(**span)
    replies = {pk: Node(dues.get(pk, due_on), on) for pk, due_on, on in held.values_list("matter", "reply_due_on", "replied_on")}
    settlements = Settlement.objects.filter(**span).order_by()
    settled = {(pk, turn): on for pk, turn, on in settlements.values_list("matter", "turn", "on")}
    steps, passed = _steps(asked), _gathered(Passed.objects.filter(**span).values_list(*PASSED))
    for pk, appeal, turn, solve_by, book in asked.values_list(*FACTS):
        mine = steps.get(appeal, [])
        days = reached([(one, text) for one, text, _due_on in mine], passed.get(pk, []))
        due = [(due_on, day) for (_one, _text, due_on), day in zip(mine, days, strict=True)]
        yield Lamp(pk, turn, nodes(replies.get(pk), due, solve_by, settled.get((pk, turn))), book)


def _steps(asked: MatterQuerySet) -> dict[int, list[tuple[int, str, date]]]:
    """Appeal → its milestones in force."""
    measures = Measure.objects.in_force().filter(appeal__in=asked.values("appeal")).order_by()
    rows = Milestone.objects.filter(measure__in=measures.values("pk")).values_list("measure__appeal", "pk", "text", "due_on")
    return _gathered(rows)


def _gathered(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[int, str, date]]]:
    found: dict[int, list[tuple[int, str, date]]] = defaultdict(list)
    for owner, *rest in rows:
        found[owner].append(tuple(rest))  # type: ignore[arg-type]
    return found
