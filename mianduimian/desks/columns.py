"""台账的栏: a ledger line with the columns officials expect, filled in by everything that came later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as say

from mianduimian.desks.visits import shares
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import Light
from mianduimian.ledger.sheets import COLUMNS, line
from mianduimian.lookback.rules import Share
from mianduimian.outcomes.models import ProblemClass
from mianduimian.people.models import Person
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
SPECIAL = {"number", "light", "state", "reply_due_on", "progress"}  # shown with a link, a shape, a mark, or a form
SHORT = 60  # signs of a long text that the page shows; the matter's own page and the sheet show all


@dataclass(frozen=True)
class Cell:
    """One cell of a line: the key and head of its column, its value, and whether it needs room."""

    key: str
    word: str
    value: Any

    @property
    def plain(self) -> bool:
        """Whether it is shown as the text it is."""
        return self.key not in SPECIAL

    @property
    def room(self) -> str:
        """The word of the look by which the column gets its width."""
        return "wide" if self.key in WIDE else "nowrap"

    @property
    def text(self) -> str:
        """The value for the page, a long one cut."""
        words = "" if self.value is None else str(self.value)
        return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


@dataclass(frozen=True)
class Row:
    """台账行: one matter, its light, the value and word of every column, and whether this person may write its progress."""

    matter: Matter
    light: Light
    values: dict[str, Any]
    words: dict[str, str]
    fills: bool = False
    whole: bool = False

    @property
    def shown(self) -> list[Cell]:
        """The columns in order, for the page: all of them, or those one looks at first."""
        return [Cell(key, word, self.values[key]) for key, word in self.words.items() if self.whole or key in MAIN]


def heads(whole: bool) -> list[tuple[str, list[str]]]:
    """The groups in order, each with the heads of its columns: of all of them, or of those one looks at first."""
    words = {column.key: say(column.head) for column in COLUMNS if whole or column.key in MAIN}
    groups = [(say(group), [words[key] for key in keys if key in words]) for group, keys in GROUPS]
    return [(group, found) for group, found in groups if found]


def rows(keys: list[int], on: date, person: Person | None = None, *, whole: bool = False) -> list[Row]:
    """The ledger lines of these matters in this order, in a fixed number of queries."""
    known = {matter.pk: matter for matter in Matter.objects.filter(pk__in=keys).lines()}
    matters = [known[key] for key in keys if key in known]
    asked, roots, words = shares(matters), _roots(matters), {one.key: say(one.head) for one in COLUMNS}
    return [
        Row(
            matter=matter,
            light=matter.light(on),
            values=line(matter, on) | {"visits": _visits(asked[matter.pk]), "root": roots.get(matter.appeal_id, "")},
            words=words,
            fills=person is not None and matter.may("progress", person),
            whole=whole,
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
