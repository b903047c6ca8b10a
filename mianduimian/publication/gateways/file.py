"""文件通道: one JSON line a message, which the city's own gateway, or a test, reads."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

from mianduimian.publication.gateways.letter import Letter, Undelivered


@dataclass(frozen=True)
class FileGateway:
    """文件: appended to one file that only the operator may read; the file itself says what it has."""

    folder: Path
    name: str = "file"
    at_once: int = 200
    remembers: timedelta = timedelta()
    asks: bool = True

    def send(self, letter: Letter) -> None:
        """Append one line."""
        line = json.dumps({"key": letter.key, "to": letter.to, "text": letter.text}, ensure_ascii=False) + "\n"
        try:
            with self._opened("a+b") as file:
                if file.seek(0, os.SEEK_END) and _is_torn(file):
                    line = "\n" + line  # a line whose writer was killed stays by itself
                file.write(line.encode())
        except OSError as error:
            raise Undelivered(error.strerror or "OSError") from error

    def knows(self, key: str) -> bool:
        """Whether a whole line of this key is in the file."""
        with self._opened("rb") as file:
            return any(_key(line) == key for line in file)

    def flush(self) -> None:
        """Put everything that was sent onto the disk, before the messages are marked as sent."""
        if self.folder.exists():
            with self._opened("ab") as file:
                os.fsync(file.fileno())

    @contextmanager
    def _opened(self, mode: str) -> Iterator[IO[bytes]]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = os.open(self.folder / "messages.jsonl", os.O_APPEND | os.O_CREAT | os.O_RDWR, 0o600)
        with os.fdopen(number, mode) as file:
            yield file


def _is_torn(file: IO[bytes]) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _key(line: bytes) -> str:
    try:
        return str(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError):
        return ""
