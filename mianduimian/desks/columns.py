"""台账的栏: a ledger line with the columns officials expect, filled in by everything that came later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as say

from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Duty, Light, duty
from mianduimian.ledger.sheets import COLUMNS, line
from mianduimian.lookback.models import looks
from mianduimian.lookback.rules import Share
from mianduimian.outcomes.models import ProblemClass
from mianduimian.vocabulary import _

GROUPS = (
    (_("诉求"), ("number", "round", "channels", "summary", "region", "category", "voices")),
    (_("责任"), ("first", "lead", "assists", "overseer", "leader", "responsible")),
    (_("措施与时限"), ("measures", "milestones", "solve_by", "reply_due_on")),
    (_("进展"), ("progress", "light", "state")),
    (_("结果"), ("solved", "public", "visits", "turn", "root", "closed")),
)
MAIN = {
    "number", "summary", "region", "voices", "lead", "solve_by", "reply_due_on", "light", "state", "visits", "turn",
}  # fmt: skip
WIDE = {"channels", "summary", "assists", "measures", "milestones", "progress", "public", "root"}
SHORT = 60  # signs of a long text that the page shows; the matter's own page and the sheet show all


@dataclass(frozen=True)
class Cell:
    """One cell of a line: the key and head of its column, its value, and whether it needs room."""

    key: str
    word: str
    value: Any

    @property
    def room(self) -> str:
        """The word of the look by which the column gets its width."""
        return "wide" if self.key in WIDE else "nowrap"

    @property
    def text(self) -> str:
        """The value for the page, a long one cut."""
        words = str(self.value)
        return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


@dataclass(frozen=True)
class Row:
    """台账行: one matter, its light and duty, and the value of every column."""

    matter: Matter
    light: Light
    duty: Duty
    values: dict[str, Any]

    @property
    def cells(self) -> list[Cell]:
        """Every column in order, for the page."""
        return [Cell(one.key, say(one.head), self.values[one.key]) for one in COLUMNS]

    @property
    def main(self) -> list[Cell]:
        """The columns one looks at first."""
        return [cell for cell in self.cells if cell.key in MAIN]


def heads(whole: bool) -> list[tuple[str, list[str]]]:
    """The groups in order, each with the heads of its columns: of all of them, or of those one looks at first."""
    words = {column.key: say(column.head) for column in COLUMNS if whole or column.key in MAIN}
    groups = [(say(group), [words[key] for key in keys if key in words]) for group, keys in GROUPS]
    return [(group, found) for group, found in groups if found]


def rows(keys: list[int], blamed: set[int], on: date) -> list[Row]:
    """The ledger lines of these matters, in a fixed number of queries."""
    matters = Matter.objects.filter(pk__in=keys).order_by("pk").lines()
    asked, roots = looks(matters), _roots(matters)
    return [
        Row(
            matter=matter,
            light=matter.light(on),
            duty=duty(matter.state, matter.pk in blamed),
            values=line(matter, on) | {"visits": _visits(asked[matter.pk].share), "root": roots.get(matter.appeal_id, "")},
        )
        for matter in matters
    ]


def _visits(share: Share) -> str:
    """回访 of this turn in one line; empty before anybody was to be asked."""
    words = {"asked": share.to_ask, "reached": share.reached, "good": share.satisfied, "lost": share.unreached}
    return say(_("应访%(asked)s 访到%(reached)s 满意%(good)s 未联系上%(lost)s")) % words if share.to_ask else ""


def _roots(matters: list[Matter]) -> dict[int, str]:
    appeals = [matter.appeal_id for matter in matters]
    return dict(ProblemClass.objects.filter(appeals__in=appeals).order_by("pk").values_list("appeals", "root"))
