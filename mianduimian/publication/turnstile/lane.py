"""分道: in calm weather everybody walks through; in a flood whoever waits a little and presses again gets through."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What the turnstile says to one post."""

    IN = "in"
    WAIT = "wait"
    CLOSED = "closed"


@dataclass(frozen=True)
class Seen:
    """How many posts there were, this one with them: of this address in the hour, of all in the minute, and in the slow lane."""

    mine: int
    everybody: int
    slow_mine: int = 0
    slow_everybody: int = 0


@dataclass(frozen=True)
class Limits:
    """From where on a post must wait, and how many that waited pass in a minute."""

    mine: int
    everybody: int
    slow_mine: int
    slow_everybody: int


def answer(seen: Seen, limits: Limits, *, waited: bool) -> Answer:
    """A shared address is never walled off: beyond its share each post waits once; only the slow lane itself has an end."""
    if seen.mine <= limits.mine and seen.everybody <= limits.everybody:
        return Answer.IN
    if not waited:
        return Answer.WAIT
    fits = seen.slow_mine <= limits.slow_mine and seen.slow_everybody <= limits.slow_everybody
    return Answer.IN if fits else Answer.CLOSED
