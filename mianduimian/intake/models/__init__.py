"""收件: submissions in citizens' own words, their photographs and what was said later; citizens sealed apart."""

from mianduimian.intake.models.afterwords import Afterword, AfterwordQuerySet
from mianduimian.intake.models.photos import Photo
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
    "Afterword", "AfterwordQuerySet", "BadRow", "Batch", "BatchQuerySet", "Citizen", "Mapping", "Photo", "Submission",
    "SubmissionQuerySet", "Token", "fresh_salt",
]  # fmt: skip
