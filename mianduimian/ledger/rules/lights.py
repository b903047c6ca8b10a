"""亮灯: a pure function of nodes, dates and the rulebook's light rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from mianduimian.mechanism import Rulebook
from mianduimian.vocabulary import Term, _


class Light(Term):
    """亮灯: computed from nodes and dates, never typed."""

    GREEN = "green", _("正常")
    YELLOW = "yellow", _("逾期")
    RED = "red", _("连续逾期")


@dataclass(frozen=True)
class Node:
    """节点: when it was due, and when it was done, if it was."""

    due_on: date
    done_on: date | None = None

    def late(self, on: date) -> bool:
        """Missed, or made good after its day."""
        return (self.done_on or on) > self.due_on

    def missed(self, on: date) -> bool:
        """Past its day and still not done."""
        return self.done_on is None and on > self.due_on


def nodes(
    reply: Node | None, steps: Iterable[tuple[date, date | None]], solve_by: date | None, settled_on: date | None
) -> list[Node]:
    """By what a matter is judged: its written reply, its milestones, the day of solution; settling does what is left."""
    milestones = [Node(due_on, done_on or settled_on) for due_on, done_on in steps]
    return ([reply] if reply else []) + milestones + ([Node(solve_by, settled_on)] if solve_by else [])


def light(nodes: Iterable[Node], on: date, rulebook: Rulebook) -> Light:
    """亮灯 on a day, judged by the nodes that are done or due by then (河府〔2020〕45号)."""
    judged = sorted((node for node in nodes if node.done_on or on > node.due_on), key=lambda node: node.due_on)
    return LIGHT_RULES[rulebook.lights["rule"]](judged, on) if judged else Light.GREEN


def two_misses_red(nodes: list[Node], on: date) -> Light:
    """All done = green, one past its day and not done = yellow, and the one before it late too = red."""
    if not any(node.missed(on) for node in nodes):
        return Light.GREEN
    in_a_row = any(earlier.late(on) and node.missed(on) for earlier, node in pairwise(nodes))
    return Light.RED if in_a_row else Light.YELLOW


def miss_is_red_late_is_yellow(nodes: list[Node], on: date) -> Light:
    """Missed = red; made good late = yellow, and never green again (瓯海)."""
    if any(node.missed(on) for node in nodes):
        return Light.RED
    return Light.YELLOW if any(node.late(on) for node in nodes) else Light.GREEN


@dataclass(frozen=True)
class Turning:
    """转灯: the days from which a light is yellow or worse, and red, as long as nothing more is done; None: never."""

    yellow_from: date | None = None
    red_from: date | None = None

    def light(self, on: date) -> Light:
        """The light on a day."""
        if self.red_from and on >= self.red_from:
            return Light.RED
        return Light.YELLOW if self.yellow_from and on >= self.yellow_from else Light.GREEN


def turning(nodes: Iterable[Node], rulebook: Rulebook) -> Turning:
    """When a light turns by itself. It turns only on the day after a node was due, and never back: what is missed stays
    missed until it is done, and that is another set of facts."""
    known = list(nodes)
    days = [date.min, *sorted({node.due_on + timedelta(1) for node in known})]
    shines = [(day, light(known, day, rulebook)) for day in days] if known else []
    not_green = next((day for day, shine in shines if shine != Light.GREEN), None)
    return Turning(not_green, next((day for day, shine in shines if shine == Light.RED), None))


LIGHT_RULES = {"two_misses_red": two_misses_red, "miss_is_red_late_is_yellow": miss_is_red_late_is_yellow}
