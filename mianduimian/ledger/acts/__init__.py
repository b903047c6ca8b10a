"""台账: the verbs of a matter's life; each one transaction, one lock, one question to the table, one line in the journal."""

from mianduimian.ledger.acts.ending import close, reassign
from mianduimian.ledger.acts.extending import ask_extension, decline_extension, grant_extension, recompute
from mianduimian.ledger.acts.filing import evidence
from mianduimian.ledger.acts.glances import follow, relight, renew, together
from mianduimian.ledger.acts.handling import contact, entrust, finish, oversee, progress, reach, reply
from mianduimian.ledger.acts.judging import propose_closing, replan, send_again, settle, stage
from mianduimian.ledger.acts.objecting import object, overrule, uphold
from mianduimian.ledger.acts.opening import accept, assign, open_matter
from mianduimian.ledger.acts.returning import take_in, write_back

__all__ = [
    "accept", "ask_extension", "assign", "close", "contact", "decline_extension", "entrust", "evidence", "finish", "follow",
    "grant_extension", "object", "open_matter", "oversee", "overrule", "progress", "propose_closing", "reach", "reassign",
    "recompute", "relight", "renew", "replan", "reply", "send_again", "settle", "stage", "take_in", "together", "uphold",
    "write_back",
]  # fmt: skip
