"""公开: which rounds are public, and what every source citizen was told."""

from mianduimian.publication.models.messages import Cursor, LetterList, Message, Sending
from mianduimian.publication.models.releases import Outcome, PublicLine, Release, open_calls, outcome, public_lines
from mianduimian.publication.models.voices import voices

__all__ = [
    "Cursor", "LetterList", "Message", "Outcome", "PublicLine", "Release", "Sending", "open_calls", "outcome",
    "public_lines", "voices",
]  # fmt: skip
