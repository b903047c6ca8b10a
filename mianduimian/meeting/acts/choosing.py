"""选议题: a person confirms a proposal for the agenda, or part of it; how it was drawn stays on record."""

from collections.abc import Sequence
from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.agenda import put_on_agenda
from mianduimian.meeting.models import Item, Meeting, candidates
from mianduimian.meeting.representing import choose as proposed
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


@act
def choose(meeting: Meeting, appeals: Sequence[Appeal], *, places: int, seed: str, by: Person, on: date) -> list[Item]:
    """Put appeals on the agenda that a proposal named, or some of them; seed, proposal and what was taken stand side by side."""
    if not appeals:
        raise Refused(_("请至少选一件诉求。"))
    there = set(Item.objects.filter(meeting=meeting).values_list("appeal", flat=True))
    known = candidates(meeting.round)
    heard = frozenset[str]().union(*(one.citizens for one in known if one.appeal in there))
    drawn = proposed([one for one in known if one.appeal not in there], places, seed, heard)
    items = put_on_agenda(meeting, appeals, by=by, on=on)
    numbers = dict(Appeal.objects.filter(round=meeting.round).values_list("pk", "number"))
    now = {
        "seed": seed,
        "places": places,
        "proposed": [numbers[one.candidate.appeal] for one in drawn.chosen],
        "taken": [appeal.number for appeal in appeals],
    }
    record("meeting.choose", meeting, by=by, on=on, now=now)
    return items
