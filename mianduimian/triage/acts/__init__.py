"""梳理: what a person decides about parts and appeals, and what the machine proposes beside it."""

from mianduimian.triage.acts.appeals import add, distil, fix, merge, reword, split
from mianduimian.triage.acts.parts import cut, put_back, set_aside, take_up, undo
from mianduimian.triage.acts.proposals import ask, confirm, propose, reject

__all__ = [
    "add", "ask", "confirm", "cut", "distil", "fix", "merge", "propose", "put_back", "reject", "reword", "set_aside", "split",
    "take_up", "undo",
]  # fmt: skip
