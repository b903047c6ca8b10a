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


def act_faults(sources: list[Source]) -> list[str]:
    """Public functions in acts that are not acts, or do not say by whom and on which day."""
    rooms = [source for source in sources if "acts" in source.parts and not source.is_proof and source.path not in NOT_ACTS]
    verbs = [(source, node) for source in rooms for node in source.tree.body if isinstance(node, ast.FunctionDef)]
    return [
        fault
        for source, verb in verbs
        if not verb.name.startswith("_") and f"{source.path}:{verb.name}" not in NOT_ACTS
        for fault in _verb_faults(source, verb)
    ]
