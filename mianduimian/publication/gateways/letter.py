"""发送通道的约定: what a way out of the house takes, and the four answers it may give."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol


class Undelivered(Exception):
    """The gateway surely did not take the message; it is tried again later."""


class Unwanted(Undelivered):
    """The gateway will never take this message for this address; another way is tried."""


class Unclear(Undelivered):
    """Nobody knows whether the gateway took the message: the answer was cut off or made no sense."""


@dataclass(frozen=True)
class Letter:
    """What a gateway needs and nothing more: a key by which doubles are known, an address, the text and its words."""

    key: str
    to: str
    text: str
    words: dict[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """A way out of the house: short messages, e-mail, WeChat, or a file that the city's own gateway reads."""

    @property
    def name(self) -> str:
        """The word under which the delivery is recorded."""

    @property
    def at_once(self) -> int:
        """How many letters are taken up together; one where a letter in doubt would be a person's work."""

    @property
    def remembers(self) -> timedelta:
        """For how long a letter sent again under the same key is dropped as a double; nothing if it never is."""

    @property
    def asks(self) -> bool:
        """Whether the gateway can be asked if it has a letter."""

    def send(self, letter: Letter) -> None:
        """Hand over one letter, or raise Undelivered with the reason."""

    def knows(self, key: str) -> bool:
        """Whether a letter of this key was taken; raise Unclear when there is no answer."""

    def flush(self) -> None:
        """Return when everything handed over is safe with the gateway."""
