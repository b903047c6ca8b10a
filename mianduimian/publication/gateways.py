"""发送通道: where a message leaves the house; the state of its delivery is kept with the message, not with the matter."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings


class Undelivered(Exception):
    """The gateway did not take the message; it is tried again later."""


@dataclass(frozen=True)
class Letter:
    """What a gateway needs and nothing more: a key by which it drops doubles, an address, the text."""

    key: str
    to: str
    text: str


class Gateway(Protocol):
    """A way out of the house: short messages, e-mail, or a file that the city's own gateway reads."""

    @property
    def name(self) -> str:
        """The word under which the delivery is recorded."""

    def send(self, letter: Letter) -> None:
        """Hand over one letter, or raise Undelivered with the reason."""

    def flush(self) -> None:
        """Return when everything handed over is safe with the gateway."""


@dataclass(frozen=True)
class FileGateway:
    """文件: one JSON line a message, appended to a day's file that only the operator may read."""

    folder: Path
    name: str = "file"

    def send(self, letter: Letter) -> None:
        """Append one line."""
        line = json.dumps({"key": letter.key, "to": letter.to, "text": letter.text}, ensure_ascii=False) + "\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(self._open(), "a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise Undelivered(error.strerror or "OSError") from error

    def flush(self) -> None:
        """Put everything that was sent onto the disk, before the messages are marked as sent."""
        if self.folder.exists():
            with os.fdopen(self._open(), "a") as file:
                os.fsync(file.fileno())

    def _open(self) -> int:
        return os.open(self.folder / "messages.jsonl", os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)


def gateway() -> Gateway:
    """The way out that is set up in this house."""
    return FileGateway(Path(settings.DATA) / "outbox")
