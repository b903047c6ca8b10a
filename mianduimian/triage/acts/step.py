"""一步: the common way of every decision: locked, unchanged since the person saw it, recorded with what it moved."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Max, Q

from mianduimian.journal.acts import record
from mianduimian.people.models import Person, Region, Unit
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal, Decision, Moved, Part, Proposal
from mianduimian.triage.rules import Place, Verb, Wording, check_wording
from mianduimian.vocabulary import _


class Step:
    """One decision in the making. The round is locked first, so that two clerks' decisions follow one another."""

    def __init__(self, verb: str, round: int, *, by: Person, on: date) -> None:
        by.must("triage.decide")
        self.round = Round.objects.select_for_update(no_key=True).get(pk=round)
        if self.round.region_id not in by.region_codes:
            raise NotYours(_("这一期不在您岗位所及的区划。"))
        self.verb, self.by, self.on = verb, by, on
        self.parts: list[Part] = []
        self.decision: Decision | None = None

    @classmethod
    def with_parts(cls, verb: str, parts: Iterable[Part], *, by: Person, on: date) -> "Step":
        """A decision about these parts, as the person saw them."""
        chosen = list(parts)
        if not chosen:
            raise Refused(_("请至少选择一宗来件。"))
        step = cls(verb, chosen[0].submission.round_id, by=by, on=on)
        step.take(chosen)
        return step

    @classmethod
    def with_appeals(cls, verb: str, appeals: Sequence[Appeal], *, by: Person, on: date) -> tuple["Step", list[Appeal]]:
        """A decision about these appeals; they are locked in the order of their keys, whatever the order of the decision."""
        step = cls(verb, appeals[0].round_id, by=by, on=on)
        wanted = [appeal.pk for appeal in appeals]
        locked = Appeal.objects.select_for_update(no_key=True).filter(pk__in=wanted, round=step.round).order_by("pk").in_bulk()
        if len(locked) < len(set(wanted)):
            raise Refused(_("这些诉求不在同一期。"))
        return step, [locked[pk] for pk in wanted]

    def take(self, parts: Iterable[Part]) -> None:
        """Lock the parts and refuse when another hand has moved one since the person saw it."""
        seen = {part.pk: part.version for part in parts}
        rows = Part.objects.select_for_update(no_key=True, of=("self",)).live()
        self.parts = list(rows.filter(pk__in=seen, submission__round=self.round).order_by("pk"))
        for part in self.parts:
            if part.version != seen[part.pk]:
                raise overtaken(part)
        if len(self.parts) < len(seen):
            raise Refused(_("选中的来件有的不在本期，或拆分已被撤销，请刷新后再选。"))

    def appeal(self, wording: Wording) -> Appeal:
        """A new appeal of this round with its own number."""
        last = Appeal.objects.filter(round=self.round).aggregate(last=Max("number"))["last"] or 0
        return Appeal.objects.create(
            round=self.round, number=last + 1, made_on=self.on, made_by=self.by, **worded(wording)
        )

    def move(self, to: Place, *, note: str = "") -> Decision:
        """Move every part to one place; those that are there already stay."""
        to.check()
        moving = [part for part in self.parts if part.place != to]
        if not moving:
            raise Refused(_("选中的来件已经在那里了。"))
        decision = self.decide(note)
        now = to.plain()
        Moved.objects.bulk_create(
            Moved(
                decision=decision,
                part=part,
                was=part.place.plain(),
                now=now,
                from_appeal_id=part.appeal_id,
                to_appeal_id=to.appeal,
            )
            for part in moving
        )
        put([part.pk for part in moving], to, on=self.on)
        spare_fixed({part.appeal_id for part in moving if part.appeal_id})
        self.parts = moving
        return decision

    def decide(self, note: str = "") -> Decision:
        """The one row that stands for this step, and by which it can be undone."""
        self.decision = Decision.objects.create(round=self.round, verb=Verb(self.verb), note=note, by=self.by, on=self.on)
        return self.decision

    def record(self, subject: models.Model, *, was: dict[str, Any] | None = None, now: dict[str, Any] | None = None) -> None:
        """Write the decision's one line; parts are named by number, never by their words."""
        said = {"parts": [part.pk for part in self.parts], "decision": self.decision and self.decision.pk}
        record(f"triage.{self.verb}", subject, by=self.by, on=self.on, was=was, now=said | (now or {}))


def put(parts: Sequence[int], to: Place, *, on: date) -> None:
    """Write one place into the rows of these parts; each gets its next version."""
    Part.objects.filter(pk__in=parts).update(
        bucket=to.bucket,
        reason=to.reason,
        appeal=to.appeal,
        earlier=to.earlier,
        note=to.note,
        joined_on=on if to.joined else None,
        version=F("version") + 1,
    )


def spare_fixed(appeals: Iterable[int]) -> None:
    """Refuse, when an appeal that is in the ledger would be left without a single voice."""
    for appeal in Appeal.objects.filter(pk__in=list(appeals), fixed_on__isnull=False).order_by("pk"):
        if not Part.objects.filter(appeal=appeal).exists():
            raise Refused(
                _("诉求%(number)s已于%(on)s列入台账，至少要留下一宗来件。"), number=appeal.number, on=appeal.fixed_on
            )


def must_stand(appeal: Appeal) -> None:
    """Refuse an appeal that speaks for nobody any more."""
    if not Part.objects.filter(appeal=appeal).exists():
        raise Refused(_("诉求%(number)s已没有来件（已并入别的诉求或已撤销），不能再归入。"), number=appeal.number)


def overtaken(part: Part) -> Overtaken:
    """What the slower person is told: who decided what about this part meanwhile."""
    regrouped = Proposal.objects.filter(parts=part, decision__isnull=False).values("decision")
    about = Decision.objects.filter(Q(moves__part=part) | Q(pk__in=regrouped)).select_related("by", "undone_by")
    last = about.order_by("-pk").first()
    if last is None:
        return Overtaken(_("%(part)s刚被别人改动，您的这一步没有执行，请刷新后再定。"), part=part)
    return Overtaken(
        _("%(part)s刚由%(who)s办理（%(what)s），现在的去向是“%(bucket)s”；您的这一步没有执行，请刷新后再定。"),
        part=part,
        who=(last.undone_by or last.by).name,
        what=_("撤销") if last.undone_by else last.word,
        bucket=part.bucket_word,
    )


def worded(wording: Wording) -> dict[str, Any]:
    """The fields of an appeal that say what a wording says; unknown regions and units are refused."""
    check_wording(wording)
    region = Region.objects.filter(pk=wording.region).first()
    unit = Unit.objects.filter(key=wording.unit).first()
    if wording.region and not region:
        raise Refused(_("没有代码为%(code)s的区划。"), code=wording.region)
    if wording.unit and not unit:
        raise Refused(_("没有键为“%(key)s”的单位。"), key=wording.unit)
    return {
        "title": wording.title.strip()[:120],
        "wording": wording.wording.strip(),
        "category": wording.category,
        "region": region,
        "place": wording.place.strip()[:200],
        "unit": unit,
    }
