"""Every test on SQLite, then all that ask a database on PostgreSQL where one answers; what follows goes to pytest."""

import getpass
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tools.find_postgres import NAMED, found

ROOT = Path(__file__).parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "--durations=15"]


def apart(url: str) -> str:
    """The same server with a database name of this run, so that two runs do not meet; Django puts test_ before it."""
    return urlunsplit(urlsplit(url)._replace(path=f"/mianduimian_{os.getpid()}"))


def sweep(url: str) -> None:
    """Drop what an interrupted run of this process left behind."""
    own = f"test_mianduimian_{os.getpid()}%"
    with psycopg.connect(url, autocommit=True) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [own]).fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def on_both(url: str | None, arguments: list[str]) -> list[int]:
    """What pytest answers on SQLite, and on PostgreSQL where there is one."""
    codes = [run("SQLite", None, arguments)]
    if url:
        codes.append(run("PostgreSQL", apart(url), arguments))
        sweep(url)
    return codes


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
    return max(on_both(url, sys.argv[1:]))


if __name__ == "__main__":
    raise SystemExit(main())
