"""洪水: 10,000 posts in a minute from one address, then from 500, and 200 citizens among them; the desk is looked at meanwhile.

`python -m bench.flood [--posts 10000] [--data FOLDER]`: prints figures, ends with 1 when an aim is missed.
"""

import argparse
import asyncio
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote_plus, urlencode

from tests.live import environment, free_port, house, own_database, run, wait_until_it_answers

CITIZENS, DEADLINE, AIM = 200, 30, 0.99
HIDDEN = re.compile(r'name="(pass|token|csrfmiddlewaretoken)" value="([^"]*)"')
OPEN = """
from django.utils.timezone import localdate
from mianduimian.solicitation.models import Call
from mianduimian.intake.models import Submission
call = Call.objects.open_on(localdate()).get()
Call.objects.filter(pk=call.pk).update(channels=sorted({*call.channels, "web"}))
print(call.round.code)
"""
COUNT = """
from mianduimian.intake.models import Submission, Token
texts = list(Submission.objects.filter(channel="web", text__contains="洪水压测").values_list("text", flat=True))
honest = [text for text in texts if "群众" in text]
print(len(texts), len(set(texts)), len(honest), len(set(honest)))
"""


@dataclass
class Browser:
    """One visitor: its cookies and the address a proxy of ours would write down."""

    port: int
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    async def ask(self, path: str, typed: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """One request on a line of its own, as through a proxy; status, heads, page."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(typed).encode() if typed else b""
        heads = {
            "Host": "127.0.0.1",
            "X-Forwarded-For": self.address,
            "Connection": "close",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if typed:
            heads |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{'POST' if typed else 'GET'} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in heads.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        raw = await reader.read(-1)
        writer.close()
        head, _gap, page = raw.partition(b"\r\n\r\n")
        return self._read(head.decode("latin-1").split("\r\n"), page.decode("utf-8", "replace"))

    def _read(self, lines: list[str], page: str) -> tuple[int, dict[str, str], str]:
        heads = {}
        for line in lines[1:]:
            name, _colon, value = line.partition(": ")
            heads[name.lower()] = value
            if name.lower() == "set-cookie":
                cookie, _equals, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        return int(lines[0].split(" ")[1]) if lines[0] else 0, heads, page


@dataclass
class Figures:
    """What was seen."""

    desk: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    late: int = 0
    posts: dict[int, int] = field(default_factory=dict)
    faults: int = 0


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a form."""
    return dict(HIDDEN.findall(page))


async def citizen(browser: Browser, path: str, number: str, seen: Figures, dice: Random) -> None:
    """Opens the form, types for a while, presses; waits and presses again where asked to."""
    await asyncio.sleep(dice.random() * 25)
    _status, _heads, page = await browser.ask(path)
    typed = hidden(page) | {"text": f"洪水压测：群众{number}说路灯坏了", "place": "东华路口"}
    await asyncio.sleep(2 + 2 * dice.random())
    began = time.monotonic()
    while time.monotonic() - began < DEADLINE:
        status, heads, page = await browser.ask(path, typed)
        if status == 302:
            seen.waits.append(time.monotonic() - began)
            return
        typed |= hidden(page)
        await asyncio.sleep(int(heads.get("retry-after", "1")) + 0.5)
    seen.late += 1


async def flood(port: int, path: str, addresses: list[str], posts: int, over: float, patient: float, seen: Figures) -> None:
    """Posts at an even pace, each with a form of its own; a few are patient enough to wait and press again."""
    first = Browser(port, addresses[0])
    _status, _heads, page = await first.ask(path)
    form, dice, began, gate = hidden(page), Random(1), time.monotonic(), asyncio.Semaphore(64)

    async def one(number: int) -> None:
        browser = Browser(port, addresses[number % len(addresses)], dict(first.cookies))
        typed = form | {"text": f"洪水压测：{number} {secrets.token_hex(4)}", "token": secrets.token_urlsafe(24)}
        async with gate:
            status, heads, answered = await browser.ask(path, typed)
        seen.posts[status] = seen.posts.get(status, 0) + 1
        if status == 429 and dice.random() < patient:
            await asyncio.sleep(int(heads.get("retry-after", "10")) + 0.5)
            await browser.ask(path, typed | hidden(answered))

    async def safe(number: int) -> None:
        try:
            await one(number)
        except OSError:
            seen.faults += 1

    tasks = []
    for number in range(posts):
        await asyncio.sleep(max(began + number * over / posts - time.monotonic(), 0))
        tasks.append(asyncio.create_task(safe(number)))
    await asyncio.gather(*tasks)


async def desk(browser: Browser, pages: list[str], seen: list[float], stop: asyncio.Event) -> None:
    """A clerk who opens one page after the other."""
    while not stop.is_set():
        for page in pages:
            began = time.monotonic()
            status, _heads, _text = await browser.ask(page)
            seen.append(time.monotonic() - began if status == 200 else 99)
            await asyncio.sleep(0.4)


async def entered(port: int) -> Browser:
    """A clerk of the sample, logged in."""
    browser = Browser(port, "10.0.0.9")
    _status, _heads, page = await browser.ask("/accounts/login/")
    await browser.ask("/accounts/login/", hidden(page) | {"login": "office", "password": "mdm-demo-2026"})
    return browser


async def scene(port: int, path: str, addresses: list[str], asked: argparse.Namespace) -> Figures:
    """One minute of flood with two hundred citizens, fifty of them behind a flooded address."""
    seen, stop, dice = Figures(), asyncio.Event(), Random(2)
    mark = secrets.token_hex(3)
    clerk = asyncio.create_task(desk(await entered(port), ["/", "/desk/ledger"], seen.desk, stop))
    people = [
        citizen(
            Browser(port, addresses[n % len(addresses)] if n % 4 == 0 else f"198.51.{n // 250}.{n % 250}"),
            path,
            f"{mark}{n}",
            seen,
            dice,
        )
        for n in range(CITIZENS)
    ]
    await asyncio.gather(flood(port, path, addresses, asked.posts, 60 * asked.minutes, asked.patient, seen), *people)
    stop.set()
    await clerk
    return seen


def share(values: list[float], part: float) -> float:
    """The value below which so large a part lies."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)] if values else 0


def told(name: str, seen: Figures) -> bool:
    """Print what was seen; whether the aim was reached."""
    through = sum(wait <= DEADLINE for wait in seen.waits) / CITIZENS
    print(f"{name}: posts by status {dict(sorted(seen.posts.items()))}, lines refused {seen.faults}")
    waits, desk = ([share(values, part) for part in (0.5, 0.95)] for values in (seen.waits, seen.desk))
    print(f"  citizens through within {DEADLINE} s: {through:.1%}; p50 {waits[0]:.1f} s, p95 {waits[1]:.1f} s")
    print(f"  desk: {len(seen.desk)} pages, p50 {desk[0] * 1000:.0f} ms, p95 {desk[1] * 1000:.0f} ms", flush=True)
    return through >= AIM


@contextmanager
def opened(around: dict[str, str]) -> Iterator[int]:
    """The house as it is served: pages, worker and clock."""
    port = free_port()
    process = subprocess.Popen([house(), "serve", "--port", str(port)], env=around, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def main() -> int:
    """A house of its own with the sample, flooded twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--patient", type=float, default=0.01)
    parser.add_argument("--data", type=Path, help="a data folder made by `mianduimian demo --load-only`, to be copied")
    asked = parser.parse_args()
    scenes = {"one address": ["203.0.113.7"], "500 addresses": [f"203.0.{112 + n // 250}.{n % 250}" for n in range(500)]}
    with tempfile.TemporaryDirectory() as folder, own_database("") as database:
        around = environment(Path(folder), database) | {"MIANDUIMIAN_PROXIES": "127.0.0.1"}
        if asked.data:
            shutil.copytree(asked.data, folder, dirs_exist_ok=True)
            run(around, "migrate", "--verbosity", "0")
        else:
            run(around, "demo", "--load-only")
        run(around, "daily")  # what the clock does once a day is not the flood's doing
        code = run(around, "shell", "--no-imports", "-c", OPEN).strip()
        good = True
        with opened(around) as port:
            for name, addresses in scenes.items():
                good &= told(name, asyncio.run(scene(port, f"/public/{quote_plus(code)}/speak", addresses, asked)))
        stored, once, honest, honest_once = map(int, run(around, "shell", "--no-imports", "-c", COUNT).split())
    print(f"stored {stored}, of them citizens' {honest}; stored twice {stored - once}")
    return 0 if good and stored == once and honest == honest_once else 1


if __name__ == "__main__":
    sys.exit(main())
