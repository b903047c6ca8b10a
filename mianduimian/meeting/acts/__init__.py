"""座谈会: planning and holding a meeting, who sits, what is asked and answered, what is promised and decided."""

from mianduimian.meeting.acts.agenda import move, put_on_agenda, take_off
from mianduimian.meeting.acts.hall import adopt, correct, exchange, hold, promise, suggest
from mianduimian.meeting.acts.minutes import issue_minutes
from mianduimian.meeting.acts.opinions import opine, opine_all
from mianduimian.meeting.acts.planning import plan, replan
from mianduimian.meeting.acts.seating import seat, unseat

__all__ = [
    "adopt", "correct", "exchange", "hold", "issue_minutes", "move", "opine", "opine_all", "plan", "promise",
    "put_on_agenda", "replan", "seat", "suggest", "take_off", "unseat",
]  # fmt: skip
