"""答复: how a person answers a group the machine proposed, and the groups that a person sets in its place."""

from collections.abc import Iterable, Sequence
from datetime import date

from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.triage.acts.step import Step
from mianduimian.triage.models import Decision, Part, Proposal
from mianduimian.triage.rules import Answer, Bucket
from mianduimian.vocabulary import _


def opened(proposal: Proposal, verb: str, *, by: Person, on: date) -> tuple[Step, Proposal]:
    """A step about this group, as long as nobody has answered it."""
    step = Step(verb, proposal.round_id, by=by, on=on)
    current = Proposal.objects.select_related("answered_by", "appeal").filter(pk=proposal.pk).first()
    if current is None:
        raise Overtaken(_("机器已重新梳理，这条建议已被新的建议替换，请看新的建议。"))
    current.must_wait()
    return step, current


def members(proposal: Proposal, parts: Iterable[Part]) -> list[Part]:
    """The parts a person chose of a group; others and none are refused."""
    chosen = list(parts)
    known = set(proposal.parts.values_list("pk", flat=True))
    if not chosen or not known.issuperset(part.pk for part in chosen):
        raise Refused(_("请从这条建议的来件中选择，至少选一宗。"))
    return chosen


def newcomers(found: Iterable[Part], here: Sequence[Part]) -> list[Part]:
    """The found parts that come to a group from elsewhere; one that is decided already is refused."""
    new = [part for part in found if part not in here]
    if any(part.bucket != Bucket.UNDECIDED for part in new):
        raise Refused(_("只有待梳理的来件能并进这一组；已归入诉求的，请把这一组归入那件诉求。"))
    return new


def left_by(new: Sequence[Part], proposal: Proposal) -> dict[Proposal, list[list[Part]]]:
    """The open groups that these parts leave, each with who stays there."""
    others = Proposal.objects.filter(parts__in=new, answer="").exclude(pk=proposal.pk).distinct()
    stay = {other: [part for part in other.parts.undecided().order_by("pk") if part not in new] for other in others}
    return {other: [rest] if rest else [] for other, rest in stay.items()}


def answer(proposals: Iterable[Proposal], how: Answer, decision: Decision, *, by: Person, on: date) -> None:
    """Write down how groups were answered, and by which step."""
    keys = [proposal.pk for proposal in proposals]
    Proposal.objects.filter(pk__in=keys).update(answer=how, answered_by=by, answered_on=on, decision=decision)


def beside(proposal: Proposal) -> dict[str, object]:
    """What the machine proposed, as the journal keeps it beside the person's decision."""
    parts = list(proposal.parts.order_by("pk").values_list("pk", flat=True))
    said = {"parts": parts, "sure": proposal.sure, "category": proposal.category, "appeal": proposal.appeal_id}
    return said | ({"born_of": proposal.born_of_id} if proposal.born_of_id else {})


def regroup(source: Proposal, groups: Sequence[Sequence[Part]], decision: Decision, why: str) -> list[Proposal]:
    """Set new groups in the place of one; that with the old representative keeps what the machine said of it."""
    made = Proposal.objects.bulk_create(_newborn(source, group, decision, why) for group in groups)
    link = Proposal.parts.through
    pairs = zip(made, groups, strict=True)
    link.objects.bulk_create(link(proposal_id=one.pk, part_id=part.pk) for one, group in pairs for part in group)
    return made


def _newborn(source: Proposal, group: Sequence[Part], decision: Decision, why: str) -> Proposal:
    keys = {part.pk for part in group}
    stays = source.representative_id in keys
    return Proposal(
        round_id=source.round_id,
        representative_id=source.representative_id if stays else group[0].pk,
        sure=source.sure,
        why=source.why if stays else why[:200],
        reasons={key: said for key, said in source.reasons.items() if int(key) in keys},
        wording=source.wording if stays else "",
        category=source.category if stays else group[0].category,
        appeal_id=source.appeal_id if stays else None,
        made_on=decision.on,
        born_of=decision,
    )
