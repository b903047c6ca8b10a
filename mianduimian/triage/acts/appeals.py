"""诉求: distilling appeals from parts, adding, merging, splitting, wording, and fixing them for the ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.triage.acts.step import Step, must_stand, worded
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import Bucket, Place, Verb, Wording
from mianduimian.vocabulary import _


@act
def distil(parts: Iterable[Part], wording: Wording, *, by: Person, on: date) -> Appeal:
    """Make one new appeal of these parts, in its own words."""
    step = Step.with_parts(Verb.DISTIL, parts, by=by, on=on)
    return _distilled(step, wording)


@act
def add(appeal: Appeal, parts: Iterable[Part], *, by: Person, on: date) -> Appeal:
    """Let an appeal speak for these parts too; a fixed appeal may grow."""
    step, (appeal,) = Step.with_appeals(Verb.ADD, [appeal], by=by, on=on)
    must_stand(appeal)
    step.take(parts)
    step.move(_in(appeal))
    step.record(appeal)
    return appeal


@act
def merge(appeal: Appeal, *, into: Appeal, by: Person, on: date) -> Appeal:
    """Let one appeal speak for everything another spoke for; the other is counted no more."""
    if appeal.pk == into.pk:
        raise Refused(_("一件诉求不能并入自己。"))
    step, (appeal, into) = Step.with_appeals(Verb.MERGE, [appeal, into], by=by, on=on)
    must_stand(appeal)
    must_stand(into)
    step.take(Part.objects.filter(appeal=appeal))
    step.move(_in(into), note=_about(appeal))
    step.record(into, now={"from": appeal.number})
    return into


@act
def split(appeal: Appeal, parts: Iterable[Part], wording: Wording, *, by: Person, on: date) -> Appeal:
    """Make a new appeal of some parts of an appeal; at least one part stays."""
    step, (appeal,) = Step.with_appeals(Verb.SPLIT, [appeal], by=by, on=on)
    step.take(parts)
    if not step.parts or any(part.appeal_id != appeal.pk for part in step.parts):
        raise Refused(_("请从这件诉求的来件中选择要分出的。"))
    if len(step.parts) == Part.objects.filter(appeal=appeal).count():
        raise Refused(_("至少要留下一宗来件；全部分出等于改写，请用“改写”。"))
    return _distilled(step, wording, was={"appeal": appeal.number})


@act
def reword(appeal: Appeal, wording: Wording, *, seen: int, by: Person, on: date) -> Appeal:
    """Give an appeal other words, class, region or unit; what it was stands in the journal."""
    by.must("triage.decide")
    fields = worded(wording)
    if not Appeal.objects.filter(pk=appeal.pk, version=seen).update(**fields, version=seen + 1):
        raise Overtaken(_("这件诉求刚被别人改写，您的改写没有保存，请刷新后再改。"))
    record("triage.reword", appeal, by=by, on=on, was=_said(appeal), now=_said(Appeal.objects.get(pk=appeal.pk)))
    return Appeal.objects.get(pk=appeal.pk)


@act
def fix(appeal: Appeal, *, by: Person, on: date) -> Appeal:
    """Mark that the ledger holds a matter on this appeal: from now on it may grow but never vanish."""
    step, (appeal,) = Step.with_appeals("fix", [appeal], by=by, on=on)
    if appeal.fixed_on:
        return appeal
    must_stand(appeal)
    appeal.fixed_on = on
    appeal.save(update_fields=["fixed_on"])
    record("triage.fix", appeal, by=by, on=on, now={"fixed_on": on})
    return appeal


def _distilled(step: Step, wording: Wording, *, was: dict[str, Any] | None = None, now: dict[str, Any] | None = None) -> Appeal:
    appeal = step.appeal(wording)
    step.move(_in(appeal), note=_about(appeal))
    step.record(appeal, was=was, now=_said(appeal) | (now or {}))
    return appeal


def _in(appeal: Appeal) -> Place:
    return Place(Bucket.DISTILLED.value, appeal=appeal.pk)


def _about(appeal: Appeal) -> str:
    return str(appeal)[:200]


def _said(appeal: Appeal) -> dict[str, Any]:
    """An appeal as the journal keeps it: it is the office's own wording, no citizen's."""
    return {
        "title": appeal.title,
        "wording": appeal.wording,
        "category": appeal.category,
        "region": appeal.region_id,
        "place": appeal.place,
        "unit": appeal.unit_id,
    }
