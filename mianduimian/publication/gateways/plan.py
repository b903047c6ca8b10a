"""通道设置: which ways out of the house there are, in which order, how each is reached; data of the city, checked at start."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parent / "channels.toml"
WAYS = ("wechat", "sms", "email", "letter", "file")
NEEDED = {"sms": ("url",), "email": ("host", "sender"), "wechat": ("app_id", "secret", "template")}
SECURITY = ("none", "starttls", "tls")
NAMED = re.compile(r"\$\{(\w+)\}")


class Misplanned(Exception):
    """The file of channels does not hold; the message says where."""


@dataclass(frozen=True)
class Plan:
    """How this house tells citizens."""

    order: tuple[str, ...]
    again: tuple[int, ...]
    lease: timedelta
    quiet: tuple[time, time]
    quiet_ways: tuple[str, ...]
    site: str
    ways: dict[str, dict[str, Any]]

    def is_quiet(self, way: str, at: datetime) -> bool:
        """Whether a way rests at this local time; the hours may run over midnight."""
        begin, end = self.quiet
        now = at.time()
        resting = begin <= now < end if begin <= end else now >= begin or now < end
        return way in self.quiet_ways and resting


def read(path: Path | None, environment: Mapping[str, str]) -> Plan:
    """The shipped plan with what the city's own file says instead."""
    shipped = tomllib.loads(SHIPPED.read_text("utf-8"))
    own = _own(path, environment) if path else {}
    _check_names(own, shipped)
    ways = {way: {**shipped[way], **own.get(way, {})} for way in NEEDED}
    plain = {name: own.get(name, value) for name, value in shipped.items() if name not in NEEDED}
    try:
        plan = Plan(
            order=tuple(plain["order"]),
            again=tuple(int(minutes) for minutes in plain["again"]),
            lease=timedelta(minutes=plain["lease"]),
            quiet=(time.fromisoformat(plain["quiet_from"]), time.fromisoformat(plain["quiet_until"])),
            quiet_ways=tuple(plain["quiet_ways"]),
            site=str(plain["site"]).rstrip("/"),
            ways=ways,
        )
    except (TypeError, ValueError) as error:
        raise Misplanned(str(error)) from error
    _check(plan)
    return plan


def _own(path: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    try:
        return _filled(tomllib.loads(path.read_text("utf-8")), environment)
    except (OSError, ValueError) as error:
        raise Misplanned(f"{path}：{error}") from error


def _filled(value: Any, environment: Mapping[str, str]) -> Any:
    """The value with every ${NAME} taken from the environment."""
    if isinstance(value, dict):
        return {name: _filled(inner, environment) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, environment) for inner in value]
    return NAMED.sub(lambda found: _from(found[1], environment), value) if isinstance(value, str) else value


def _from(name: str, environment: Mapping[str, str]) -> str:
    if name not in environment:
        raise Misplanned(f"${{{name}}}：环境变量没有设置 (not in the environment)")
    return environment[name]


def _check_names(own: dict[str, Any], shipped: dict[str, Any]) -> None:
    unknown = set(own) - set(shipped)
    for way in NEEDED:
        unknown |= {f"{way}.{name}" for name in set(own.get(way, {})) - {*shipped[way], *NEEDED[way]}}
    if unknown:
        raise Misplanned(f"不认识的设置 (unknown): {'、'.join(sorted(unknown))}")


def _check(plan: Plan) -> None:
    """What a plan must hold so that nothing is lost and nothing is told twice."""
    wrong = [f"order：{way} 不是 {'、'.join(WAYS)} 之一" for way in {*plan.order, *plan.quiet_ways} - set(WAYS)]
    used = [way for way in NEEDED if way in plan.order]
    wrong += [f"{way}.{name} 没有填写 (missing)" for way in used for name in NEEDED[way] if not plan.ways[way].get(name)]
    wrong += [
        f"lease 须长于 {way}.patience 的三倍 (longer than three times)"
        for way in used
        if plan.lease.total_seconds() < 3 * plan.ways[way]["patience"]
    ]
    if not plan.order or len(set(plan.order)) < len(plan.order):
        wrong.append("order：至少一种，且不重复 (at least one, each once)")
    if not plan.again or min(plan.again) < 0:
        wrong.append("again：至少一个不小于 0 的分钟数 (at least one number of minutes)")
    if plan.ways["email"]["security"] not in SECURITY:
        wrong.append(f"email.security：只能是 {'、'.join(SECURITY)}")
    if wrong:
        raise Misplanned("；".join(sorted(wrong)))
