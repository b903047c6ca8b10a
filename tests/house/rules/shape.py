"""The bar: how long a file, a function, a template or a script may be, and how winding."""

import ast
import re
from collections.abc import Iterator

from tests.house.plan import LIMITS, MANY_ARGUMENTS
from tests.house.reading import Page, Source, functions

BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
INLINE = {
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/json)", re.I),
    "an inline handler": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.I),
}


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes, decorators left out."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def complexity(function: ast.AST) -> int:
    """One, and one more for every branch; comprehensions are none, inner functions are counted by themselves."""
    inner = [node for node in ast.iter_child_nodes(function) if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return 1 + sum(_branches(node) for node in inner)


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return 0
    return isinstance(node, BRANCHES) + sum(_branches(child) for child in ast.iter_child_nodes(node))


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many arguments it takes beside self, and beside by= and on=, which every act has."""
    given = function.args
    named = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([name for name in named if name not in ("self", "cls", "by", "on")])


def _function_faults(source: Source) -> Iterator[str]:
    for function in functions(source.tree):
        where = f"{source.path}:{function.name}"
        measured = {"function": lines(function), "complexity": complexity(function)}
        if where not in MANY_ARGUMENTS:
            measured["arguments"] = arguments(function)
        yield from (f"{where}: {what} {size} > {LIMITS[what]}" for what, size in measured.items() if size > LIMITS[what])


def source_faults(sources: list[Source]) -> list[str]:
    """Files and functions past the bar."""
    measured = [source for source in sources if not source.is_proof]
    long = [
        f"{source.path}: file {size} > {LIMITS['file']}"
        for source in measured
        if (size := source.text.count("\n")) > LIMITS["file"]
    ]
    return long + [fault for source in measured for fault in _function_faults(source)]


def page_faults(pages: list[Page]) -> list[str]:
    """Templates past the bar, or with style, script or handlers in them, which the CSP would silence."""
    long = [
        f"{page.path}: template {size} > {LIMITS['template']}"
        for page in pages
        if (size := page.text.count("\n")) > LIMITS["template"]
    ]
    return long + [f"{page.path} has {what}" for page in pages for what, sign in INLINE.items() if sign.search(page.text)]


def script_faults(scripts: list[Page]) -> list[str]:
    """Scripts past the bar, one by one and together."""
    sizes = {script.path: script.text.count("\n") for script in scripts}
    long = [f"{path}: script {size} > {LIMITS['script']}" for path, size in sizes.items() if size > LIMITS["script"]]
    whole = sum(sizes.values())
    return long + ([f"all scripts: {whole} > {LIMITS['all scripts']}"] if whole > LIMITS["all scripts"] else [])
