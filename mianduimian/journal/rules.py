"""留痕规则: how a line is written down and chained to the line before it."""

import hashlib
import hmac
import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Broken:
    """The first place where the journal does not hold: line number and reason."""

    number: int
    reason: str


def canonical(value: Any) -> str:
    """One spelling for one fact: sorted keys, no spaces, dates as ISO text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def tidy(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as they come back from any database: plain JSON, composed characters, no NUL."""
    text = unicodedata.normalize("NFC", canonical(facts)).replace("\\u0000", "")
    return json.loads(text.encode("utf-8", "replace").decode())


def digest(previous: str, facts: list[Any]) -> str:
    """SHA-256, as 64 hexadecimal digits, over the line before and the facts of this one."""
    return hashlib.sha256(f"{previous}\n{canonical(facts)}".encode()).hexdigest()


def keyed_digest(value: Any, key: bytes) -> str:
    """HMAC-SHA-256 of a sealed value: proves what it was only while its key is kept."""
    return hmac.new(key, canonical(value).encode(), hashlib.sha256).hexdigest()


def changes(was: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """What differs between before and after, as (name, was, is)."""
    return [(name, was.get(name), now.get(name)) for name in {**was, **now} if was.get(name) != now.get(name)]
