"""短信通道: a short-message gateway over HTTP whose contract is data: address, heads, body, and what means accepted."""

import json
from dataclasses import dataclass
from datetime import timedelta
from string import Template
from urllib.parse import quote

from mianduimian.publication.gateways.letter import Letter, Unclear, Unwanted
from mianduimian.publication.gateways.web import Answer, Question, ask


@dataclass(frozen=True)
class SmsGateway:
    """短信: `$to`, `$text`, `$key` and the words of the message are put into the body as JSON strings."""

    url: str
    body: str
    head: dict[str, str]
    accepted: dict[str, object]
    refused: dict[str, list[object]]
    ask_url: str = ""
    remembers: timedelta = timedelta()
    patience: float = 10
    name: str = "sms"
    at_once: int = 1

    @property
    def asks(self) -> bool:
        """Whether an address is set up at which to ask."""
        return bool(self.ask_url)

    def send(self, letter: Letter) -> None:
        """Post one message; what the answer means is said by the contract."""
        words = {**letter.words, "to": letter.to, "text": letter.text, "key": letter.key}
        quoted = {name: json.dumps(word, ensure_ascii=False) for name, word in words.items()}
        head = {"Content-Type": "application/json"} | {
            name: Template(value).safe_substitute(words) for name, value in self.head.items()
        }
        body = Template(self.body).safe_substitute(quoted)
        self._judge(ask(Question(self.url, "POST", body, head, self.patience)).check())

    def _judge(self, answer: Answer) -> None:
        """A yes by its status may still be a no by its words."""
        said = answer.data
        if all(said.get(name) == value for name, value in self.accepted.items()):
            return
        if any(said.get(name) in values for name, values in self.refused.items()):
            raise Unwanted(answer.text[:200])
        raise Unclear(answer.text[:200])

    def knows(self, key: str) -> bool:
        """Ask for a key: 2xx it has it, 404 it has not."""
        head = {name: Template(value).safe_substitute(key=key) for name, value in self.head.items()}
        answer = ask(Question(self.ask_url.replace("$key", quote(key)), "GET", "", head, self.patience))
        if answer.status == 404:
            return False
        answer.check()
        return True

    def flush(self) -> None:
        """An answer given is a letter taken."""
