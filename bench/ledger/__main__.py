"""The ledger with 100,000 matters on both databases: p95 at the server of the first page, every filter and the search.

python -m bench.ledger [--size 100000] [--on sqlite|postgresql] [--times 15] [--only WORDS]
                       [--keep FOLDER] [--database URL]

What is made is thrown away; with --keep it stays in that data folder (SQLite), with --database in that database of its own
(PostgreSQL, empty at first), and the next run asks it again instead of making it anew.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from bench.ledger.making import TODAY, Maker
from bench.loading import furnish

POSTGRES = os.environ.get("MIANDUIMIAN_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
AROUND = ("DATABASE_URL", "MIANDUIMIAN_")
LIMIT = 200  # milliseconds, p95
LIGHTS = 10_000
WORDS = ("乱停", "路口", "碧桥", "小学", "王队", "桥", "碧桥小学东侧违停", "不在其中")


def arguments() -> argparse.Namespace:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--size", type=int, default=100_000)
    given.add_argument("--times", type=int, default=15, help="how often each page is asked")
    given.add_argument("--on", choices=("sqlite", "postgresql"), help="one database only")
    given.add_argument("--keep", type=Path, help="the data folder that is kept and asked again")
    given.add_argument("--database", help="the database (PostgreSQL) that is kept and asked again")
    given.add_argument("--only", default="", help="only the questions whose name has these words in it")
    given.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return given.parse_args()


def questions() -> dict[str, dict[str, str]]:
    """One address for every way in which the ledger is asked."""
    from mianduimian.ledger.models import Glance

    middle = Glance.objects.order_by("place").values("place")[Glance.objects.count() // 2]
    one = Glance.objects.select_related("round").get(**middle)
    lead, region = str(one.lead_id), str(one.region_id)
    day = one.reply_due_on.isoformat()
    return {
        "first page": {},
        "all columns": {"columns": "all"},
        "a page in the middle": {"after": str(one.place)},
        "round": {"round": one.round.code},
        "region (town)": {"region": region},
        "region (county)": {"region": region[:6]},
        "category": {"category": one.category},
        "class": {"category": one.category.split(".")[0]},
        "channel": {"channel": "letter"},
        "voices": {"voices": "3"},
        "lead": {"unit": lead},
        "first receiver": {"first": lead},
        "assisting": {"assist": lead},
        "person": {"person": "王队长7"},
        "state closed": {"state": "closed"},
        "state objected": {"state": "objected"},
        "reached": {"reached": "replied"},
        "light green": {"light": "green"},
        "light yellow": {"light": "yellow"},
        "light red": {"light": "red"},
        "duty": {"duty": "supervise"},
        "accountable": {"duty": "account"},
        "overdue": {"overdue": "on"},
        "again": {"again": "on"},
        "turn": {"turn": "2"},
        "solved": {"solved": "yes"},
        "week": {"week": day},
        "due between": {"since": day, "until": (one.reply_due_on + timedelta(30)).isoformat()},
        "closed since": {"day": "closed_on", "since": (TODAY - timedelta(365)).isoformat()},
        "visited": {"visit": "any"},
        "unsatisfied": {"visit": "unsatisfied"},
        "still to ask": {"visit": "waiting"},
        "unreached": {"visit": "unreached"},
        "root": {"root": "没有"},
        **{f"words {words}": {"words": words} for words in WORDS},
        "words in the answers": {"words": "护栏", "where": "answered"},
        "light and words": {"light": "yellow", "words": "小学"},
    }


def busy() -> float:
    """Seconds of a processor that this process used so far, and the database's own process for it where it runs here."""
    from django.db import connection

    used = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        if stat.exists():
            spent = stat.read_text().rpartition(")")[2].split()[11:13]
            used += sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")
    return used


