"""梳理: parts of submissions, the representative appeals distilled from them, every decision reversible."""

from mianduimian.triage.models.appeals import Appeal, AppealQuerySet, Part, PartQuerySet
from mianduimian.triage.models.decisions import Decision, DecisionQuerySet, Moved
from mianduimian.triage.models.funnel import funnel, progress
from mianduimian.triage.models.proposals import Proposal, ProposalQuerySet, Reading

__all__ = [
    "Appeal", "AppealQuerySet", "Decision", "DecisionQuerySet", "Moved", "Part", "PartQuerySet", "Proposal", "ProposalQuerySet",
    "Reading", "funnel", "progress",
]  # fmt: skip
