"""梳理: what a person decides about parts and appeals, and what the machine proposes beside it."""

from mianduimian.triage.acts.appeals import add, distil, fix, merge, reword, split
from mianduimian.triage.acts.classes import amend, restore, take_codes
from mianduimian.triage.acts.groups import bring_in, divide, take_out
from mianduimian.triage.acts.joining import voice
from mianduimian.triage.acts.lessons import adopt, go_back, learn, study
from mianduimian.triage.acts.parts import cut, put_back, relabel, set_aside, take_up
from mianduimian.triage.acts.proposals import accept_many, confirm, propose, reject
from mianduimian.triage.acts.reading import ask, go_on, resume, revive, stop
from mianduimian.triage.acts.undoing import undo

__all__ = [
    "accept_many", "add", "adopt", "amend", "ask", "bring_in", "confirm", "cut", "distil", "divide", "fix", "go_back", "go_on",
    "learn", "merge", "propose", "put_back", "reject", "relabel", "restore", "resume", "revive", "reword", "set_aside", "split",
    "stop", "study", "take_codes", "take_out", "take_up", "undo", "voice",
]  # fmt: skip
