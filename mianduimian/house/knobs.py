"""旋钮: reading settings from the environment; an unknown value fails at start, in words."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mianduimian.people.callers import Network, networks
from mianduimian.publication.gateways.plan import Misplanned, Plan, read

PREFIX = "MIANDUIMIAN_"


class Unsettled(SystemExit):
    """The house does not start; the message says which knob and what it may be."""


@dataclass(frozen=True)
class Knobs:
    """The environment, read knob by knob; `done` refuses names that nobody reads."""

    environment: Mapping[str, str]
    known: dict[str, str] = field(default_factory=dict)  # every knob that was read, with its default

    def text(self, name: str, default: str) -> str:
        """A knob of free text."""
        self.known[PREFIX + name] = default
        return self.environment.get(PREFIX + name, default)

    def one_of(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        """A knob with a closed list of values."""
        value = self.text(name, default)
        if value not in allowed:
            raise Unsettled(f"{PREFIX}{name}={value!r}：只能是 {'、'.join(allowed)}。(allowed: {', '.join(allowed)})")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """A knob that is yes or no."""
        return self.one_of(name, "yes" if default else "no", ("yes", "no")) == "yes"

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A knob that is a whole number within bounds."""
        value = self.text(name, str(default))
        if not value.isdecimal() or not low <= int(value) <= high:
            raise Unsettled(f"{PREFIX}{name}={value!r}：须为 {low} 至 {high} 的整数。(a whole number from {low} to {high})")
        return int(value)

    def folder(self, name: str, default: Path) -> Path:
        """A knob that is a folder; it is made, readable by its owner alone."""
        path = Path(self.text(name, str(default))).expanduser().resolve()
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def done(self) -> None:
        """Refuse knobs with our prefix that nothing reads: most are typing errors."""
        unknown = sorted(name for name in self.environment if name.startswith(PREFIX) and name not in self.known)
        if unknown:
            raise Unsettled(f"不认识的设置：{'、'.join(unknown)}。可用的有：{'、'.join(sorted(self.known))}。(unknown settings)")


def database(url: str, data: Path) -> dict[str, object]:
    """Django's settings for a database URL; empty means the embedded SQLite in the data folder."""
    if not url:
        # An answer given is an answer kept: WAL with FULL; writers wait their turn instead of failing.
        pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-32000;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        # Tests with several hands at once need a file: the shared in-memory database has no waiting for locks.
        test = {"NAME": data / "test.sqlite3"}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "mianduimian.sqlite3", "OPTIONS": options, "TEST": test}
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise Unsettled("DATABASE_URL：须为 postgres://用户:密码@主机:端口/库名，或留空使用内置 SQLite。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Short questions over indexes on a disk without a moving head: no compiling of a question, indexes for what they cost.
        "OPTIONS": {"options": "-c jit=off -c random_page_cost=1.1 -c work_mem=16MB"},
        "TEST": {"TEMPLATE": "template0", "CHARSET": "UTF8"},
    }


def plan(path: str, environment: Mapping[str, str]) -> Plan:
    """How citizens are told: the shipped plan with what the file of the city says instead."""
    try:
        return read(Path(path) if path else None, environment)
    except Misplanned as problem:
        raise Unsettled(f"{PREFIX}CHANNELS={path!r}：{problem}") from None


def proxies(text: str) -> tuple[Network, ...]:
    """The proxies whose word on where a request comes from is believed."""
    try:
        return networks(text)
    except ValueError as problem:
        raise Unsettled(f"{PREFIX}PROXIES={text!r}：须为地址或网段，逗号分隔。({problem})") from None


def secret(given: str, data: Path) -> str:
    """The house's secret: from the environment, or made once and kept in the data folder."""
    path = data / "secret.key"
    if given:
        return given
    if not path.exists():
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(os.urandom(48).hex())
        except FileExistsError:
            pass
    return path.read_text("ascii")
