"""撤销: every step of a person is taken back whole, unless a later step stands on it."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.triage.acts.step import Step, put, spare_fixed
from mianduimian.triage.models import Decision, Moved, Part, Proposal
from mianduimian.triage.rules import Place, Verb
from mianduimian.vocabulary import _


@act
def undo(decision: Decision, *, by: Person, on: date) -> Decision:
    """Put every part of a decision back where it was, and every group as it stood, unless a later decision changed one."""
    step = Step("undo", decision.round_id, by=by, on=on)
    decision = Decision.objects.select_related("undone_by", "by").get(pk=decision.pk)
    if decision.undone_by:
        raise Overtaken(_("%(decision)s已由%(who)s撤销。"), decision=decision, who=decision.undone_by.name)
    _check_last(decision)
    moves = list(decision.moves.select_related("part").order_by("part_id"))
    if decision.verb == Verb.RELABEL:
        _unlabel(moves)
    else:
        _put_back(decision, moves, on)
    _restore_groups(decision, {move.part_id for move in moves})
    Decision.objects.filter(pk=decision.pk).update(undone_by=by, undone_on=on)
    record("triage.undo", step.round, by=by, on=on, was={"decision": decision.pk, "verb": decision.verb, "parts": len(moves)})
    decision.refresh_from_db()
    return decision


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
    born = Proposal.objects.filter(born_of=decision).exclude(answer="").select_related("decision__by")
    next_one = born.order_by("-decision_id").first()
    if next_one and next_one.decision:
        raise Refused(
            _("这一步分出的组后来又由%(who)s办理（%(decision)s），请先撤销那一步。"),
            who=next_one.decision.by.name,
            decision=next_one.decision,
        )


def _put_back(decision: Decision, moves: Sequence[Moved], on: date) -> None:
    back: dict[Place, list[int]] = {}
    for move in moves:
        back.setdefault(Place(**move.was), []).append(move.part_id)
    for place, parts in back.items():
        put(parts, place, on=on)
    if decision.verb == Verb.CUT:
        _join([move.part for move in moves])
    spare_fixed({move.to_appeal_id for move in moves if move.to_appeal_id})


def _unlabel(moves: Sequence[Moved]) -> None:
    for move in moves:
        Part.objects.filter(pk=move.part_id).update(**move.was, version=F("version") + 1)


def _restore_groups(decision: Decision, moved: set[int]) -> None:
    """Take the groups away that this step made, and open again those it answered."""
    Proposal.objects.filter(born_of=decision).delete()
    opened = Proposal.objects.filter(decision=decision)
    grouped = set(Proposal.parts.through.objects.filter(proposal__in=opened).values_list("part", flat=True))
    Part.objects.filter(pk__in=grouped - moved).update(version=F("version") + 1)
    opened.update(answer="", answered_by=None, answered_on=None, decision=None)


def _join(parts: Sequence[Part]) -> None:
    """Give the first part the whole submission's words back; the others stand empty."""
    submissions = {part.submission_id for part in parts}
    Part.objects.filter(pk__in=[part.pk for part in parts]).update(text="")
    Part.objects.filter(submission__in=submissions, number=1).update(text="", version=F("version") + 1)
