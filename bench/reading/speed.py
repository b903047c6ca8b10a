"""How long a cold process reads and groups texts, how much memory that takes, and how it grows."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.reading.finding import Figure, Finding
from mianduimian.text.events import Index, Words

HOUSE = str(Path(sys.executable).with_name("mianduimian"))
SIZES = ((881, 20.0), (4300, 75.0))
ASKED = 20


def measure(folder: Path) -> Finding:
    """Seconds for 881 and 4,300 texts from the command line, and milliseconds for one new text."""
    lines = (folder / "appeals_events.jsonl").read_text("utf-8").splitlines()
    figures = []
    with tempfile.TemporaryDirectory() as name:
        for size, aim in SIZES:
            seconds = _seconds(Path(name), _many(lines, size))
            figures.append(Figure(f"seconds for {size} texts, cold", seconds, aim, down=True))
    rows = [Words(at, row["title"], row["body"], row["time"]) for at, row in enumerate(map(json.loads, lines))]
    index = Index(rows)
    begun = time.perf_counter()
    for row in rows[:ASKED]:
        index.likest(f"{row.title} {row.body}")
    took = (time.perf_counter() - begun) / ASKED * 1000
    figures.append(Figure(f"milliseconds for one new text against {len(rows)}", took, 50.0, down=True))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    figures.append(Figure("megabytes of memory, the largest of these runs", memory, 4096, down=True))
    return Finding("Speed", "the command `mianduimian text events` in a process of its own", figures)


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
