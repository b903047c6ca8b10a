"""收件: submissions in citizens' own words, their photographs and what was said later; citizens sealed apart."""

from mianduimian.intake.models.afterwords import Afterword, AfterwordQuerySet
from mianduimian.intake.models.copies import Copy, addressed, addresses, copied, copies, indexed, indexes
from mianduimian.intake.models.mentions import Mention, MentionQuerySet, laid_open, naming, texts
from mianduimian.intake.models.photos import Photo
from mianduimian.intake.models.reviews import Review, opened_in, unreviewed
from mianduimian.intake.models.submissions import (
    BadRow,
    Batch,
    BatchQuerySet,
    Citizen,
    Mapping,
    Submission,
    SubmissionQuerySet,
    Token,
    fresh_salt,
)

__all__ = [
    "Afterword", "AfterwordQuerySet", "BadRow", "Batch", "BatchQuerySet", "Citizen", "Copy", "Mapping", "Mention",
    "MentionQuerySet", "Photo", "Review", "Submission", "SubmissionQuerySet", "Token", "addressed", "addresses", "copied",
    "copies", "fresh_salt", "indexed", "indexes", "laid_open", "naming", "opened_in", "texts", "unreviewed",
]  # fmt: skip
