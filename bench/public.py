"""The public pages: weight of a first visit, compressed, and server time, on a round of a thousand appeals."""

import argparse
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.loading import furnish, run

LOADED = re.compile(r'(?:src|href)="(/(?:static|public/picture)/[^"#]*)"')
BAR_KB, BAR_MS = 150, 100


@dataclass(frozen=True)
class Measured:
    """One page: what a browser fetches on a first visit, and how long the server takes."""

    name: str
    page: int
    whole: int
    statements: int
    first: float
    median: float
    p95: float
    busy: float

    @property
    def line(self) -> str:
        sizes = f"{self.page / 1024:8.1f} {self.whole / 1024:8.1f}"
        return f"{self.name:44} {sizes} {self.statements:6} {self.first:8.1f} {self.median:8.1f} {self.p95:8.1f} {self.busy:8.1f}"


def arguments() -> argparse.Namespace:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--data", type=Path, help="a data folder that holds the sample; without it one is made and thrown away")
    given.add_argument("--appeals", type=int, default=1000, help="the round is filled up to so many matters")
    given.add_argument("--times", type=int, default=60, help="how often each page is opened")
    return given.parse_args()


def fill(round, wanted: int) -> None:
    """Fill the round up: copies of its matters with their words, so that searching and counting meet as many as asked for."""
    from mianduimian.ledger.acts import renew
    from mianduimian.ledger.models import Assignment, Closing, Matter, Reply, Settlement, Staging
    from mianduimian.people.models import Person
    from mianduimian.triage.models import Appeal

    originals = list(Matter.objects.of(round).select_related("appeal").order_by("pk"))
    number = Appeal.objects.filter(round=round).order_by("-number").first().number
    for n in range(max(0, wanted - len(originals))):
        source = originals[n % len(originals)]
        appeal, matter = Appeal.objects.get(pk=source.appeal_id), Matter.objects.get(pk=source.pk)
        appeal.pk, appeal.number, number = None, number + 1, number + 1
        appeal.title = f"{appeal.title[:100]}之{n}"
        appeal.save()
        matter.pk, matter.appeal, matter.number = None, appeal, f"{matter.number}-{n}"
        matter.save()
        for given in Assignment.objects.filter(matter=source):
            replies = list(Reply.objects.filter(assignment=given))
            given.pk, given.matter, given.number = None, matter, f"{given.number}-{n}"
            given.save()
            for reply in replies:
                reply.pk, reply.matter, reply.assignment = None, matter, given
                reply.save()
        for kind in (Settlement, Closing, Staging):
            for row in kind.objects.filter(matter=source):
                row.pk, row.matter = None, matter
                row.save()
    renew(by=Person.objects.clock(), on=round.opened_on)


def publish(round) -> None:
    """Every text is drafted by one clerk and released by another."""
    from mianduimian.people.models import Person
    from mianduimian.publication import acts
    from mianduimian.publication.models import Draft

    today = round.opened_on
    first, second = (Person.objects.get(username=name) for name in ("office", "office2"))
    acts.draft_all(round, by=first, on=today)
    for hand, other in ((first, second), (second, first)):
        acts.release_drafts(Draft.objects.of(round).waiting().filter(by=hand).values_list("pk", flat=True), by=other, on=today)


def fetched(client, address: str) -> bytes:
    """What goes over the line to a browser that takes gzip."""
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, (address, answer.status_code)
    return b"".join(answer) if answer.streaming else answer.content


def measure(client, name: str, address: str, times: int) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took, spent, asked = [], [], 0
    for _n in range(times):
        with CaptureQueriesContext(connection) as statements:
            begun, busy = time.perf_counter(), time.process_time()
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            took.append((time.perf_counter() - begun) * 1000)
            spent.append((time.process_time() - busy) * 1000)
        asked = asked or len(statements)
    page = len(fetched(client, address))
    html = answer.get("Content-Type", "").startswith("text/html")
    loaded = {link.replace("&amp;", "&") for link in LOADED.findall(body.decode())} if html else set()
    pictures = {link for link in loaded if "picture" in link and "small=1" not in link}
    whole = page + sum(len(fetched(client, link)) for link in loaded - pictures)
    warm, busy = sorted(took[1:]), sorted(spent[1:])
    last = int(len(warm) * 0.95)
    return Measured(name, page, whole, asked, took[0], statistics.median(warm), warm[last], busy[last])


def pages(round) -> dict[str, str]:
    from django.urls import reverse
    from django.utils.timezone import localdate

    from mianduimian.ledger.models import Glance
    from mianduimian.publication.models import open_calls
    from mianduimian.triage.models import Part

    def of(name: str, *more: object) -> str:
        return reverse(f"publication:{name}", args=[round.code, *more])

    said = Part.objects.filter(appeal__round=round).order_by("pk").first().submission
    call = open_calls(localdate()).first()
    asking = {"speak": reverse("publication:speak", args=[call.round.code])} if call else {}
    return asking | {
        "front page": reverse("publication:rounds"),
        "round": of("round"),
        "matters": of("matters"),
        "matters, searched": of("matters") + "?q=路灯",
        "matters, searched without a hit": of("matters") + "?q=龙凤呈祥",
        "matters, filtered by region and stage": of("matters") + "?region=441602&state=settled",
        "one matter": of("matter", Glance.objects.filter(round=round).first().pk),
        "pictures": of("pictures"),
        "open data": reverse("publication:data"),
        "journal": reverse("publication:journal"),
        "subscribe": reverse("publication:subscribe"),
        "find a receipt": reverse("publication:find"),
        "a receipt": reverse("publication:receipt", args=[said.receipt]),
        "feed (atom)": reverse("publication:feed", args=["round", round.code, "atom"]),
    }


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="mianduimian-bench-") as own:
        furnish(given.data or Path(own))
        from django.test import Client

        from mianduimian.house.static import lay_out
        from mianduimian.publication.models import Release

        if not given.data:
            print(f"mianduimian demo --load-only: {run('demo', '--load-only')[1]:.1f} s")
        round = Release.objects.filter(withdrawn_on=None).order_by("pk").first().round
        lay_out()
        fill(round, given.appeals)
        publish(round)
        client = Client(SERVER_NAME="localhost")
        print(f"{'':44} {'KB':>8} {'first KB':>8} {'asked':>6} {'cold ms':>8} {'median':>8} {'p95':>8} {'CPU p95':>8}")
        found = [measure(client, name, address, given.times) for name, address in pages(round).items()]
        for one in found:
            print(one.line)
        heavy, slow, busy = (max(one.__dict__[name] for one in found) for name in ("whole", "p95", "busy"))
        print(f"heaviest first visit {heavy / 1024:.0f} KB (bar {BAR_KB})")
        print(f"slowest p95 {slow:.0f} ms, of it {busy:.0f} ms CPU (bar {BAR_MS})")


if __name__ == "__main__":
    main()
