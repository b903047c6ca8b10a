"""How long a cold process reads and groups texts, how much memory that takes, and how it grows."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.reading.finding import Figure, Finding
from mianduimian.text.events import Index, Words

HOUSE = str(Path(sys.executable).with_name("mianduimian"))
SIZES = ((881, 20.0), (4300, 75.0), (100_000, 900.0))
ASKED = 100


def measure(folder: Path) -> Finding:
    """Seconds for 881, 4,300 and 100,000 texts from the command line, and milliseconds for one new text against the last."""
    lines = (folder / "appeals_events.jsonl").read_text("utf-8").splitlines()
    figures = []
    with tempfile.TemporaryDirectory() as name:
        for size, aim in SIZES:
            seconds = _seconds(Path(name), _many(lines, size))
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            figures.append(Figure(f"seconds for {size} texts, cold", seconds, aim, True, f"{memory:.0f} MB at most so far"))
    figures.append(Figure("megabytes of memory, the largest of these runs", memory, 4096, down=True))
    many = _many(lines, SIZES[-1][0])
    index = Index([Words(row["id"], row["title"], row["body"], row["time"]) for row in many])
    asked = [Words(-1, row["title"], row["body"], row["time"]) for row in map(json.loads, lines[:: len(lines) // ASKED][:ASKED])]
    index.place(asked[0])
    figures += _asked("the nearest of", lambda one: index.likest(f"{one.title} {one.body}"), asked, len(many))
    figures += _asked("judged among", index.place, asked, len(many))
    how = "the command `mianduimian text events` in a process of its own; beyond the real texts, copies of them"
    return Finding("Speed", how, figures)


def _asked(what: str, ask: Callable[[Words], object], texts: list[Words], total: int) -> list[Figure]:
    """The median and the 95th percentile of asking for each of these texts, in milliseconds."""
    took = []
    for one in texts:
        begun = time.perf_counter()
        ask(one)
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    found = (("p50", took[len(took) // 2]), ("p95", took[int(len(took) * 0.95)]))
    return [Figure(f"milliseconds, one new text, {what} {total}, {name}", value, 50.0, down=True) for name, value in found]


def _many(lines: list[str], size: int) -> list[dict]:
    """So many rows; beyond the real ones, the same words with other numbers in them."""
    rows = [json.loads(lines[at % len(lines)]) for at in range(size)]
    return [row | {"id": at, "title": f"{row['title']}{at // len(lines) or ''}"} for at, row in enumerate(rows)]


def _seconds(folder: Path, rows: list[dict]) -> float:
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    begun = time.perf_counter()
    subprocess.run([HOUSE, "text", "events", "--read", source, "--out", folder / "out.jsonl"], check=True, capture_output=True)
    return time.perf_counter() - begun
