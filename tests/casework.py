"""What the desk does in tests/test_citizen.py, with the acts its pages call: one process beside the server, one order a line."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).parent.parent


class Desk:
    """The desk seen from the test: `desk.merge(...)` lets it merge, and gives what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __getattr__(self, verb: str) -> Any:
        return lambda *words: self._order(verb, words)

    def _order(self, verb: str, words: tuple[Any, ...]) -> Any:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps([verb, *words]) + "\n")
        self.process.stdin.flush()
        told = self.process.stdout.readline()
        if not told:
            raise RuntimeError(f"the desk stopped at {verb}{words}")
        return json.loads(told)


@contextmanager
def desk(around: dict[str, str]) -> Iterator[Desk]:
    """A desk on the server's own data, until the tests are over."""
    around = around | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "mianduimian.house.settings"}
    words = [sys.executable, "-m", "tests.casework"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen(words, env=around, cwd=ROOT, **pipes)
    try:
        yield Desk(process)
    finally:
        process.communicate(timeout=20)


def work() -> None:
    """Take orders until nobody gives any more; what fails ends it, with its reason on the error line."""
    django.setup()
    from tests import deskwork

    for line in sys.stdin:
        verb, *words = json.loads(line)
        sys.stdout.write(json.dumps(getattr(deskwork, verb)(*words), ensure_ascii=True) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    work()
