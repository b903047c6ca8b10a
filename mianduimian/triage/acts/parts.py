"""来件的去向: taking up, setting aside, putting back, cutting in parts, and undoing a decision."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef

from mianduimian.intake.models import Submission
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.acts.step import Step, put, spare_fixed
from mianduimian.triage.models import Appeal, Decision, Moved, Part, Proposal
from mianduimian.triage.rules import Bucket, Place, Reason, Verb, check_cut
from mianduimian.vocabulary import _


@act
def take_up(round: Round, *, by: Person, on: date) -> int:
    """Give every new submission of a round its first part; done again, it does nothing."""
    step = Step("take_up", round.pk, by=by, on=on)
    fresh = Submission.objects.filter(~Exists(Part.objects.filter(submission=OuterRef("pk"))), round=round)
    parts = [Part(submission_id=pk) for pk in fresh.order_by("pk").values_list("pk", flat=True)]
    if parts:
        Part.objects.bulk_create(parts, batch_size=1000)
        record("triage.take_up", step.round, by=by, on=on, now={"submissions": len(parts)})
    return len(parts)


@act
def set_aside(
    parts: Iterable[Part], *, bucket: str, reason: str = "", earlier: Appeal | str | None = None, by: Person, on: date
) -> Decision:
    """Say that parts repeat an earlier round, are invalid, belong elsewhere or were withdrawn."""
    step = Step.with_parts(Verb.SET_ASIDE, parts, by=by, on=on)
    if bucket in (Bucket.UNDECIDED, Bucket.DISTILLED):
        raise Refused(_("这里只定往期重复、无效、转其他渠道和撤回。"))
    if isinstance(earlier, Appeal) and earlier.round_id == step.round.pk:
        raise Refused(_("往期重复须指往期的诉求；与本期诉求相同的，请归入该诉求。"))
    to = Place(
        str(bucket),
        str(reason),
        earlier=earlier.pk if isinstance(earlier, Appeal) else None,
        note=earlier.strip()[:200] if isinstance(earlier, str) else "",
    )
    decision = step.move(to, note=_words(to, earlier))
    step.record(step.round, now={name: value for name, value in to.plain().items() if name != "note"})
    return decision


@act
def put_back(parts: Iterable[Part], *, by: Person, on: date) -> Decision:
    """Take parts out of where they are; somebody must decide on them again."""
    step = Step.with_parts(Verb.PUT_BACK, parts, by=by, on=on)
    decision = step.move(Place())
    step.record(step.round)
    return decision


@act
def cut(submission: Submission, texts: Sequence[str], *, by: Person, on: date) -> list[Part]:
    """Cut a submission that says several things in parts; the first stays where it is, the others are undecided."""
    step = Step(Verb.CUT, submission.round_id, by=by, on=on)
    check_cut(submission.text, texts)
    parts = list(Part.objects.select_for_update(no_key=True).filter(submission=submission).order_by("number"))
    if sum(part.joined_on is None for part in parts) > 1:
        raise Overtaken(_("这宗来件已经拆分；要另行拆分，请先撤销原来的拆分。"))
    first = parts[0] if parts else Part.objects.create(submission=submission)
    known = {part.number: part for part in parts[1:]}
    rest = [known.get(n) or Part(submission=submission, number=n, joined_on=on) for n in range(2, len(texts) + 1)]
    Part.objects.bulk_create(part for part in rest if part.pk is None)
    for part, text in zip([first, *rest], texts, strict=True):
        Part.objects.filter(pk=part.pk).update(text=text.strip(), category="", confidence=None)
    step.parts = rest
    step.move(Place())
    Part.objects.filter(pk=first.pk).update(version=F("version") + 1)
    step.record(submission, now={"into": len(texts)})
    return list(Part.objects.live().filter(submission=submission).order_by("number"))


@act
def undo(decision: Decision, *, by: Person, on: date) -> Decision:
    """Put every part of a decision back where it was, unless a later decision has moved one of them."""
    step = Step("undo", decision.round_id, by=by, on=on)
    decision = Decision.objects.select_related("undone_by", "by").get(pk=decision.pk)
    if decision.undone_by:
        raise Overtaken(_("%(decision)s已由%(who)s撤销。"), decision=decision, who=decision.undone_by.name)
    _check_last(decision)
    moves = list(decision.moves.select_related("part").order_by("part_id"))
    back: dict[Place, list[int]] = {}
    for move in moves:
        back.setdefault(Place(**move.was), []).append(move.part_id)
    for place, parts in back.items():
        put(parts, place, on=on)
    if decision.verb == Verb.CUT:
        _join([move.part for move in moves])
    spare_fixed({move.to_appeal_id for move in moves if move.to_appeal_id})
    Decision.objects.filter(pk=decision.pk).update(undone_by=by, undone_on=on)
    Proposal.objects.filter(decision=decision).update(answer="", answered_by=None, answered_on=None, decision=None)
    record("triage.undo", step.round, by=by, on=on, was={"decision": decision.pk, "verb": decision.verb, "parts": len(moves)})
    decision.refresh_from_db()
    return decision


def _words(to: Place, earlier: Appeal | str | None) -> str:
    """A decision's note: the bucket, the reason, what is repeated."""
    known = [*(one.chinese for one in Bucket if one == to.bucket), *(one.chinese for one in Reason if one == to.reason)]
    return "：".join([*known, *([str(earlier)] if earlier else [])])[:200]


def _check_last(decision: Decision) -> None:
    mine = decision.moves.values("part")
    later = Moved.objects.filter(part__in=mine, decision__pk__gt=decision.pk, decision__undone_on=None)
    last = later.select_related("decision__by", "part").order_by("-decision_id").first()
    if last:
        raise Refused(
            _("%(part)s后来又由%(who)s办理（%(decision)s），请先撤销那一步。"),
            part=last.part,
            who=last.decision.by.name,
            decision=last.decision,
        )


def _join(parts: Sequence[Part]) -> None:
    """Give the first part the whole submission's words back; the others stand empty."""
    submissions = {part.submission_id for part in parts}
    Part.objects.filter(pk__in=[part.pk for part in parts]).update(text="")
    Part.objects.filter(submission__in=submissions, number=1).update(text="", version=F("version") + 1)
