"""会场大屏: what 300 screens at once cost the server, and how soon each shows what the secretary wrote.

python -m bench.board [--viewers 300] [--seconds 20]
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bench.loading import furnish, open_round
from tests.live import environment, free_port, house, run, wait_until_it_answers

EVERY = 0.5  # seconds between two questions of a screen, as board.js asks
APART = 2.0  # seconds between two things the secretary writes
LATE = 1.0  # seconds within which every screen should show it


@dataclass
class Seen:
    """What the screens saw: how long each question took, and when each picture came."""

    took: list[float] = field(default_factory=list)
    pictures: list[tuple[float, str]] = field(default_factory=list)
    lost: int = 0


async def look(host: str, port: int, path: str, until: float, seen: Seen) -> None:
    """One screen: asks twice a second on one connection, with the tag of the picture it has."""
    reader, writer = await asyncio.open_connection(host, port)
    tag = ""
    while time.monotonic() < until:
        begun = time.monotonic()
        known = f"If-None-Match: {tag}\r\n" if tag else ""
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n{known}\r\n".encode())
        try:
            status, heads, body = await answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            seen.lost += 1
            reader, writer = await asyncio.open_connection(host, port)
            continue
        seen.took.append(time.monotonic() - begun)
        if status == "200":
            tag = heads.get("etag", "")
            seen.pictures.append((time.monotonic(), body.decode()))
        await asyncio.sleep(max(0.05, EVERY - (time.monotonic() - begun)))
    writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[str, dict[str, str], bytes]:
    """One answer of the server: status, heads and body."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    heads = {key.lower(): value.strip() for key, _colon, value in (line.partition(":") for line in lines[1:] if line)}
    return lines[0].split()[1], heads, await reader.readexactly(int(heads.get("content-length") or 0))


async def play(url: str, path: str, viewers: int, seconds: float, write) -> tuple[Seen, list[tuple[float, str]]]:
    """All screens look on while the secretary writes."""
    place, seen, wrote = urlsplit(url), Seen(), []
    until = time.monotonic() + seconds
    looking = [asyncio.create_task(look(place.hostname, place.port, path, until, seen)) for _one in range(viewers)]
    number = 0
    while time.monotonic() < until - APART - LATE:
        await asyncio.sleep(APART)
        number += 1
        word = f"第{number}问：路口何时整治"
        await asyncio.to_thread(write, word)
        wrote.append((time.monotonic(), word))
    await asyncio.gather(*looking)
    return seen, wrote


def hall():
    """A round with a meeting under way; the link of its screen, and how the secretary writes one exchange."""
    from django.urls import reverse
    from django.utils.timezone import localdate

    from mianduimian.meeting import acts
    from mianduimian.meeting.rules import Planning, Seating, Spoken
    from mianduimian.people.models import Person, Unit
    from mianduimian.solicitation.models import Round

    on = localdate()

    round = Round.objects.get(code=open_round(on))
    clerk = Person.objects.get(username="clerk")
    begins = datetime.now(ZoneInfo("Asia/Shanghai"))
    meeting = acts.plan(round, Planning("市长", "市会议中心", begins), by=clerk, on=on)
    asks = acts.seat(meeting, Seating("npc", "人大代表"), by=clerk, on=on)
    unit = Unit.objects.get(key="traffic_police").key

    def write(word: str) -> None:
        acts.exchange(meeting, Spoken(asks.pk, word, unit, measure="本周内到现场"), by=clerk, on=on)

    return reverse("meeting:screen_now", args=[acts.display(meeting, by=clerk, on=on).token]), write


@contextmanager
def served(around: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The server as an operator starts it, in a group of processes of its own: its address and its number."""
    port = free_port()
    command = [house(), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=around, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(url, process)
        yield url, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def spent(group: int) -> float:
    """Seconds of processor time that a group of processes has used."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        used += (int(words[11]) + int(words[12])) if int(words[2]) == group else 0
    return used / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    """The value below which so large a share lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] * 1000


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--viewers", type=int, default=300)
    given.add_argument("--seconds", type=float, default=20)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="mianduimian-board-") as folder:
        around = environment(Path(folder), "")
        run(around, "migrate")
        furnish(Path(folder))
        path, write = hall()
        with served(around) as (url, group):
            before = spent(group)
            seen, wrote = asyncio.run(play(url, path, asked.viewers, asked.seconds, write))
            cost = spent(group) - before
    late = [shown - at for at, word in wrote for shown, picture in seen.pictures if word in picture and shown - at < APART]
    lines = [
        f"{asked.viewers} screens, {asked.seconds:.0f} s, {len(seen.took)} questions, {seen.lost} lost",
        f"  an answer takes {percentile(seen.took, 0.5):.0f} ms median, {percentile(seen.took, 0.95):.0f} ms p95",
        f"  what is written is shown after {percentile(late, 0.5):.0f} ms median, {percentile(late, 0.95):.0f} ms p95 "
        f"({len(wrote)} written, {len(late)} pictures of {len(wrote) * asked.viewers})",
        f"  the server spends {cost / asked.seconds * 100:.0f} % of one core",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
