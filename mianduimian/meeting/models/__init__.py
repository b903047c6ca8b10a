"""座谈会: seats, cards, agenda, exchanges, promises, suggestions and handling opinions, and what the hall's screen shows."""

from mianduimian.meeting.models.arrivals import Arrival, Card
from mianduimian.meeting.models.exchanges import Exchange, Item, Promise, Suggestion
from mianduimian.meeting.models.live import Display, Floor, Typed, on_the_floor
from mianduimian.meeting.models.meetings import Meeting, Seat
from mianduimian.meeting.models.opinions import Opinion, unheard
from mianduimian.meeting.models.reminders import MinutesReminder
from mianduimian.meeting.models.voices import candidates, voices

__all__ = [
    "Arrival", "Card", "Display", "Exchange", "Floor", "Item", "Meeting", "MinutesReminder", "Opinion", "Promise", "Seat",
    "Suggestion", "Typed", "candidates", "on_the_floor", "unheard", "voices",
]  # fmt: skip
