"""回头看: campaigns and draws, verifications, visits, what went back, what was closed by exception, what came again."""

from mianduimian.lookback.models.backs import Exemption, Reading, Recurrence, SendBack, exceptions
from mianduimian.lookback.models.campaigns import Campaign, Draw, Task
from mianduimian.lookback.models.looking import Line, look, looks, queues, sources, speaker
from mianduimian.lookback.models.shares import Shares, shares
from mianduimian.lookback.models.told import Told, told
from mianduimian.lookback.models.verifying import AGREED, ANSWERED, Recusal, Snapshot, Verification, matters_for, strangers
from mianduimian.lookback.models.visits import REACHABLE, Answer, Attempt, Link, Visit, VisitQuerySet

__all__ = [
    "AGREED", "ANSWERED", "Answer", "Attempt", "Campaign", "Draw", "Exemption", "Line", "Link", "REACHABLE", "Reading",
    "Recurrence", "Recusal", "SendBack", "Shares", "Snapshot", "Task", "Verification", "Visit", "VisitQuerySet", "exceptions",
    "look", "looks", "matters_for", "queues", "shares", "Told", "sources", "speaker", "strangers", "told",
]  # fmt: skip
