"""The bar of the code, measured: how long its files and functions are, how winding, and how much of it is proof."""

import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.house.plan import PACKAGE  # noqa: E402
from tests.house.reading import Source, functions, pages, scripts, sources  # noqa: E402
from tests.house.rules.shape import complexity, lines  # noqa: E402

BAR = {
    "lines a file": "≤ 50/160/400",
    "lines a function": "≤ 6/20/50",
    "complexity": "p90 ≤ 4, max ≤ 10",
    "lines a template": "median ≤ 25, max ≤ 160",
    "lines a script": "≤ 60 each, ≤ 900 together",
}


def spread(sizes: list[int]) -> str:
    """Median, ninth decile and largest."""
    if not sizes:
        return "–"
    ordered = sorted(sizes)
    return f"{statistics.median(ordered):g}/{ordered[int(len(ordered) * 0.9) - (len(ordered) == 1)]}/{ordered[-1]}"


def length(text: str) -> int:
    """Lines that say something."""
    return sum(1 for line in text.splitlines() if line.strip())


def measured() -> dict[str, list[int]]:
    """Every size that the bar speaks of; tests, migrations and empty files left out."""
    code = [source for source in sources(PACKAGE) if not source.is_proof and source.text.strip()]
    verbs = [function for source in code for function in functions(source.tree)]
    return {
        "lines a file": [source.text.count("\n") for source in code],
        "lines a function": [lines(function) for function in verbs],
        "complexity": [complexity(function) for function in verbs],
        "lines a template": [page.text.count("\n") for page in pages(PACKAGE)],
        "lines a script": [script.text.count("\n") for script in scripts(PACKAGE)],
    }


def proof() -> tuple[int, int]:
    """Lines of code and lines of tests; migrations and empty lines are neither."""
    inside = [source for source in sources(PACKAGE) if "migrations" not in source.parts]
    story = [Source(path.as_posix(), path.read_text("utf-8")) for path in (ROOT / "tests").rglob("*.py")]
    tests = sum(length(source.text) for source in [*(one for one in inside if one.is_proof), *story])
    return sum(length(source.text) for source in inside if not source.is_proof), tests


def main() -> None:
    print("the bar                median/p90/max      bar")
    for what, sizes in measured().items():
        print(f"{what:22} {spread(sizes):18}  {BAR[what]}   ({len(sizes)}, {sum(sizes)} together)")
    code, tests = proof()
    print(f"code {code} lines, tests {tests} lines: test:code {tests / max(code, 1):.2f} (bar 1.2–1.6)")


if __name__ == "__main__":
    main()
