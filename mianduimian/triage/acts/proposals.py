"""机器建议: what the machine proposes beside the person's decision; confirmed, corrected or rejected by a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched

from django.db.models import Case, FloatField, Value, When

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage import machine
from mianduimian.triage.acts.answering import answer, beside, left_by, members, newcomers, opened, regroup
from mianduimian.triage.acts.step import Step, must_stand
from mianduimian.triage.models import Appeal, Part, Proposal
from mianduimian.triage.rules import Answer, Bucket, Place, Verb, Wording
from mianduimian.vocabulary import _

REST = "采纳时由{who}留下"
APART = "由{who}拆开"


@dataclass(frozen=True)
class Accepted:
    """What became of many groups: the appeals, and each group that was left with the reason."""

    appeals: list[Appeal]
    left: list[tuple[Proposal, str]]


@act
def propose(round: Round, *, findings: machine.Findings | None = None, by: Person, on: date) -> list[Proposal]:
    """Put the machine's findings before a person: unanswered proposals are replaced, answers and a person's own groups stay."""
    findings = findings or machine.read(round)
    step = Step("propose", round.pk, by=by, on=on)
    keep_classes(findings.classes)
    Proposal.objects.filter(round=step.round, answer="", born_of=None, voiced=False).delete()
    wanted = _wanted(step.round, findings.suggestions)
    proposals = Proposal.objects.bulk_create(
        Proposal(
            round=step.round,
            representative_id=one.representative,
            sure=one.sure,
            why=one.why,
            reasons={str(key): said for key, said in one.reasons.items()},
            wording=one.wording,
            category=one.category,
            appeal_id=one.appeal,
            made_on=on,
        )
        for one in wanted
    )
    pairs = zip(proposals, wanted, strict=True)
    link = Proposal.parts.through
    link.objects.bulk_create((link(proposal_id=made.pk, part_id=pk) for made, one in pairs for pk in one.parts), batch_size=1000)
    record("triage.propose", step.round, by=by, on=on, now={"texts": findings.texts, "proposals": len(proposals)})
    return proposals


@act
def confirm(
    proposal: Proposal,
    wording: Wording | None = None,
    *,
    parts: Iterable[Part] | None = None,
    also: Iterable[Part] = (),
    into: Appeal | None = None,
    by: Person,
    on: date,
) -> Appeal:
    """Make the group, or those the person kept, with those found beside it one appeal, or add them to one; the rest waits."""
    step, proposal = opened(proposal, Verb.CONFIRM, by=by, on=on)
    own = list(proposal.parts.undecided() if parts is None else members(proposal, parts))
    step.take([*own, *also])
    new = newcomers(step.parts, list(proposal.parts.all()))
    left = left_by(new, proposal) if new else {}
    if wording:
        appeal = step.appeal(wording)
    elif into or proposal.appeal:
        appeal = _standing(step, into.pk if into else proposal.appeal_id)
    else:
        raise Refused(_("请写出这件诉求的标题和表述。"))
    decision = step.move(Place(Bucket.DISTILLED.value, appeal=appeal.pk), note=str(appeal)[:200])
    rest = list(proposal.parts.undecided().order_by("pk"))
    for source, groups in {proposal: [[part] for part in rest], **left}.items():
        regroup(source, groups, decision, REST.format(who=by.name))
    as_said = not rest and not new and (into is None or into == proposal.appeal)
    answer([proposal], Answer.CONFIRMED if as_said else Answer.CORRECTED, decision, by=by, on=on)
    answer(left, Answer.CORRECTED, decision, by=by, on=on)
    step.record(appeal, now={"title": appeal.title, "category": appeal.category, "machine": beside(proposal)})
    return appeal


@act
def reject(proposal: Proposal, *, by: Person, on: date) -> Proposal:
    """Say that these parts do not belong together; each waits by itself for another decision."""
    step, proposal = opened(proposal, Verb.REJECT, by=by, on=on)
    step.parts = list(proposal.parts.undecided().order_by("pk"))
    decision = step.decide()
    regroup(proposal, [[part] for part in step.parts if len(step.parts) > 1], decision, APART.format(who=by.name))
    answer([proposal], Answer.REJECTED, decision, by=by, on=on)
    step.record(step.round, now={"machine": beside(proposal)})
    proposal.refresh_from_db()
    return proposal


@act
def accept_many(proposals: Iterable[Proposal], *, by: Person, on: date) -> Accepted:
    """Accept many groups in the words proposed; each is a decision and a line of its own, and who was overtaken is left."""
    by.must("triage.decide")
    done = Accepted([], [])
    for proposal in proposals:
        try:
            done.appeals.append(confirm(proposal, _proposed(proposal), by=by, on=on))
        except Refused as refused:
            done.left.append((proposal, str(refused)))
    return done


def keep_classes(classes: dict[int, tuple[str, float]]) -> None:
    """Write the classes read into the rows, many rows a statement; what a person said of one stays."""
    for some in batched(classes.items(), 200):
        Part.objects.filter(pk__in=[pk for pk, _read in some], labelled_by=None).update(
            category=Case(*(When(pk=pk, then=Value(key)) for pk, (key, _sure) in some)),
            confidence=Case(*(When(pk=pk, then=Value(sure)) for pk, (_key, sure) in some), output_field=FloatField()),
        )


def _proposed(proposal: Proposal) -> Wording | None:
    """The words a group is accepted in as it is proposed: none where it joins an appeal that has its own."""
    if proposal.appeal_id:
        return None
    parts = list(proposal.parts.undecided().select_related("submission").order_by("pk"))
    if not parts:
        raise Refused(_("这一组的来件都已另行办理。"))
    words = machine.worded(proposal, parts)
    if not words.category:
        raise Refused(_("类别存疑，请逐组看。"))
    return words


def _standing(step: Step, appeal: int | None) -> Appeal:
    found = Appeal.objects.of(step.round).filter(pk=appeal or 0).first()
    if found is None:
        raise Refused(_("这件诉求不在本期。"))
    must_stand(found)
    return found


def _wanted(round: Round, suggestions: Sequence[machine.Suggestion]) -> list[machine.Suggestion]:
    """What is worth proposing: of parts nobody has decided or grouped meanwhile, and not together where a person said no."""
    free = set(Part.objects.of(round).undecided().values_list("pk", flat=True))
    own = Proposal.objects.filter(round=round).open().kept()
    free -= set(Proposal.parts.through.objects.filter(proposal__in=own).values_list("part", flat=True))
    answered = _answered_sets(round)
    left = [kept for one in suggestions if (kept := _of(one, free))]
    return [each for one in left for each in (_apart(one) if frozenset(one.parts) in answered else [one])]


def _apart(one: machine.Suggestion) -> list[machine.Suggestion]:
    return [replace(one, parts=(pk,), representative=pk, appeal=None, wording="") for pk in one.parts]


def _of(one: machine.Suggestion, free: set[int]) -> machine.Suggestion | None:
    parts = tuple(pk for pk in one.parts if pk in free)
    if not parts or parts == one.parts:
        return one if parts else None
    representative = one.representative if one.representative in parts else parts[0]
    return replace(one, parts=parts, representative=representative)


def _answered_sets(round: Round) -> set[frozenset[int]]:
    """The groups of which a person has said that they do not belong together so."""
    answers = [Answer.REJECTED, Answer.CORRECTED]
    rows = Proposal.parts.through.objects.filter(proposal__round=round, proposal__answer__in=answers)
    together: dict[int, set[int]] = {}
    for proposal, part in rows.values_list("proposal", "part"):
        together.setdefault(proposal, set()).add(part)
    return {frozenset(parts) for parts in together.values() if len(parts) > 1}
