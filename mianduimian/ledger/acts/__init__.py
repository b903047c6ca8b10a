"""台账: the verbs of a matter's life; each one transaction, one lock, one question to the table, one line in the journal."""

from mianduimian.ledger.acts.ending import close, reassign
from mianduimian.ledger.acts.extending import ask_extension, decline_extension, grant_extension, recompute
from mianduimian.ledger.acts.filing import evidence
from mianduimian.ledger.acts.handling import progress, reach, reply
from mianduimian.ledger.acts.judging import propose_closing, send_again, settle, stage
from mianduimian.ledger.acts.objecting import object, overrule, uphold
from mianduimian.ledger.acts.opening import accept, assign, open_matter

__all__ = [
    "accept", "ask_extension", "assign", "close", "decline_extension", "evidence", "grant_extension", "object",
    "open_matter", "overrule", "progress", "propose_closing", "reach", "reassign", "recompute", "reply", "send_again",
    "settle", "stage", "uphold",
]  # fmt: skip
