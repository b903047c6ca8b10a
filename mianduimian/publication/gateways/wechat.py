"""微信通道: a template message of the official account: a token, then one post a message."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from string import Template
from urllib.parse import urlencode

from mianduimian.publication.gateways.letter import Letter, Unclear, Undelivered, Unwanted
from mianduimian.publication.gateways.web import Question, ask

STALE = {40001, 40014, 42001}  # the token is not, or no longer, good
NEVER = {40003, 40037, 43004, 43019, 47003}  # no such follower, no such template, does not follow, what was filled in is wrong
BUSY = -1
EARLY = 300  # seconds before its end a token is not used any more


@dataclass
class WeChatGateway:
    """微信模板消息: the same `client_msg_id` to the same person is sent once within ten minutes, says the platform."""

    app_id: str
    secret: str
    template: str
    data: dict[str, str]
    base: str = "https://api.weixin.qq.com"
    link: str = ""
    patience: float = 10
    remembers: timedelta = timedelta(minutes=9)
    name: str = "wechat"
    at_once: int = 1
    asks: bool = False
    _token: str = field(default="", repr=False)
    _until: float = 0

    def send(self, letter: Letter) -> None:
        """Post one message; a token that went stale is fetched anew, once."""
        code, said = self._post(letter)
        if code in STALE:
            self._token = ""
            code, said = self._post(letter)
        if code == 0:
            return
        raise _meaning(code)(said)

    def _post(self, letter: Letter) -> tuple[int, str]:
        words = {**letter.words, "text": letter.text}
        data = {name: {"value": Template(value).safe_substitute(words)} for name, value in self.data.items()}
        message: dict[str, object] = {
            "touser": letter.to,
            "template_id": self.template,
            "data": data,
            "client_msg_id": letter.key[:32],
        }
        if self.link:
            message["url"] = self.link
        query = urlencode({"access_token": self._bearer()})
        answer = ask(self._question(f"/cgi-bin/message/template/send?{query}", message)).check()
        return _code(answer.data), answer.text[:200]

    def _bearer(self) -> str:
        """The token, fetched when there is none or its time is nearly over; without one nothing was sent."""
        if self._token and time.monotonic() < self._until:
            return self._token
        asked = {"grant_type": "client_credential", "appid": self.app_id, "secret": self.secret}
        try:
            found = ask(self._question("/cgi-bin/stable_token", asked)).check().data
        except Undelivered as problem:
            raise Undelivered(f"access_token：{problem}") from problem
        if not isinstance(found.get("access_token"), str):
            raise Undelivered(f"access_token：{found.get('errcode', '')}")
        self._token = str(found["access_token"])
        self._until = time.monotonic() + max(int(str(found.get("expires_in", 0))) - EARLY, 0)
        return self._token

    def _question(self, path: str, body: Mapping[str, object]) -> Question:
        head = {"Content-Type": "application/json"}
        return Question(self.base.rstrip("/") + path, "POST", json.dumps(body, ensure_ascii=False), head, self.patience)

    def knows(self, key: str) -> bool:
        """The platform cannot be asked."""
        raise Unclear("")

    def flush(self) -> None:
        """An answer given is a letter taken."""


def _code(said: dict[str, object]) -> int:
    code = said.get("errcode")
    return code if isinstance(code, int) else BUSY


def _meaning(code: int) -> type[Undelivered]:
    if code == BUSY:
        return Unclear
    return Unwanted if code in NEVER else Undelivered
