"""取数: the matters of a round with just what hangs on the wall, in a fixed number of queries."""

from django.db.models import Prefetch, QuerySet

from mianduimian.ledger.models import Assignment, Matter, Passed, Settlement
from mianduimian.ledger.models.matters import MatterQuerySet
from mianduimian.solicitation.models import Round
from mianduimian.taskforce.models import Measure, Milestone

GIVEN = ("matter", "lead", "turn", "on", "reply_due_on", "replied_on", "ended_on", "leader", "responsible", "overseer")
STEP = ("measure", "text", "starts_on", "due_on", "weight", "responsible")


def hung(found: MatterQuerySet, round: Round) -> list[Matter]:
    """The matters found, all of this round, ready for their nodes and their lights."""
    rows = [
        Prefetch("assignments", Assignment.objects.current().only(*GIVEN), to_attr="all_assignments"),
        Prefetch("passed", _passed(), to_attr="all_passed"),
        Prefetch("settlements", Settlement.objects.only("matter", "turn", "on"), to_attr="all_settlements"),
    ]
    shown = ("number", "state", "turn", "opened_on", "solve_by", "appeal__title", "appeal__round")
    matters = list(found.select_related("appeal").only(*shown).prefetch_related(*rows).order_by("pk"))
    measures = _measures(found)
    for matter in matters:
        matter.appeal.round = round
        matter.all_measures = measures.get(matter.appeal_id, [])
    return matters


def _passed() -> QuerySet[Passed]:
    return Passed.objects.select_related("milestone").only("matter", "on", "milestone__text")


def _measures(found: MatterQuerySet) -> dict[int, list[Measure]]:
    """The measures in force with their milestones, by appeal."""
    steps: dict[int, list[Measure]] = {}
    rows = Measure.objects.in_force().filter(appeal__in=found.order_by().values("appeal"))
    milestones = Prefetch("milestones", Milestone.objects.only(*STEP))
    for measure in rows.only("appeal", "responsible").prefetch_related(milestones):
        steps.setdefault(measure.appeal_id, []).append(measure)
    return steps
