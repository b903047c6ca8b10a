"""台账规则: the life of a matter as one table of moves, its clocks, its lights, and what files may be filed."""

from mianduimian.ledger.rules.clocks import check_extension, check_objection, lapsed, late, reply_due
from mianduimian.ledger.rules.content import Answered, Order, Proof, check_answer, check_order, check_planned
from mianduimian.ledger.rules.files import KINDS, Checked, examine
from mianduimian.ledger.rules.lights import Light, Node, light
from mianduimian.ledger.rules.moves import (
    MOVES,
    OPENING,
    Duty,
    Moment,
    Move,
    Standing,
    State,
    check,
    duty,
    next_hand,
    possible,
    standing,
    stands_apart,
    word_of,
)  # fmt: skip

__all__ = [
    "KINDS", "MOVES", "OPENING", "Answered", "Checked", "Duty", "Light", "Moment", "Move", "Node", "Order", "Proof",
    "Standing", "State", "check", "check_answer", "check_extension", "check_objection", "check_order", "check_planned",
    "duty", "examine", "lapsed", "late", "light", "next_hand", "possible", "reply_due", "standing", "stands_apart", "word_of",
]  # fmt: skip
