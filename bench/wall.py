"""The wall chart of 500 matters on both databases: statements and milliseconds of every zoom, the screen and the paper.

python -m bench.wall [--size 500] [--on sqlite|postgresql] [--times 15]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from bench.ledger.__main__ import POSTGRES
from bench.ledger.making import Maker
from bench.loading import furnish

LIMIT = 500  # milliseconds, p95, of a page of the chart
ELSEWHERE = ("DATABASE_URL", "MIANDUIMIAN_TEST_POSTGRES")
SMALL = 50  # with so few matters the same number of statements is asked


def arguments() -> argparse.Namespace:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--size", type=int, default=500)
    given.add_argument("--times", type=int, default=15, help="how often each page is asked")
    given.add_argument("--on", choices=("sqlite", "postgresql"), help="one database only")
    given.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return given.parse_args()


def pages(round) -> dict[str, str]:
    """One address for every way in which the chart is looked at."""
    from mianduimian.ledger.models import Matter

    matters = Matter.objects.of(round)
    leads = list(matters.values_list("opinion__lead__key", flat=True))
    busiest, here = max(leads, key=leads.count), f"/desk/{round.code}"
    return {
        "units": f"{here}/wall",
        "matters, first page": f"{here}/wall?rows=matters",
        f"one unit, {leads.count(busiest)} matters": f"{here}/wall?unit={busiest}",
        "one matter": f"{here}/wall?matter={matters.first().pk}",
        "screen, first page of rows": f"{here}/screen?page=4",
        "A3": f"{here}/wall.pdf?paper=a3",
        "A1, matters": f"{here}/wall.pdf?paper=a1&rows=matters",
    }


def ask(person, address: str, times: int) -> tuple[int, list[float]]:
    """Ask an address so often: the statements of one answer, and the milliseconds of each, the quickest first."""
    from django.db import connection, reset_queries
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    client.get(address)
    reset_queries()
    with CaptureQueriesContext(connection) as statements:
        page = client.get(address)
    asked = len(statements)
    assert page.status_code == 200, (address, page.status_code)
    took = []
    for _time in range(times):
        begun = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - begun) * 1000)
    return asked, sorted(took)


def measure(size: int, times: int) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils.timezone import localdate

    from mianduimian.ledger import acts
    from mianduimian.people.models import Person
    from mianduimian.solicitation.models import Round

    call_command("migrate", verbosity=0)
    import_module("mianduimian.house.wsgi")  # asked as the server is asked, in which the garbage of the start is gone
    maker = Maker(size + SMALL, a_round=size, first=localdate() - timedelta(70))
    for _step in maker.make():
        pass
    acts.follow(by=Person.objects.clock(), on=localdate())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    large, small = Round.objects.order_by("number")
    office, slow, uneven = Person.objects.get(pk=maker.people["office"].pk), [], []
    few = {name.split(",")[0]: ask(office, address, 1)[0] for name, address in pages(small).items()}
    for name, address in pages(large).items():
        statements, took = ask(office, address, times)
        p95, kind = took[max(int(len(took) * 0.95) - 1, 0)], name.split(",")[0]
        slow += [name] if p95 > LIMIT and kind not in ("A3", "A1") else []
        uneven += [name] if statements != few[kind] else []
        said = f"{statements:3} statements ({few[kind]} with {SMALL})"
        print(f"  {name:28} {said} {statistics.median(took):6.0f} ms median {p95:6.0f} ms p95", flush=True)
    print(f"  pages over {LIMIT} ms: {', '.join(slow) or 'none'}; statements that grow: {', '.join(uneven) or 'none'}")


def run(database: str, given: argparse.Namespace) -> None:
    """A process of its own for each database, which it leaves as it was found."""
    words = [sys.executable, "-m", "bench.wall", "--inside", "--size", str(given.size), "--times", str(given.times)]
    with tempfile.TemporaryDirectory(prefix="mianduimian-bench-") as folder:
        around = {key: value for key, value in os.environ.items() if key not in ELSEWHERE} | {"MIANDUIMIAN_DATA": folder}
        if database == "sqlite":
            subprocess.run(words, env=around, check=True)
            return
        from tests.live import own_database

        with own_database(POSTGRES) as url:
            subprocess.run(words, env=around | {"DATABASE_URL": url}, check=True)


def main() -> None:
    given = arguments()
    if given.inside:
        furnish(Path(os.environ["MIANDUIMIAN_DATA"]))
        measure(given.size, given.times)
        return
    for database in [given.on] if given.on else ["sqlite", "postgresql"]:
        print(f"{database}, {given.size} matters in one round", flush=True)
        run(database, given)


if __name__ == "__main__":
    main()
