"""来访: from which address a stranger comes, and how often that was, for pages that anybody may open."""

import time
from collections.abc import Collection
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from mianduimian.people.counters import Count, Counters

Network = IPv4Network | IPv6Network


@cache
def _counters(path: Path, secret: str) -> Counters:
    return Counters(path, secret)


def counted(what: str) -> Count:
    """Count one more of something; returns how many that makes in this hour and in this minute. All workers share the counts."""
    return _counters(Path(settings.DATA) / "turnstile.counts", settings.SECRET_KEY).count(what, time.time())


def caller(request: HttpRequest) -> str:
    """The address that asks, as the house's own proxies say it."""
    return address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""), settings.PROXIES)


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
