"""Run every test on SQLite, then on PostgreSQL where one answers; what follows the command goes to pytest."""

import getpass
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.find_postgres import NAMED, found

ROOT = Path(__file__).parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--durations=5"]


def run(name: str, url: str | None, arguments: list[str]) -> int:
    """One whole run of the suite on one database, in a data folder of its own."""
    sys.stdout.write(f"\n=== tests on {name} ===\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="mianduimian-test-") as folder:
        environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", NAMED)}
        environment |= {"MIANDUIMIAN_DATA": folder} | ({"DATABASE_URL": url} if url else {})
        return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=environment).returncode


def main() -> int:
    url = found(dict(os.environ), getpass.getuser())
    if not url:
        sys.stdout.write("No PostgreSQL answers here (MIANDUIMIAN_TEST_POSTGRES names one): the tests run on SQLite only.\n")
    arguments = sys.argv[1:]
    codes = [run("SQLite", None, arguments)] + ([run("PostgreSQL", url, arguments)] if url else [])
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
