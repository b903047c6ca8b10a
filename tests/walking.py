"""The walk of protection: every address with every value that fits it, every link found on the way, every file opened."""

import logging
from contextlib import suppress
from datetime import timedelta
from html import unescape
from io import BytesIO
from itertools import islice, product
from re import findall
from urllib.parse import parse_qsl, urlsplit
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from mianduimian.lookback import acts as lookback
from mianduimian.lookback.models import Link, Visit
from mianduimian.lookback.rules import digest
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from tests.test_rights import NAMES

MOST = 4  # values of one table tried in one address
LINKS = 250  # links followed beyond the named addresses
FORBIDDEN = 403
CHOSEN = {
    "form": ["csv", "json", "atom", "rss"],
    "scope": ["round", "all"],
    "kind": ["matter", "promise"],
}  # words of an address that are no code
ASKED = 40  # ways of asking one address
OF_A_LINK = "lookback:say"
OF_A_RECEIPT = {f"publication:{name}" for name in ("receipt", "more", "not_mine", "rate", "unsolved")}


def shown(answer) -> str:
    """All that an answer gives away: its text, the address it sends on to, and what is inside a Word, Excel, zip or PDF file."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = " ".join(
        f"{name}: {value}" for name, value in answer.items() if name not in ("Set-Cookie", "Content-Security-Policy")
    )
    return f"{heads}\n{inside(raw)}"


def inside(raw: bytes) -> str:
    """What a file says, its packed parts too."""
    if raw.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(raw)) as file:
                return "\n".join(inside(file.read(name)) for name in file.namelist())
        except BadZipFile:
            pass
    if raw.startswith(b"%PDF"):
        try:
            return "\n".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages)
        except PdfReadError:
            pass
    return unescape(raw.decode("utf-8", "replace"))


def values(name: str) -> list[dict]:
    """What one address can be asked with: keys of every table of its room, codes of rounds, receipts, links, forms of files."""
    words = _links() if name == OF_A_LINK else _receipts() if name in OF_A_RECEIPT else _rounds()
    numbers = _numbers(name.partition(":")[0])
    offered = [
        CHOSEN.get(key, words) if type(converter).__name__ == "StringConverter" else numbers
        for key, converter in NAMES[name].items()
    ]
    return [dict(zip(NAMES[name], given, strict=True)) for given in islice(product(*offered), ASKED)]


def _numbers(room: str) -> list[int]:
    rooms = [config for config in apps.get_app_configs() if config.label in (room, "ledger", "triage")]
    tables = [table for config in rooms for table in config.get_models() if isinstance(table._meta.pk, models.AutoField)]
    return sorted({pk for table in tables for pk in table.objects.values_list("pk", flat=True)[:MOST]})


def _rounds() -> list[str]:
    return list(apps.get_model("solicitation", "Round").objects.values_list("code", flat=True))


def _receipts() -> list[str]:
    return list(apps.get_model("intake", "Submission").objects.values_list("receipt", flat=True))


def _links() -> list[str]:
    """The secret of a citizen's link: one of every visit that may still be answered, one that was used, one that is over."""
    today, tokens = localdate(), []
    for visit in Visit.objects.order_by("pk"):
        with suppress(Refused):
            tokens.append(lookback.link(visit, by=Person.objects.clock(), on=today).rstrip("/").rsplit("/", 1)[1])
    used = Visit.objects.filter(answer__isnull=False).first()
    for token, until in (("used" + "2" * 16, today), ("0ver" + "2" * 16, today - timedelta(1))):
        if used:
            Link.objects.get_or_create(digest=digest(token), defaults={"visit": used, "until": until, "on": today})
            tokens.append(token)
    return tokens


def addresses() -> list[list[str]]:
    """Every named address with everything that fits it."""
    return [[reverse(name, kwargs=given) for given in values(name)] for name in NAMES]


class Walk:
    """One person's walk through the house: what is shown at each address that lets them in, then at each link found there."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.seen: set[str] = set()
        self.kinds: set[tuple] = set()
        self.left: list[str] = []

    def through(self, named: list[list[str]]):
        """Address by address, what is shown there; a closed door is knocked at once."""
        for urls in named:
            for url in urls:
                status, text = self._at(url)
                yield url, text
                if status == FORBIDDEN:
                    break
        for _time in range(LINKS):
            if self.left:
                url = self.left.pop(0)
                yield url, self._at(url)[1]

    def _at(self, url: str) -> tuple[int, str]:
        answer = self.client.get(url)
        assert answer.status_code < 500, url
        text = shown(answer)
        self.seen.add(url)
        if "html" in answer.get("Content-Type", ""):
            self._follow(url, text)
        return answer.status_code, text

    def _follow(self, url: str, text: str) -> None:
        """Note the links of a page, one of each kind: the same path shape asked with the same keys."""
        for link in findall(r'(?:href|action|src|data-[a-z-]+)="(/[^"#]*|\?[^"#]*)', text):
            target = urlsplit(link if link.startswith("/") else urlsplit(url).path + link)
            keys = tuple(sorted(key for key, _value in parse_qsl(target.query)))
            kind = (tuple("#" if part.isdecimal() else part for part in target.path.split("/")), keys)
            whole = f"{target.path}?{target.query}" if target.query else target.path
            if (
                kind not in self.kinds
                and whole not in self.seen
                and not target.path.startswith(("/static", "/accounts/logout", "/i18n"))
            ):
                self.kinds.add(kind)
                self.left.append(whole)


class Heard(logging.Handler):
    """Everything the house says to its log while this listens."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line with what it carries."""
        self.lines.append(f"{record.getMessage()} {record.__dict__}")
