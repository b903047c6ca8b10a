"""亮灯: a pure function of nodes, dates and the rulebook's light rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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


LIGHT_RULES = {"two_misses_red": two_misses_red, "miss_is_red_late_is_yellow": miss_is_red_late_is_yellow}
