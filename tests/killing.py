"""Senders killed without warning while real servers fail beside them; what each server handed out is counted."""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from mianduimian.publication.tests.servers import Post
from tests.live import environment, house, own_database, run

KILLS, SEED = 24, 20261127
FAULTS = {
    "busy": 0.05,
    "never": 0.01,
    "cut before": 0.04,
    "cut after": 0.04,
    "wrong after": 0.02,
    "stale token": 0.02,
    "slow": 0.03,
}


def post(number: int = 0) -> Post:
    """A post office with its faults; a slow answer is slower than it is waited for."""
    return Post(faults=FAULTS, dice=Random(SEED + number), slow=1.3)


@contextmanager
def housed(folder: Path, channels: str, load: str) -> Iterator[dict[str, str]]:
    """A house of its own with these ways out, filled by a script; yields its environment."""
    (folder / "channels.toml").write_text(channels, "utf-8")
    with own_database(os.environ.get("DATABASE_URL", "")) as database:
        around = environment(folder, database) | {"MIANDUIMIAN_CHANNELS": str(folder / "channels.toml")}
        run(around, "migrate", "--verbosity", "0")
        run(around, "shell", "--no-imports", "-c", load)
        yield around


def handed(posts: list[Post]) -> Counter[str]:
    """Key → how often it was handed out."""
    return sum((post.handed for post in posts), Counter())


def killed_again_and_again(around: dict[str, str], words: list[str], posts: list[Post]) -> int:
    """Start the sender until it was killed often enough in the middle of its work; says how often."""
    dice, kills = Random(SEED), 0
    for _try in range(3 * KILLS):
        kills += _killed_somewhere(around, words, posts, dice)
        if kills == KILLS:
            break
    return kills


def _killed_somewhere(around: dict[str, str], words: list[str], posts: list[Post], dice: Random) -> bool:
    """Let a sender work until it has sent a few more, wait a random blink, and kill it without warning."""
    before, more = handed(posts).total(), dice.randrange(1, 12)
    sender = subprocess.Popen([house(), *words], env=around, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while handed(posts).total() < before + more and sender.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(dice.random() * 0.02)
    sender.send_signal(signal.SIGKILL)
    return sender.wait(20) == -signal.SIGKILL


def until_nothing_is_left(around: dict[str, str], words: list[str], nothing: str) -> None:
    """Let senders work undisturbed until one of them finds nothing to do."""
    for _run in range(60):
        if run(around, *words).strip() == nothing:
            return
    raise AssertionError("there is always something left")
