"""座谈会: planning and holding a meeting, who sits and comes, what is asked and answered, promised and decided, and shown."""

from mianduimian.meeting.acts.agenda import move, put_on_agenda, take_off
from mianduimian.meeting.acts.arrivals import check_in, issue_cards
from mianduimian.meeting.acts.choosing import choose
from mianduimian.meeting.acts.hall import adopt, amend, correct, exchange, hold, promise, suggest
from mianduimian.meeting.acts.live import call_up, display
from mianduimian.meeting.acts.minutes import issue_minutes, remind_minutes
from mianduimian.meeting.acts.opinions import opine, opine_all
from mianduimian.meeting.acts.planning import plan, replan
from mianduimian.meeting.acts.seating import seat, unseat

__all__ = [
    "adopt", "amend", "call_up", "check_in", "choose", "correct", "display", "exchange", "hold", "issue_cards", "issue_minutes",
    "move", "opine", "opine_all", "plan", "promise", "put_on_agenda", "remind_minutes", "replan", "seat", "suggest",
    "take_off", "unseat",
]  # fmt: skip
