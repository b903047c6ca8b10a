"""灯的日子: for many matters at once, and without reading them whole, the days on which their lights turn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from mianduimian.ledger.models.answers import Passed, reached
from mianduimian.ledger.models.assignments import Assignment
from mianduimian.ledger.models.endings import Settlement
from mianduimian.ledger.models.matters import Matter
from mianduimian.ledger.rules import Node, Turning, nodes, turning
from mianduimian.mechanism import rulebook
from mianduimian.taskforce.models import Measure, Milestone

PASSED = ("matter", "milestone", "milestone__text", "on")
FACTS = ("pk", "appeal", "turn", "solve_by", "appeal__round__rulebook")


def turnings(first: int, last: int, key: str = "", dues: Mapping[int, date] = MappingProxyType({})) -> dict[int, Turning]:
    """Matter → when its light turns, of the matters from one key to another, by their round's rulebook or by another one.

    `dues`: by when the replies of some matters would be due instead.
    """
    span = {"matter__gte": first, "matter__lte": last}
    held = Assignment.objects.current().filter(**span)
    replies = {pk: Node(dues.get(pk, due_on), on) for pk, due_on, on in held.values_list("matter", "reply_due_on", "replied_on")}
    settlements = Settlement.objects.filter(**span).order_by()
    settled = {(pk, turn): on for pk, turn, on in settlements.values_list("matter", "turn", "on")}
    steps, passed = _steps(first, last), _gathered(Passed.objects.filter(**span).values_list(*PASSED))
    found = {}
    for pk, appeal, turn, solve_by, book in Matter.objects.filter(pk__range=(first, last)).values_list(*FACTS):
        mine = steps.get(appeal, [])
        days = reached([(one, text) for one, text, _due_on in mine], passed.get(pk, []))
        due = [(due_on, day) for (_one, _text, due_on), day in zip(mine, days, strict=True)]
        judged = nodes(replies.get(pk), due, solve_by, settled.get((pk, turn)))
        found[pk] = turning(judged, rulebook(key or book))
    return found


def _steps(first: int, last: int) -> dict[int, list[tuple[int, str, date]]]:
    """Appeal → its milestones in force."""
    appeals = Matter.objects.filter(pk__range=(first, last)).order_by().values("appeal")
    measures = Measure.objects.in_force().filter(appeal__in=appeals).order_by()
    rows = Milestone.objects.filter(measure__in=measures.values("pk")).values_list("measure__appeal", "pk", "text", "due_on")
    return _gathered(rows)


def _gathered(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[int, str, date]]]:
    found: dict[int, list[tuple[int, str, date]]] = defaultdict(list)
    for owner, *rest in rows:
        found[owner].append(tuple(rest))  # type: ignore[arg-type]
    return found
