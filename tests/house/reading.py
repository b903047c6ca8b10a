"""Reading the house: its Python sources and its templates, each with the room it belongs to."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.house.plan import RANKS, SHARED

SKIPPED = {"__pycache__", "vendor", "locale"}


@dataclass(frozen=True)
class Source:
    """One Python file: where it lies in the package, and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """What it says, parsed."""
        return ast.parse(self.text)

    @property
    def parts(self) -> list[str]:
        """The names on the way to it: room, furniture, …"""
        return self.path.removesuffix(".py").split("/")

    @property
    def room(self) -> str:
        """The room it stands in, or its own name at the bottom of the house."""
        return self.parts[0]

    @property
    def is_proof(self) -> bool:
        """True for tests, their fixtures and migrations, which the bar does not measure."""
        return bool({"tests", "migrations", "conftest"} & set(self.parts))


@dataclass(frozen=True)
class Page:
    """One template."""

    path: str
    text: str

    @property
    def room(self) -> str:
        """The room it stands in; the shared look lies under all."""
        return self.path.split("/")[0]


def _files(package: Path, *suffixes: str) -> Iterator[tuple[str, str]]:
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if path.suffix in suffixes and not SKIPPED & set(inside.parts):
            yield inside.as_posix(), path.read_text("utf-8")


def sources(package: Path) -> list[Source]:
    """Every Python file of the package."""
    return [Source(path, text) for path, text in _files(package, ".py")]


def pages(package: Path) -> list[Page]:
    """Every template of the package."""
    return [Page(path, text) for path, text in _files(package, ".html", ".txt") if "templates" in path.split("/")]


def scripts(package: Path) -> list[Page]:
    """Every script of our own."""
    return [Page(path, text) for path, text in _files(package, ".js")]


def rank(room: str) -> int:
    """How far down the house a room lies; what is no room lies under all rooms."""
    return RANKS.get(room, SHARED)


def may_see(room: str, other: str) -> bool:
    """Own room and the rooms below: back, never forward."""
    return room == other or rank(room) < rank(other)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a file, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
