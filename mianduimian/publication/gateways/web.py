"""网上通道: one HTTP question and its answer, in which "never reached" is told apart from "perhaps taken"."""

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mianduimian.publication.gateways.letter import Unclear, Undelivered, Unwanted

MOST = 64 * 1024  # so much of an answer is read
LATER = {408, 425, 429, 503}  # the gateway says of itself that it took nothing


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    text: str

    @property
    def data(self) -> dict[str, object]:
        """The answer as JSON; anything else is nothing."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def check(self) -> "Answer":
        """This answer, if it is a yes; raised as what it means otherwise."""
        if self.status < 300:
            return self
        said = f"HTTP {self.status} {self.text[:80]}".strip()
        if self.status in LATER:
            raise Undelivered(said)
        if 400 <= self.status < 500:
            raise Unwanted(said)
        raise Unclear(said)


@dataclass(frozen=True)
class Question:
    """One request: where, what, and how long it is waited for altogether."""

    url: str
    method: str = "POST"
    body: str = ""
    head: Mapping[str, str] = field(default_factory=dict)
    patience: float = 10


def ask(question: Question) -> Answer:
    """Put one question: Undelivered when nobody was reached, Unclear when the line broke after it was put."""
    parts = urlsplit(question.url)
    line = _line(parts.scheme, parts.netloc, question.patience)
    until = time.monotonic() + question.patience
    try:
        line.connect()
    except (OSError, http.client.HTTPException) as error:
        raise Undelivered(f"{parts.hostname}：{error}"[:200]) from error
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request(question.method, target, question.body.encode() or None, dict(question.head))
        answer = line.getresponse()
        return Answer(answer.status, _read(answer, until))
    except (OSError, http.client.HTTPException) as error:
        raise Unclear(f"{parts.hostname}：{error or type(error).__name__}"[:200]) from error
    finally:
        line.close()


def _line(scheme: str, host: str, patience: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, timeout=patience, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, timeout=patience)


def _read(answer: http.client.HTTPResponse, until: float) -> str:
    """The answer to its end or its limit; who answers byte by byte is not waited for longer than anybody else."""
    read = b""
    while len(read) < MOST and (block := answer.read1(MOST)):
        read += block
        if time.monotonic() > until:
            raise TimeoutError("timed out")
    return read.decode("utf-8", "replace")
