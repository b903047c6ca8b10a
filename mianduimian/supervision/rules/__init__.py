"""督办规则: stages of urging, the steps of notices, what is long-standing, and the figures of a circular."""

from mianduimian.supervision.rules.circulars import (
    DEFINITIONS,
    KIN,
    Example,
    Held,
    Kin,
    Tally,
    examples,
    figures,
    silent,
    tally,
    total,
)
from mianduimian.supervision.rules.lasting import Lasting, Reason, lasting
from mianduimian.supervision.rules.notices import Rung, Sent, rung_of, rung_owed, rungs
from mianduimian.supervision.rules.typed import (
    Account,
    Cutting,
    Demand,
    Going,
    Said,
    Sanction,
    Seen,
    Verdict,
    check_cutting,
    check_demand,
    check_going,
    check_period,
    check_seen,
)
from mianduimian.supervision.rules.urging import Stage, stage

__all__ = [
    "Account", "Cutting", "DEFINITIONS", "Demand", "Example", "Going", "Held", "KIN", "Kin", "Lasting", "Reason",
    "Rung", "Said", "Sanction", "Seen", "Sent", "Stage", "Tally", "Verdict", "check_cutting", "check_demand",
    "check_going", "check_period", "check_seen", "examples", "figures", "lasting", "rung_of", "rung_owed", "rungs",
    "silent", "stage", "tally", "total",
]  # fmt: skip
