"""机制: the mechanism's parameters as a versioned rulebook; a round keeps the version it began with."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """One parameter: its value and unit, the sentence it comes from and where that stands."""

    value: Any
    unit: str
    sentence: str
    source: str


@dataclass(frozen=True)
class Rulebook:
    """规则: every parameter of one version of the mechanism; rules.reply["within"] reads its value."""

    key: str
    name: str
    test_only: bool
    sections: dict[str, dict[str, Rule]]

    def __getattr__(self, section: str) -> dict[str, Any]:
        if section.startswith("__") or section not in self.sections:
            raise AttributeError(section)
        return {name: rule.value for name, rule in self.sections[section].items()}

    def rules(self) -> list[tuple[str, str, Rule]]:
        """Every rule with its section and name, in the order of the file."""
        return [(section, name, rule) for section, rules in self.sections.items() for name, rule in rules.items()]


def versions() -> list[str]:
    """The keys of all rulebooks that ship, newest last."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def rulebook(key: str) -> Rulebook:
    """Read a rulebook by its key; a variant says only where it differs from its `base`; an unknown key is refused."""
    path = FOLDER / f"{key}.toml"
    if key not in versions():
        raise Refused(_("没有“%(key)s”这一版规则。"), key=key)
    data = tomllib.loads(path.read_text("utf-8"))
    sections = dict(rulebook(data["base"]).sections) if "base" in data else {}
    for section, rules in data.items():
        if isinstance(rules, dict):
            sections[section] = sections.get(section, {}) | {name: Rule(**rule) for name, rule in rules.items()}
    return Rulebook(key=data["key"], name=data["name"], test_only=data["test_only"], sections=sections)
