"""公开: which rounds are public, and what every source citizen was told."""

from mianduimian.publication.models.messages import Cursor, LetterList, Message, Sample, Sending, samples
from mianduimian.publication.models.releases import Outcome, PublicLine, Release, open_calls, outcome, public_lines
from mianduimian.publication.models.voices import voices

__all__ = [
    "Cursor", "LetterList", "Message", "Outcome", "PublicLine", "Release", "Sample", "Sending", "open_calls", "outcome",
    "public_lines", "samples", "voices",
]  # fmt: skip
