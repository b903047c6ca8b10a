"""Find a PostgreSQL for the tests: the one that MIANDUIMIAN_TEST_POSTGRES names, else one on this machine that trusts us."""

import getpass
import os
import sys

import psycopg

NAMED = "MIANDUIMIAN_TEST_POSTGRES"
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def candidates(environment: dict[str, str], user: str) -> list[str]:
    """The addresses worth asking: a named one alone, else the local server as its own user and as ours."""
    if named := environment.get(NAMED):
        return [named]
    users = dict.fromkeys(["postgres", user])
    return [f"postgres://{name}@127.0.0.1:5432/postgres" for name in users]


def answers(url: str) -> bool:
    """True when the server lets us in and lets us create a database."""
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute(MAY_CREATE).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def found(environment: dict[str, str], user: str, ask=answers) -> str | None:
    """The first address that answers; a named one that does not answer is an error, not a silence."""
    for url in candidates(environment, user):
        if ask(url):
            return url
    if environment.get(NAMED):
        raise SystemExit(f"{NAMED} is set, but no PostgreSQL that may create a database answers there.")
    return None


def main() -> None:
    url = found(dict(os.environ), getpass.getuser())
    sys.stdout.write(f"{url}\n" if url else "")


if __name__ == "__main__":
    main()
