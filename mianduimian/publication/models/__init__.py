"""公开: which rounds are public, in which words, and what every source citizen was told."""

from mianduimian.publication.models.alerts import Alert, Subscription
from mianduimian.publication.models.drafts import Draft, inner_words, names_of, promise_names
from mianduimian.publication.models.lines import Asked, PublicLine, Told, changes, glances, lines_of, public_lines, stream
from mianduimian.publication.models.messages import Cursor, Message
from mianduimian.publication.models.news import News, Scope, news
from mianduimian.publication.models.outcome import Hall, Outcome, Vow, hall, outcome, vows
from mianduimian.publication.models.pictures import Picture, inner_file
from mianduimian.publication.models.releases import Ready, Release, open_calls
from mianduimian.publication.models.voices import voices

__all__ = [
    "Alert", "Asked", "Cursor", "Draft", "Hall", "Message", "News", "Outcome", "Picture", "PublicLine", "Ready", "Release",
    "Scope", "Subscription", "Told", "Vow", "changes", "glances", "hall", "inner_file", "inner_words", "lines_of", "names_of",
    "news", "open_calls", "outcome", "promise_names", "public_lines", "stream", "voices", "vows",
]  # fmt: skip
