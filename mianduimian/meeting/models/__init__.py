"""座谈会: seats, agenda, exchanges, promises, suggestions and handling opinions."""

from mianduimian.meeting.models.exchanges import Exchange, Item, Promise, Suggestion
from mianduimian.meeting.models.meetings import Meeting, Seat
from mianduimian.meeting.models.opinions import Opinion, unheard
from mianduimian.meeting.models.voices import voices

__all__ = ["Exchange", "Item", "Meeting", "Opinion", "Promise", "Seat", "Suggestion", "unheard", "voices"]
