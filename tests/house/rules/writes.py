"""Only acts write: elsewhere no row is made, changed or deleted, by the ORM or by SQL."""

import ast
from collections.abc import Iterable, Iterator

from tests.house.plan import OTHER_WRITERS, PRINTERS, WRITERS
from tests.house.reading import Source

ALWAYS = {
    *("create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "select_for_update_or_create"),
    *("asave", "acreate", "adelete", "aupdate", "abulk_create", "aget_or_create", "aupdate_or_create", "abulk_update"),
}
QUERYING = {"objects", "filter", "exclude", "all", "select_for_update", "order_by", "using", "_base_manager", "_default_manager"}
RELATING = {"add", "set", "remove", "clear"}
WRITING_SQL = ("insert", "update", "delete", "replace", "alter", "drop", "create", "truncate")


def _names(node: ast.AST) -> set[str]:
    """Every name on the way to a call: Matter.objects.filter(…).update → Matter, objects, filter."""
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def _saves(call: ast.Call, source: Source) -> bool:
    """A row is saved without a place; a workbook or a document is saved somewhere, by papers and sheets only."""
    somewhere = call.args and not isinstance(call.args[0], ast.Starred)
    return not (somewhere and PRINTERS & {source.path, *source.parts})


def _updates(call: ast.Call, receiver: ast.expr) -> bool:
    """A query set is updated by keywords; a dictionary or a digest by position."""
    return bool(QUERYING & _names(receiver)) or bool(call.keywords and not call.args)


def _is_super(receiver: ast.expr) -> bool:
    return isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Name) and receiver.func.id == "super"


def _sql(call: ast.Call) -> bool:
    words = [part.value for part in ast.walk(call) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return any(word.lstrip().lower().startswith(WRITING_SQL) for word in words)


def _verb(call: ast.Call, source: Source, related: set[str]) -> str | None:
    """The name of the write that a call does, or nothing."""
    if not isinstance(call.func, ast.Attribute) or _is_super(call.func.value):
        return None
    name, receiver = call.func.attr, call.func.value
    writes = {
        "save": lambda: _saves(call, source),
        "update": lambda: _updates(call, receiver),
        "delete": lambda: not call.args,
        "execute": lambda: _sql(call),
        "executemany": lambda: _sql(call),
        "raw": lambda: _sql(call),
    }
    if name in ALWAYS or (name in writes and writes[name]()):
        return name
    if name in RELATING and isinstance(receiver, ast.Attribute) and receiver.attr in related:
        return f"{receiver.attr}.{name}"
    return None


def _many_to_many(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Assign) and "ManyToManyField" in ast.unparse(node.value).split("(")[0]:
                yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def faults(sources: list[Source]) -> list[str]:
    """Where something outside the acts writes."""
    related = set(_many_to_many(sources))
    readers = [source for source in sources if not WRITERS & set(source.parts) and source.path not in OTHER_WRITERS]
    return [
        f"{source.path}:{node.lineno} writes: .{verb}()"
        for source in readers
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and (verb := _verb(node, source, related))
    ]
