"""台账的栏: a ledger line with the columns officials expect, filled in by everything that came later."""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as say

from mianduimian.desks.visits import shares
from mianduimian.ledger.models import Assignment, Glance, Matter
from mianduimian.ledger.rules import Light, State
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
        words = "" if self.value is None else str(self.value)
        return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


@dataclass(frozen=True)
class Row:
    """台账行: one matter, its light, the value and word of every column, and whether this person may write its progress."""

    matter: Matter
    light: Light
    values: dict[str, Any]
    words: dict[str, str]
    lamp: str
    due_on: date | None = None
    provisional: bool = False
    fills: bool = False

    @property
    def pieces(self) -> list[tuple[SafeString, Cell | None]]:
        """The columns in order, for the page: what is written at once, and after it the cell that a small template shows."""
        pieces: list[tuple[SafeString, Cell | None]] = []
        written: list[str] = []
        for key, word in self.words.items():
            cell = Cell(key, word, self.values[key])
            if key == "progress" or (key == "reply_due_on" and self.provisional):
                pieces.append((_safe(written), cell))
                written = []
            else:
                written.append(self._write(cell))
        return [*pieces, (_safe(written), None)]

    def _write(self, cell: Cell) -> str:
        """A cell, written at once instead of by a small template for each of a thousand."""
        label = f'data-label="{escape(cell.word)}"'
        if cell.key == "number":
            to = reverse("ledger:matter", args=[self.matter.pk])
            return f'<th scope="row" class="nowrap"><a href="{to}">{escape(cell.text)}</a></th>'
        if cell.key == "state":
            return f'<td {label}><span data-state="{escape(self.matter.state)}">{escape(cell.text)}</span></td>'
        if cell.key == "light":
            return f"<td {label}>{self.lamp}</td>"
        text = self.due_on or "" if cell.key == "reply_due_on" else cell.text
        return f'<td {label} class="{cell.room}">{escape(str(text))}</td>'


def _safe(written: list[str]) -> SafeString:
    return mark_safe("".join(written))  # noqa: S308  every value in it was escaped where it was written


def heads(whole: bool) -> list[tuple[str, list[str]]]:
    """The groups in order, each with the heads of its columns: of all of them, or of those one looks at first."""
    words = {column.key: say(column.head) for column in COLUMNS if whole or column.key in MAIN}
    groups = [(say(group), [words[key] for key in keys if key in words]) for group, keys in GROUPS]
    return [(group, found) for group, found in groups if found]


def _lamps() -> dict[Light, str]:
    """Each light as every page shows it."""
    return {light: render_to_string("parts/_light.html", {"light": light.value, "word": light.word}) for light in Light}


def rows(keys: list[int], on: date, person: Person | None = None) -> list[Row]:
    """The whole ledger lines of these matters in this order, in a fixed number of queries."""
    known = {matter.pk: matter for matter in Matter.objects.filter(pk__in=keys).lines()}
    matters = [known[key] for key in keys if key in known]
    asked, roots, words = shares(matters), _roots(matters), {one.key: say(one.head) for one in COLUMNS}
    lights, lamps = {matter.pk: matter.light(on) for matter in matters}, _lamps()
    return [
        Row(
            matter=matter,
            light=lights[matter.pk],
            values=line(matter, on) | {"visits": _visits(asked[matter.pk]), "root": roots.get(matter.appeal_id, "")},
            words=words,
            lamp=lamps[lights[matter.pk]],
            due_on=matter.assignment.reply_due_on if matter.assignment else None,
            provisional=bool(matter.assignment and matter.assignment.provisional),
            fills=person is not None and matter.may("progress", person),
        )
        for matter in matters
    ]


def brief(keys: list[int], on: date) -> list[Row]:
    """The lines of these matters in this order with the columns one looks at first, from what is kept for the filter."""
    known = {one.pk: one for one in Glance.objects.filter(pk__in=keys).with_names()}
    seen = [known[key] for key in keys if key in known]
    asked, words = shares(one.matter for one in seen), {one.key: say(one.head) for one in COLUMNS if one.key in MAIN}
    unsure = set(Assignment.objects.current().filter(matter__in=keys, provisional=True).values_list("matter", flat=True))
    lamps = _lamps()
    return [
        Row(
            matter=one.matter,
            light=one.light(on),
            values=_brief(one, on) | {"visits": _visits(asked[one.pk])},
            words=words,
            lamp=lamps[one.light(on)],
            due_on=one.reply_due_on,
            provisional=one.pk in unsure,
        )
        for one in seen
    ]


def _brief(one: Glance, on: date) -> dict[str, Any]:
    return {
        "number": one.number,
        "summary": one.matter.appeal.title,
        "region": one.region.name if one.region else "",
        "voices": one.voices,
        "lead": one.lead.short if one.lead else "",
        "solve_by": one.solve_by,
        "reply_due_on": one.reply_due_on,
        "light": one.light(on).word,
        "state": State.word_of(one.state),
        "turn": one.turn,
    }


def _visits(share: Share) -> str:
    """回访 of this turn in one line; empty before anybody was to be asked."""
    words = {"asked": share.to_ask, "reached": share.reached, "good": share.satisfied, "lost": share.unreached}
    return say(_("应访%(asked)s 访到%(reached)s 满意%(good)s 未联系上%(lost)s")) % words if share.to_ask else ""


def _roots(matters: list[Matter]) -> dict[int, str]:
    appeals = [matter.appeal_id for matter in matters]
    return dict(ProblemClass.objects.filter(appeals__in=appeals).order_by("pk").values_list("appeals", "root"))
