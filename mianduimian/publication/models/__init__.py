"""公开: which rounds are public, and what every source citizen was told."""

from mianduimian.publication.models.alike import Alike, alike, published
from mianduimian.publication.models.messages import Cursor, LetterList, Message, Sample, Sending, samples
from mianduimian.publication.models.releases import Outcome, PublicLine, Release, open_calls, outcome, public_lines
from mianduimian.publication.models.voices import voices

__all__ = [
    "Alike", "Cursor", "LetterList", "Message", "Outcome", "PublicLine", "Release", "Sample", "Sending", "alike", "open_calls",
    "outcome", "public_lines", "published", "samples", "voices",
]  # fmt: skip
