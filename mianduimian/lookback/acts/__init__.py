"""回头看: verifying, asking the citizens, sending back what is not solved, closing what is, and what comes again."""

from mianduimian.lookback.acts.backing import judge_reading, read_replies, send_back
from mianduimian.lookback.acts.campaigns import Planned, begin_campaign, draw, entrust, gather
from mianduimian.lookback.acts.closing import close, exempt
from mianduimian.lookback.acts.recurring import find_recurrences, judge_recurrence
from mianduimian.lookback.acts.verifying import recuse, verify
from mianduimian.lookback.acts.visiting import answer, answer_by_link, assign_calls, attempt, link, plan_visits

__all__ = [
    "Planned", "answer", "answer_by_link", "assign_calls", "attempt", "begin_campaign", "close", "draw", "entrust", "exempt",
    "find_recurrences", "gather", "judge_reading", "judge_recurrence", "link", "plan_visits", "read_replies", "recuse",
    "send_back", "verify",
]  # fmt: skip
