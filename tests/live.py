"""A real server for the browser tests: own data folder, own database, migrated and filled with the sample."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

WAIT = 180


@dataclass(frozen=True)
class Live:
    """Where the server answers, and the environment in which its commands run."""

    url: str
    environment: dict[str, str]

    def run(self, *words: str) -> str:
        """Run a command of the house on the server's own data."""
        return run(self.environment, *words)


def run(environment: dict[str, str], *words: str) -> str:
    """Run one command of the house; what it prints when it fails is the message of the error."""
    done = subprocess.run([house(), *words], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"mianduimian {' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def house() -> str:
    """The command `mianduimian` beside the Python that runs the tests."""
    return str(Path(sys.executable).with_name("mianduimian"))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _in_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def own_database(url: str) -> Iterator[str]:
    """A fresh database on the server that the URL names, dropped afterwards; nothing to do for SQLite."""
    if not url:
        yield ""
        return
    name, server = f"mianduimian_live_{uuid.uuid4().hex[:12]}", _in_database(url, "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield _in_database(url, name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(folder: Path, database: str) -> dict[str, str]:
    """The house's environment with a data folder and a database of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MIANDUIMIAN_", "DATABASE_URL"))}
    return kept | {"MIANDUIMIAN_DATA": str(folder), "DATABASE_URL": database}


def wait_until_it_answers(url: str, process: subprocess.Popen) -> None:
    """Return when the first page comes; say why when the server died or never answered."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with code {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {WAIT} seconds")


@contextmanager
def serving(around: dict[str, str]) -> Iterator[str]:
    """The server as in production, on a free port of this machine."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port)]
    process = subprocess.Popen([*command, "mianduimian.house.wsgi:application"], env=around)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def living(folder: Path, *loading: tuple[str, ...]) -> Iterator[Live]:
    """A server on a database of its own, after the given commands."""
    with own_database(os.environ.get("DATABASE_URL", "")) as database:
        around = environment(folder, database)
        for words in loading:
            run(around, *words)
        with serving(around) as url:
            yield Live(url, around)
