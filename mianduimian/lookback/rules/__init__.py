"""回头看规则: what is verified, how a citizen answers, what goes back, when a matter may be closed."""

from mianduimian.lookback.rules.answering import (
    Answered,
    Reason,
    check_reasons,
    digest,
    half_hearted,
    link_stand,
    link_until,
    reason_words,
    reasons,
    satisfied,
    spelled,
)
from mianduimian.lookback.rules.calling import (
    SAME_CALL,
    Code,
    Period,
    code_of,
    code_word,
    codes,
    exhausted,
    next_period,
    outcome,
    period_of,
    periods,
)
from mianduimian.lookback.rules.checking import (
    Checked,
    Photo,
    Point,
    check_note,
    check_points,
    checklist,
    stand_apart,
    worst,
)
from mianduimian.lookback.rules.recurring import Said, recurs, same_spot, within
from mianduimian.lookback.rules.sampling import allot, draw, ticket
from mianduimian.lookback.rules.standing import Look, Raised, Rated, Share, grounds, raised, rated, share
from mianduimian.lookback.rules.words import (
    Finding,
    Ground,
    LinkStand,
    Outcome,
    Queue,
    Reached,
    Scale,
    Solved,
    Tick,
    Verdict,
    Waiver,
)

__all__ = [
    "Answered", "Checked", "Code", "Finding", "Ground", "LinkStand", "Look", "Outcome", "Period", "Photo", "Point", "Queue",
    "Raised", "Rated", "Reached", "Reason", "SAME_CALL", "Said", "Scale", "Share", "Solved", "Tick", "Verdict", "Waiver", "allot",
    "check_note", "check_points", "check_reasons", "checklist", "code_of", "code_word", "codes", "digest", "draw",
    "exhausted", "grounds", "half_hearted", "link_stand", "link_until", "next_period", "outcome", "period_of", "periods",
    "raised", "rated", "reason_words", "reasons", "recurs", "same_spot", "satisfied", "share", "spelled", "stand_apart",
    "ticket", "within", "worst",
]  # fmt: skip
