"""公开: which rounds are public, in which words, and what every source citizen was told."""

from mianduimian.publication.models.alerts import Alert, Subscription, known_by
from mianduimian.publication.models.alike import Alike, alike, published
from mianduimian.publication.models.drafts import Draft, inner_words, names_of, promise_names
from mianduimian.publication.models.lines import Asked, PublicLine, Told, changes, glances, lines_of, public_lines, stream
from mianduimian.publication.models.messages import Cursor, LetterList, Message, Sample, Sending, samples
from mianduimian.publication.models.news import News, Scope, news
from mianduimian.publication.models.outcome import Hall, Outcome, Vow, hall, outcome, vows
from mianduimian.publication.models.pictures import Picture, inner_file
from mianduimian.publication.models.releases import Ready, Release, open_calls
from mianduimian.publication.models.voices import voices

__all__ = [
    "Alert", "Alike", "Asked", "Cursor", "Draft", "Hall", "LetterList", "Message", "News", "Outcome", "Picture", "PublicLine",
    "Ready", "Release", "Sample", "Scope", "Sending", "Subscription", "Told", "Vow", "alike", "changes", "glances", "hall",
    "inner_file", "inner_words", "known_by", "lines_of", "names_of", "news", "open_calls", "outcome", "promise_names",
    "public_lines", "published", "samples", "stream", "voices", "vows",
]  # fmt: skip
