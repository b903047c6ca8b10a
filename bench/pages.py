"""Statements and milliseconds of every page on the sample: each role walks from its desk along the links that it is shown."""

import argparse
import re
import statistics
import tempfile
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.loading import furnish, run

LINK = re.compile(r'<a\s[^>]*href="(/[^"#]*)', re.I)
LEAVING = ("/accounts/", "/static/", "/i18n/")
SAMPLE = [("demo", "--load-only")]
EACH = 3


@dataclass
class Seen:
    """What was measured of one page: over several rows and several roles."""

    statements: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    size: int = 0


def arguments() -> argparse.Namespace:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--data", type=Path, help="a data folder that holds the sample; without it one is made and thrown away")
    given.add_argument("--each", type=int, default=EACH, help="how many rows of one kind of page each role opens")
    return given.parse_args()


def one_person_a_role() -> dict:
    """Whoever holds a role first."""
    from mianduimian.people.models import Post

    posts = Post.objects.filter(until=None, person__is_active=True).exclude(role="clock").select_related("person").order_by("pk")
    return {post.role: post.person for post in reversed(posts)}


def measure(client, address: str, seen: Seen) -> str:
    """Open a page once and keep what it cost; what it shows is returned."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as statements:
        begun = time.perf_counter()
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        took = time.perf_counter() - begun
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return ""
    seen.statements.append(len(statements))
    seen.milliseconds.append(took * 1000)
    seen.size = max(seen.size, len(body))
    return body.decode()


def walk(client, start: str, each: int, found: dict[str, Seen]) -> None:
    """Follow the links from a start page, a few of each kind."""
    from django.urls import Resolver404, resolve

    waiting, met, opened = deque([start]), {start}, {}
    while waiting:
        address = waiting.popleft()
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            print(f"dead link: {address}")
            continue
        opened[name] = opened.get(name, 0) + 1
        if opened[name] > each:
            continue
        body = measure(client, address, found.setdefault(name, Seen()))
        links = [link.replace("&amp;", "&") for link in LINK.findall(body)]
        fresh = [link for link in dict.fromkeys(links) if link not in met and not link.startswith(LEAVING)]
        met.update(fresh)
        waiting.extend(fresh)


def report(found: dict[str, Seen]) -> None:
    print(f"{'page':40} {'opened':>6} {'statements':>11} {'ms median':>10} {'ms max':>8} {'KB':>6}")
    for name, seen in sorted(found.items()):
        if seen.statements:
            median, slowest = statistics.median(seen.milliseconds), max(seen.milliseconds)
            most, kilobytes = max(seen.statements), seen.size / 1024
            print(f"{name:40} {len(seen.statements):6} {most:11} {median:10.1f} {slowest:8.1f} {kilobytes:6.0f}")
    everything = [took for seen in found.values() for took in seen.milliseconds]
    if everything:
        ninth = sorted(everything)[int(len(everything) * 0.9)]
        print(f"{len(everything)} pages opened; median {statistics.median(everything):.1f} ms, p90 {ninth:.1f} ms")


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="mianduimian-bench-") as own:
        furnish(given.data or Path(own))
        from django.test import Client

        if not given.data:
            for words in SAMPLE:
                print(f"mianduimian {' '.join(words)}: {run(*words)[1]:.1f} s")
        found: dict[str, Seen] = {}
        walk(Client(SERVER_NAME="localhost"), "/", given.each, found)
        for person in one_person_a_role().values():
            client = Client(SERVER_NAME="localhost")
            client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
            walk(client, "/", given.each, found)
        report(found)


if __name__ == "__main__":
    main()
