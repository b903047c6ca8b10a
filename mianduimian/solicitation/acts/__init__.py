"""公开征集: opening a round, issuing and extending its call, ending it; what citizens propose to talk about next."""

from mianduimian.solicitation.acts.rounds import (
    end_round,
    extend_call,
    issue_call,
    next_number,
    next_numbers,
    open_round,
)
from mianduimian.solicitation.acts.wishes import back, drop, show, wish

__all__ = [
    "back", "drop", "end_round", "extend_call", "issue_call", "next_number", "next_numbers", "open_round", "show", "wish",
]  # fmt: skip
