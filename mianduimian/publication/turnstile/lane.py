"""分道: in calm weather everybody walks through; in a flood whoever waits a little and presses again gets through."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


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


def networks(text: str) -> tuple[Network, ...]:
    """The proxies as typed: addresses and networks, by commas."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


def address(remote: str, forwarded: str, proxies: Collection[Network]) -> str:
    """Who posts: what a proxy of ours says, read from its end; a header that anybody else wrote changes nothing."""
    at = remote
    for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
        if not _is_within(at, proxies) or not _is_address(hop):
            break
        at = hop
    return _household(at)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_within(text: str, proxies: Collection[Network]) -> bool:
    return _is_address(text) and any(ip_address(text) in proxy for proxy in proxies)


def _household(text: str) -> str:
    """One line of IPv6 has 2⁶⁴ addresses; they count as one."""
    if not _is_address(text) or ip_address(text).version == 4:
        return text
    return str(ip_network(f"{text}/64", strict=False))
