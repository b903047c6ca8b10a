"""改组: what a person puts right in the machine's groups; nothing is decided about the parts yet, and each step can be undone."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from mianduimian.journal.acts import act
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.triage.acts.answering import answer, beside, left_by, members, newcomers, opened, regroup
from mianduimian.triage.acts.step import Step
from mianduimian.triage.models import Part, Proposal
from mianduimian.triage.rules import Answer, Verb
from mianduimian.vocabulary import _

OUT = "由{who}从一组中取出"
TOGETHER = "由{who}另分为一组"


@act
def take_out(proposal: Proposal, parts: Iterable[Part], *, by: Person, on: date) -> Proposal:
    """Take members out of a group; each waits by itself, what is left stays one group."""
    step, proposal, out, rest = _parted(proposal, Verb.TAKE_OUT, parts, by=by, on=on)
    return _put_right(step, {proposal: [rest, *([part] for part in out)]}, OUT)[0]


@act
def divide(proposal: Proposal, parts: Iterable[Part], *, by: Person, on: date) -> Proposal:
    """Make two groups of one: the chosen members are one matter, the others another."""
    step, proposal, out, rest = _parted(proposal, Verb.DIVIDE, parts, by=by, on=on)
    return _put_right(step, {proposal: [rest, out]}, TOGETHER)[0]


@act
def bring_in(proposal: Proposal, parts: Iterable[Part], *, by: Person, on: date) -> Proposal:
    """Bring undecided parts that were found elsewhere into a group; the groups they leave stay without them."""
    step, proposal = opened(proposal, Verb.BRING_IN, by=by, on=on)
    step.take(parts)
    here = list(proposal.parts.undecided().order_by("pk"))
    step.parts = new = newcomers(step.parts, here)
    if not new:
        raise Refused(_("请选择不在这一组的来件，至少选一宗。"))
    return _put_right(step, {proposal: [[*here, *new]], **left_by(new, proposal)}, TOGETHER)[0]


def _parted(
    proposal: Proposal, verb: str, parts: Iterable[Part], *, by: Person, on: date
) -> tuple[Step, Proposal, list[Part], list[Part]]:
    """A group, the members that leave it and those that stay; neither may be nobody."""
    step, proposal = opened(proposal, verb, by=by, on=on)
    step.take(members(proposal, parts))
    rest = [part for part in proposal.parts.undecided().order_by("pk") if part not in step.parts]
    if not rest:
        raise Refused(_("至少要留下一宗来件。"))
    return step, proposal, step.parts, rest


def _put_right(step: Step, groups: dict[Proposal, list[list[Part]]], why: str) -> list[Proposal]:
    """Set the new groups in the place of the old ones, as one step of this person."""
    decision = step.decide()
    made: list[Proposal] = []
    for source, several in groups.items():
        made += regroup(source, several, decision, why.format(who=step.by.name))
    answer(groups, Answer.CORRECTED, decision, by=step.by, on=step.on)
    Part.objects.filter(pk__in=[part.pk for part in step.parts]).update(version=F("version") + 1)
    instead = [[part.pk for part in group] for several in groups.values() for group in several]
    machine = [beside(source) for source in groups]
    step.record(step.round, now={"machine": machine[0], "others": machine[1:], "groups": instead})
    return made
