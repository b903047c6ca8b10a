"""机器建议: what the machine proposes beside the person's decision; confirmed, corrected or rejected by a person."""

from collections.abc import Iterable
from datetime import date
from itertools import batched

from django.db.models import Case, FloatField, Value, When

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage import machine
from mianduimian.triage.acts.step import Step
from mianduimian.triage.models import Appeal, Part, Proposal, Reading
from mianduimian.triage.rules import Answer, Bucket, Place, Verb, Wording
from mianduimian.vocabulary import _


@act
def ask(round: Round, *, by: Person, on: date) -> Reading:
    """Ask the machine to read a round; who asks again while it has not answered gets the same reading."""
    step = Step("ask", round.pk, by=by, on=on)
    waiting = Reading.objects.filter(round=step.round, finished_on=None).first()
    if waiting:
        return waiting
    reading = Reading.objects.create(round=step.round, asked_by=by, asked_on=on)
    record("triage.ask", step.round, by=by, on=on, now={"reading": reading.pk})
    return reading


@act
def propose(round: Round, *, findings: machine.Findings | None = None, by: Person, on: date) -> list[Proposal]:
    """Put the machine's findings before a person: old unanswered proposals are replaced, answered ones stay."""
    findings = findings or machine.read(round)
    step = Step("propose", round.pk, by=by, on=on)
    _keep_classes(findings)
    Proposal.objects.filter(round=step.round, answer="").delete()
    undecided = set(Part.objects.of(step.round).undecided().values_list("pk", flat=True))
    rejected = _rejected(step.round)
    wanted = [one for one in findings.suggestions if undecided.issuperset(one.parts) and frozenset(one.parts) not in rejected]
    proposals = Proposal.objects.bulk_create(
        Proposal(
            round=step.round,
            representative_id=one.representative,
            sure=one.sure,
            why=one.why,
            category=one.category,
            appeal_id=one.appeal,
            made_on=on,
        )
        for one in wanted
    )
    pairs = zip(proposals, wanted, strict=True)
    link = Proposal.parts.through
    link.objects.bulk_create((link(proposal_id=made.pk, part_id=pk) for made, one in pairs for pk in one.parts), batch_size=1000)
    waiting = Reading.objects.filter(round=step.round, finished_on=None)
    waiting.update(finished_on=on, texts=len(findings.classes), proposals=len(proposals))
    record("triage.propose", step.round, by=by, on=on, now={"texts": len(findings.classes), "proposals": len(proposals)})
    return proposals


@act
def confirm(
    proposal: Proposal, wording: Wording | None = None, *, parts: Iterable[Part] | None = None, by: Person, on: date
) -> Appeal:
    """Make the proposed parts, or those of them the person kept, one appeal; or add them to the appeal they belong to."""
    step, proposal = _open(proposal, Verb.CONFIRM, by=by, on=on)
    step.take(proposal.parts.undecided() if parts is None else _members(proposal, parts))
    if wording:
        appeal = step.appeal(wording)
    elif proposal.appeal:
        appeal = proposal.appeal
    else:
        raise Refused(_("请写出这件诉求的标题和表述。"))
    decision = step.move(Place(Bucket.DISTILLED.value, appeal=appeal.pk), note=str(appeal)[:200])
    _answer(proposal, Answer.CONFIRMED, decision=decision.pk, by=by, on=on)
    step.record(appeal, now={"title": appeal.title, "category": appeal.category, "machine": _beside(proposal)})
    return appeal


@act
def reject(proposal: Proposal, *, by: Person, on: date) -> Proposal:
    """Say that these parts do not belong together; they wait for another decision."""
    step, proposal = _open(proposal, "reject", by=by, on=on)
    _answer(proposal, Answer.REJECTED, by=by, on=on)
    record("triage.reject", step.round, by=by, on=on, now={"machine": _beside(proposal)})
    proposal.refresh_from_db()
    return proposal


def _open(proposal: Proposal, verb: str, *, by: Person, on: date) -> tuple[Step, Proposal]:
    step = Step(verb, proposal.round_id, by=by, on=on)
    current = Proposal.objects.select_related("answered_by", "appeal").filter(pk=proposal.pk).first()
    if current is None:
        raise Overtaken(_("机器已重新梳理，这条建议已被新的建议替换，请看新的建议。"))
    if current.answered_by:
        raise Overtaken(
            _("这条建议已由%(who)s答复（%(answer)s），您的这一步没有执行。"),
            who=current.answered_by.name,
            answer=Answer.word_of(current.answer),
        )
    return step, current


def _members(proposal: Proposal, parts: Iterable[Part]) -> list[Part]:
    kept = list(parts)
    members = set(proposal.parts.values_list("pk", flat=True))
    if not kept or not members.issuperset(part.pk for part in kept):
        raise Refused(_("请从这条建议的来件中选择，至少选一宗。"))
    return kept


def _answer(proposal: Proposal, answer: Answer, *, decision: int | None = None, by: Person, on: date) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(answer=answer, answered_by=by, answered_on=on, decision=decision)


def _beside(proposal: Proposal) -> dict[str, object]:
    """The machine's proposal as the journal keeps it beside the person's decision."""
    parts = list(proposal.parts.values_list("pk", flat=True))
    return {"parts": parts, "sure": proposal.sure, "category": proposal.category, "appeal": proposal.appeal_id}


def _rejected(round: Round) -> set[frozenset[int]]:
    rows = Proposal.parts.through.objects.filter(proposal__round=round, proposal__answer=Answer.REJECTED)
    members: dict[int, set[int]] = {}
    for proposal, part in rows.values_list("proposal", "part"):
        members.setdefault(proposal, set()).add(part)
    return {frozenset(parts) for parts in members.values()}


def _keep_classes(findings: machine.Findings) -> None:
    """Write the classes into the rows, many rows a statement."""
    for some in batched(findings.classes.items(), 200):
        Part.objects.filter(pk__in=[pk for pk, _read in some]).update(
            category=Case(*(When(pk=pk, then=Value(key)) for pk, (key, _sure) in some)),
            confidence=Case(*(When(pk=pk, then=Value(sure)) for pk, (_key, sure) in some), output_field=FloatField()),
        )
