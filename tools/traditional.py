"""繁體: the Simplified texts of the interface as officials write them in Traditional characters."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import opencc

OVERRIDES = Path(__file__).with_suffix(".tsv")


def overrides(file: Path = OVERRIDES) -> list[tuple[str, str]]:
    """Pairs of what the converter writes and what officials write, the longest first."""
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return sorted(((given, wanted) for given, wanted, *_ in lines), key=lambda pair: (-len(pair[0]), pair))


def converter(pairs: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """What turns a Simplified text into an official Traditional one; placeholders are Latin and stay."""
    hong_kong = opencc.OpenCC("s2hk")
    pairs = list(pairs)

    def convert(text: str) -> str:
        text = hong_kong.convert(text)
        for given, wanted in pairs:
            text = text.replace(given, wanted)
        return text

    return convert


def filled(catalogue: str, convert: Callable[[str], str]) -> str:
    """A catalogue whose answers repeat its questions, with the answers converted; Chinese needs no plural answers."""
    return "".join(_answers(catalogue.splitlines(keepends=True), convert))


def _answers(lines: Iterable[str], convert: Callable[[str], str]) -> Iterator[str]:
    speaking = ""
    for line in lines:
        if not line.startswith('"'):
            speaking = line.split(maxsplit=1)[0] if line.strip() else ""
        if speaking in ("msgstr", "msgstr[0]"):
            yield convert(line)
        elif not speaking.startswith("msgstr"):
            yield line
