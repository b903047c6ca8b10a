"""No drawers for what has no name, no import hidden in a function, nothing broadcast, nothing left for later."""

import ast
import re

from tests.house.plan import FORBIDDEN_NAMES
from tests.house.reading import Source, functions

LATER = re.compile(r"#.*\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
BROADCASTS = ("django.dispatch", "django.db.models.signals")
HIDDEN = {"import_module", "__import__"}


def name_faults(sources: list[Source]) -> list[str]:
    """Where a module is called by what it is made of, not by what it is."""
    return [f"{source.path}: a drawer called {name}" for source in sources for name in FORBIDDEN_NAMES & set(source.parts)]

# The one door that loads modules of its own room at their first use; who names them to mypy, names them to the contracts.
AT_FIRST_USE = "text/__init__.py"


def _hides(source: Source, node: ast.AST) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    called = node.func if isinstance(node, ast.Call) else None
    return source.room != "house" and source.path != AT_FIRST_USE and getattr(called, "id", getattr(called, "attr", "")) in HIDDEN


def import_faults(sources: list[Source]) -> list[str]:
    """Where an import stands inside a function, out of sight of the contracts."""
    found = {
        (source.path, node.lineno)
        for source in sources
        if not source.is_proof
        for function in functions(source.tree)
        for node in ast.walk(function)
        if _hides(source, node)
    }
    return [f"{path}:{line} imports inside a function" for path, line in sorted(found)]


def broadcast_faults(sources: list[Source]) -> list[str]:
    """Where a room listens to signals instead of being called."""
    return [
        f"{source.path}:{node.lineno} broadcasts or listens"
        for source in sources
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(BROADCASTS))
        or (isinstance(node, ast.Import) and any(alias.name.startswith(BROADCASTS) for alias in node.names))
    ]


def unfinished_faults(sources: list[Source]) -> list[str]:
    """Where a comment promises work."""
    return [
        f"{source.path}:{number} leaves something for later"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if LATER.search(line)
    ]
