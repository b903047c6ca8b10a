"""Every page has a door, and every verb of the house is an act that says who and when."""

import ast
from collections.abc import Callable, Iterable, Iterator

from django.urls import URLPattern, URLResolver

from tests.house.plan import NOT_ACTS, OUTSIDE_VIEWS
from tests.house.reading import Source


def walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Callable]]:
    """Every route of the house with the view behind it."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def _module(view: Callable) -> str:
    return getattr(view, "view_class", view).__module__


def _is_outside(view: Callable) -> bool:
    return any(_module(view).startswith(package) for package in OUTSIDE_VIEWS)


def view_faults(routes: Iterable[tuple[str, Callable]], permissions: frozenset[str]) -> list[str]:
    """Views without a door, and doors for a permission that nobody has."""
    ours = [(route, getattr(view, "door", None)) for route, view in routes if not _is_outside(view)]
    open_walls = [f"/{route}: no door" for route, door in ours if door is None]
    return open_walls + [f"/{route}: nobody may {door}" for route, door in ours if door and door not in permissions]


def _is_act(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).split(".")[-1] == "act" for decorator in function.decorator_list)


def _verb_faults(source: Source, function: ast.FunctionDef) -> Iterator[str]:
    where = f"{source.path}:{function.name}"
    if not _is_act(function):
        yield f"{where} is no act"
    by_name = {argument.arg for argument in function.args.kwonlyargs}
    yield from (f"{where} lacks {name}=" for name in ("by", "on") if name not in by_name and f"{where}:{name}" not in NOT_ACTS)


def _exported(sources: list[Source], room: str) -> set[str]:
    """What a folder of acts shows to others: the names its first file brings together; none named means all."""
    first = next((source for source in sources if source.path == f"{room}/acts/__init__.py"), None)
    brought = [node for node in ast.walk(first.tree) if isinstance(node, ast.ImportFrom)] if first else []
    return {alias.asname or alias.name for node in brought for alias in node.names if f"{room}.acts." in (node.module or "")}


def _is_shown(sources: list[Source], source: Source, verb: ast.FunctionDef) -> bool:
    exported = _exported(sources, source.room)
    return not verb.name.startswith("_") and (not exported or verb.name in exported)


def back_door_faults(sources: list[Source]) -> list[str]:
    """Where somebody reaches into a folder of acts past what it shows."""
    return [
        f"{source.path}:{node.lineno} reaches past {'.'.join(name[:3])}"
        for source in sources
        if not source.is_proof
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and len(name := (node.module or "").split(".")) > 3 and name[2] == "acts"
        if source.parts[:2] != name[1:3]
    ]


def act_faults(sources: list[Source]) -> list[str]:
    """Public functions in acts that are not acts, or do not say by whom and on which day."""
    rooms = [source for source in sources if "acts" in source.parts and not source.is_proof and source.path not in NOT_ACTS]
    verbs = [(source, node) for source in rooms for node in source.tree.body if isinstance(node, ast.FunctionDef)]
    return [
        fault
        for source, verb in verbs
        if _is_shown(sources, source, verb) and f"{source.path}:{verb.name}" not in NOT_ACTS
        for fault in _verb_faults(source, verb)
    ]
