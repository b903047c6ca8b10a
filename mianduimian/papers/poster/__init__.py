"""大幅: a chart for the wall, from plain data to one PDF on A3 or A1, the same words as on the screen and no others."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

import typst

from mianduimian.papers.pdf.fonts import SANS, known_fonts

PRELUDE: Final = (Path(__file__).parent / "poster.typ").read_text("utf-8")
PAPERS: Final = {"a3": (420, 297), "a1": (841, 594)}  # millimetres, across
ROWS: Final = 18  # rows that stand on one sheet at the usual size
SMALLEST, USUAL, LARGEST = 0.75, 1.0, 1.35


@dataclass(frozen=True)
class Bit:
    """字: some words in one tone: green, yellow, red, none, quiet, strong, road."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Square:
    """格: one week of one row: lines of bits, and whether the bar runs through it."""

    lines: tuple[tuple[Bit, ...], ...] = ()
    span: bool = False


@dataclass(frozen=True)
class Strip:
    """行: what stands in front, line by line, then its weeks."""

    head: tuple[tuple[Bit, ...], ...]
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Poster:
    """大幅: title, one sentence, figures, weeks across, rows down, the legend beneath."""

    title: str
    lead: str
    figures: tuple[tuple[Bit, ...], ...]
    corner: str
    weeks: tuple[tuple[str, ...], ...]
    today: tuple[int, float]  # which week, and how far into it
    road: Strip
    rows: tuple[Strip, ...]
    legend: tuple[tuple[Bit, ...], ...]
    on: date


def scale(paper: str, rows: int) -> float:
    """How large the letters are: few rows are written large, many small, but never so small that nobody reads them."""
    fitting = min(LARGEST, max(SMALLEST, ROWS / max(rows, 1)))
    return round(fitting * PAPERS[paper][1] / PAPERS["a3"][1], 3)


def poster_pdf(poster: Poster, paper: str = "a3", folder: Path | None = None) -> bytes:
    """The PDF of a chart; what stands on it comes as data, so nothing that was typed is ever a command."""
    width, height = PAPERS[paper]
    told = asdict(poster) | {"on": None, "width": width, "height": height, "scale": scale(paper, len(poster.rows)), "faces": SANS}
    source = json.dumps(told, ensure_ascii=False)
    compiler = typst.Compiler(PRELUDE.encode(), font_paths=known_fonts(folder), sys_inputs={"poster": source})
    printed = compiler.compile(format="pdf", timestamp=datetime.combine(poster.on, time(), UTC))
    if not isinstance(printed, bytes):
        raise TypeError("One chart is one file.")
    return printed
