"""来件的去向: taking up, setting aside, putting back, cutting in parts, giving a class by hand."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef

from mianduimian.intake.models import Submission
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.acts.answering import beside, regroup
from mianduimian.triage.acts.step import Step
from mianduimian.triage.models import Appeal, Decision, Moved, Part, Proposal
from mianduimian.triage.rules import Bucket, Place, Reason, Verb, category_word, check_cut, taxonomy
from mianduimian.vocabulary import _

CUT_OFF = "由{who}从来件中拆出"


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
    parts: Iterable[Part],
    *,
    bucket: str,
    reason: str = "",
    earlier: Appeal | str | None = None,
    proposal: Proposal | None = None,
    by: Person,
    on: date,
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
    step.record(step.round, now={name: value for name, value in to.plain().items() if name != "note"} | _machine(proposal))
    return decision


@act
def relabel(parts: Iterable[Part], category: str, *, proposal: Proposal | None = None, by: Person, on: date) -> Decision:
    """Give undecided parts their class by hand; the machine does not read them over again."""
    step = Step.with_parts(Verb.RELABEL, parts, by=by, on=on)
    if category not in taxonomy().words:
        raise Refused(_("请选择分类表里的类别。"))
    if any(part.bucket != Bucket.UNDECIDED for part in step.parts):
        raise Refused(_("这里只改待梳理来件的类别；已归入诉求的，请用“改写”改诉求的类别。"))
    step.parts = [part for part in step.parts if (part.category, part.labelled_by_id) != (category, by.pk)]
    if not step.parts:
        raise Refused(_("选中的来件已经是这一类。"))
    decision = step.decide(note=category_word(category))
    Moved.objects.bulk_create(
        Moved(decision=decision, part=part, was=_class_of(part), now={"category": category}) for part in step.parts
    )
    keys = [part.pk for part in step.parts]
    Part.objects.filter(pk__in=keys).update(category=category, confidence=1.0, labelled_by=by, version=F("version") + 1)
    was = {"classes": {str(part.pk): [part.category, part.confidence] for part in step.parts}}
    step.record(step.round, was=was, now={"category": category} | _machine(proposal))
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
        Part.objects.filter(pk=part.pk).update(text=text.strip(), category="", confidence=None, labelled_by=None)
    step.parts = rest
    decision = step.move(Place())
    open_one = Proposal.objects.filter(parts=first, answer="").first()
    if open_one:
        regroup(open_one, [[part] for part in rest], decision, CUT_OFF.format(who=by.name))
    Part.objects.filter(pk=first.pk).update(version=F("version") + 1)
    step.record(submission, now={"into": len(texts)})
    return list(Part.objects.live().filter(submission=submission).order_by("number"))


def _class_of(part: Part) -> dict[str, Any]:
    return {"category": part.category, "confidence": part.confidence, "labelled_by": part.labelled_by_id}


def _machine(proposal: Proposal | None) -> dict[str, Any]:
    return {"machine": beside(proposal)} if proposal else {}


def _words(to: Place, earlier: Appeal | str | None) -> str:
    """A decision's note: the bucket, the reason, what is repeated."""
    known = [*(one.chinese for one in Bucket if one == to.bucket), *(one.chinese for one in Reason if one == to.reason)]
    return "：".join([*known, *([str(earlier)] if earlier else [])])[:200]
