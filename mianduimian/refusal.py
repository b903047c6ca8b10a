"""拒绝: the one way the domain says no, worded for the person."""

from typing import Any

from mianduimian.vocabulary import say


class Refused(Exception):
    """The act is not done; its message says in the person's words why, and what they can do."""

    def __init__(self, message: str, /, **words: Any) -> None:
        super().__init__(message)
        self.message = message
        self.words = words

    def __str__(self) -> str:
        return say(self.message) % self.words if self.words else say(self.message)


class NotYours(Refused):
    """The act exists, but not for this person."""


class Overtaken(Refused):
    """Somebody else was faster: nothing is overwritten, the person sees both versions."""
