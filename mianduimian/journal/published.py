"""公布的链头: the list of days as it was published, read from CSV or JSON, whoever kept the copy."""

import csv
import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

from mianduimian.journal.rules import GENESIS
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _

SECONDS = 30
MOST = 50 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Published:
    """One published day: the last line as it began, and that line's hash."""

    on: str
    number: int
    hash: str


def fetch(source: str) -> list[Published]:
    """A copy that lies on this machine or at a web address."""
    try:
        if source.startswith(("http://", "https://")):
            with urlopen(source, timeout=SECONDS) as answer:  # noqa: S310 only these two schemes come here
                return read(answer.read(MOST).decode("utf-8-sig"))
        return read(Path(source).read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise Refused(_("读不到 %(source)s：%(why)s"), source=source, why=str(fault)) from None


def read(text: str) -> list[Published]:
    """The days of a published list."""
    try:
        if text.lstrip().startswith("{"):
            return [_day(str(day["on"]), day["number"], day["hash"]) for day in json.loads(text)["days"]]
        return [_day(row["on"], row["number"], row["hash"]) for row in csv.DictReader(StringIO(text))]
    except (KeyError, TypeError, ValueError):
        raise Refused(_("这不是公布的链头清单：每天须有 on、number、hash 三项。")) from None


def _day(on: str, number: object, last: str) -> Published:
    if len(last) != len(GENESIS):
        raise ValueError(last)
    return Published(on, int(str(number)), last.lower())
