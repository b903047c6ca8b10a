"""台账规则: the life of a matter as one table of moves, its clocks, its lights, and what files may be filed."""

from mianduimian.ledger.rules.clocks import (
    Clock,
    Kind,
    accept_due,
    check_extension,
    check_objection,
    contact_due,
    lapsed,
    late,
    reply_due,
)
from mianduimian.ledger.rules.content import Answered, Order, Proof, Unripe, Way, check_answer, check_order, check_planned
from mianduimian.ledger.rules.files import KINDS, Checked, examine
from mianduimian.ledger.rules.lights import LIGHT_RULES, Light, Node, Turning, light, nodes, turning
from mianduimian.ledger.rules.moves import (
    MOVES,
    OPENING,
    Duty,
    Moment,
    Move,
    Standing,
    State,
    check,
    check_stand,
    duty,
    next_hand,
    possible,
    standing,
    stands_apart,
    word_of,
)  # fmt: skip
from mianduimian.ledger.rules.places import place
from mianduimian.ledger.rules.settling import SettleRule, check_proof, check_settle

__all__ = [
    "KINDS", "LIGHT_RULES", "MOVES", "OPENING", "Answered", "Checked", "Clock", "Duty", "Kind", "Light", "Moment",
    "Move", "Node", "Order", "Proof", "SettleRule", "Standing", "State", "Turning", "Unripe", "Way", "accept_due",
    "check", "check_answer", "check_extension", "check_objection", "check_order", "check_planned", "check_proof", "check_settle",
    "check_stand", "contact_due", "duty", "examine", "lapsed", "late", "light", "next_hand", "nodes", "place",
    "possible", "reply_due", "standing", "stands_apart", "turning", "word_of",
]  # fmt: skip
