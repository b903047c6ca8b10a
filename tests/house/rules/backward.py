"""What imports do not show: templates and links point to the own room or back, never forward."""

import ast
import re
from collections.abc import Iterator

from tests.house.plan import FORWARD_POINTERS, RANKS
from tests.house.reading import Page, Source, may_see

TAG = re.compile(r"""{%\s*(?:extends|include|url)\s+["']([^"']+)["']""")
ROOMS = "|".join(sorted(RANKS))
POINTER = re.compile(rf"""({ROOMS})(?::[a-z][\w-]*|/[\w/-]+\.(?:html|txt))(?:[?#].*)?""")


def _forward(path: str, room: str, target: str) -> bool:
    pointed = POINTER.fullmatch(target)
    return bool(pointed) and not may_see(room, pointed[1]) and f"{path} → {target}" not in FORWARD_POINTERS


def _said(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def page_faults(pages: list[Page]) -> list[str]:
    """Where a template extends, includes or links to a later room."""
    return [
        f"{page.path} points forward to {target}"
        for page in pages
        for target in TAG.findall(page.text)
        if _forward(page.path, page.room, target)
    ]


def link_faults(sources: list[Source]) -> list[str]:
    """Where Python names a URL or a template of a later room."""
    return [
        f"{source.path}:{line} points forward to {target}"
        for source in sources
        if not source.is_proof
        for line, target in _said(source)
        if _forward(source.path, source.room, target)
    ]
