"""梳理: parts of submissions, the representative appeals distilled from them, every decision reversible."""

from mianduimian.triage.models.appeals import Appeal, AppealQuerySet, Part, PartQuerySet
from mianduimian.triage.models.classes import CodeRow, CodeTable, TaxonomyVersion, classed_by, codes, forget
from mianduimian.triage.models.decisions import Decision, DecisionQuerySet, Moved
from mianduimian.triage.models.funnel import funnel, progress
from mianduimian.triage.models.lessons import Lesson, LessonQuerySet, changed_by
from mianduimian.triage.models.proposals import Proposal, ProposalQuerySet, Reading

__all__ = [
    "Appeal", "AppealQuerySet", "CodeRow", "CodeTable", "Decision", "DecisionQuerySet", "Lesson", "LessonQuerySet", "Moved",
    "Part", "PartQuerySet", "Proposal", "ProposalQuerySet", "Reading", "TaxonomyVersion", "changed_by", "classed_by", "codes",
    "forget", "funnel", "progress",
]  # fmt: skip