def ask(person, name: str, wanted: dict[str, str], times: int) -> float:
    """Ask one page so often, say what it cost and found; the p95 is returned."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    with CaptureQueriesContext(connection) as statements:
        page = client.get("/desk/ledger", wanted)
    asked = len(statements)  # counted now: the next request empties the record
    assert page.status_code == 200, page.status_code
    took, before = [], busy()
    for _time in range(times):
        begun = time.perf_counter()
        client.get("/desk/ledger", wanted)
        took.append((time.perf_counter() - begun) * 1000)
    own = (busy() - before) * 1000 / times
    p95 = sorted(took)[max(int(len(took) * 0.95) - 1, 0)]
    mark = " !" if p95 > LIMIT else ""
    total = re.search(r"合计 (\d+) 件", page.content.decode())[1]
    figures = f"{statistics.median(took):6.0f} ms median {p95:6.0f} ms p95 {own:6.0f} ms of processor"
    print(f"  {name:24} {total:>8} lines {asked:4} statements {figures}{mark}", flush=True)
    return p95


def fill(size: int) -> None:
    """Make the matters and let the house derive everything it keeps of them."""
    from django.db import connection

    from mianduimian.ledger import acts
    from mianduimian.ledger.models import Glance, turnings
    from mianduimian.people.models import Person

    maker, begun = Maker(size), time.perf_counter()
    for step in maker.make():
        print(f"  {time.perf_counter() - begun:6.1f} s {step}", flush=True)
    clock, begun = Person.objects.clock(), time.perf_counter()
    acts.follow(by=clock, on=TODAY)
    print(f"  {time.perf_counter() - begun:6.1f} s all lines derived", flush=True)
    with connection.cursor() as cursor:
        # what the server's own autovacuum does within minutes after so many rows have come
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    first = Glance.objects.order_by("pk").values_list("pk", flat=True)[0]
    begun = time.perf_counter()
    turnings(first, first + LIGHTS - 1)
    print(f"  {time.perf_counter() - begun:6.1f} s the lights of {LIGHTS} matters judged anew")
    begun = time.perf_counter()
    wrong = acts.relight(by=clock, on=TODAY)
    print(f"  {time.perf_counter() - begun:6.1f} s all lights compared with what is kept: {len(wrong)} wrong", flush=True)


def measure(given: argparse.Namespace) -> None:
    """Ask everything of the kept or newly made matters, and say what took too long."""
    from django.core.management import call_command

    from mianduimian.ledger.models import Glance
    from mianduimian.people.models import Person

    call_command("migrate", verbosity=0)
    import_module("mianduimian.house.wsgi")  # asked as the server is asked, in which the garbage of the start is gone
    if not Glance.objects.exists():
        fill(given.size)
    people = {person.username: person for person in Person.objects.filter(username__startswith="bench-")}
    asked = {name: (people["bench-office"], wanted) for name, wanted in questions().items()}
    asked |= {f"first page of {who}": (people[f"bench-{who}"], {}) for who in ("unit", "supervisor", "leader")}
    wanted = {name: question for name, question in asked.items() if given.only in name}
    slow = [name for name, (who, filters) in wanted.items() if ask(who, name, filters, given.times) > LIMIT]
    print(f"  over {LIMIT} ms: {', '.join(slow) or 'none'}; load of the machine {os.getloadavg()[0]:.1f}")


def run(database: str, given: argparse.Namespace) -> None:
    """A process of its own for each database, which it leaves as it was found unless told to keep it."""
    words = [sys.executable, "-m", "bench.ledger", "--inside", "--size", str(given.size), "--times", str(given.times)]
    words += ["--only", given.only]
    from tests.live import own_database

    with ExitStack() as stack:
        folder = given.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="mianduimian-bench-"))
        around = {key: value for key, value in os.environ.items() if not key.startswith(AROUND)}
        around["MIANDUIMIAN_DATA"] = str(folder)
        if database == "postgresql":
            around["DATABASE_URL"] = given.database or stack.enter_context(own_database(POSTGRES))
        subprocess.run(words, env=around, check=True)


def main() -> None:
    given = arguments()
    if given.inside:
        furnish(Path(os.environ["MIANDUIMIAN_DATA"]))
        measure(given)
        return
    given.on = "postgresql" if given.database else given.on
    for database in [given.on] if given.on else ["sqlite", "postgresql"]:
        print(f"{database}, {given.size} matters", flush=True)
        run(database, given)


if __name__ == "__main__":
    main()
