"""Real servers of the ways out, each with faults planted by a seed: short messages and WeChat over HTTP, e-mail over SMTP."""

import json
import socketserver
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from urllib.parse import parse_qs, urlsplit


@dataclass
class Post:
    """What a server took: key → how often it was handed out to the citizen; and what it did beside."""

    faults: dict[str, float] = field(default_factory=dict)  # name of a fault → how often, 0 to 1
    dice: Random = field(default_factory=lambda: Random(7))
    slow: float = 0.2
    kept: dict[str, object] = field(default_factory=dict)
    handed: Counter = field(default_factory=Counter)  # key → messages that reached the citizen
    done: Counter = field(default_factory=Counter)  # fault → how often it came
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self) -> str:
        """Which fault this request meets, if any."""
        with self.lock:
            roll = self.dice.random()
            for name, share in self.faults.items():
                roll -= share
                if roll < 0:
                    self.done[name] += 1
                    return name
        return ""

    def take(self, key: str, what: object, *, drops: bool) -> None:
        """Take a message; where doubles are dropped a second one under its key reaches nobody."""
        with self.lock:
            if drops and key in self.kept:
                self.done["a double dropped"] += 1
                return
            self.kept[key] = what
            self.handed[key] += 1


class Web(BaseHTTPRequestHandler):
    """Short messages at /sms, the WeChat platform at /cgi-bin/…; heads and answers as the real ones."""

    protocol_version = "HTTP/1.1"
    post: Post

    def log_message(self, *_words):
        pass

    def _body(self):
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")

    def _say(self, status, data):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _cut(self):
        self.close_connection = True
        self.connection.close()

    def do_GET(self):
        key = urlsplit(self.path).path.rpartition("/")[2]
        self._say(200 if key in self.post.kept else 404, {})

    def do_POST(self):
        path, body = urlsplit(self.path).path, self._body()
        if path == "/cgi-bin/stable_token":
            return self._say(200, {"access_token": f"T{self.post.dice.random()}", "expires_in": 7200})
        fault = self.post.fault()
        if fault == "cut before":
            return self._cut()
        wechat = path.startswith("/cgi-bin/")
        if fault == "busy":
            return self._say(200, {"errcode": 45009}) if wechat else self._say(503, {})
        if fault == "stale token" and wechat:
            return self._say(200, {"errcode": 42001})
        if fault == "never":
            return self._say(200, {"errcode": 43004}) if wechat else self._say(400, {"code": 4001})
        return self._take(body, wechat, fault)

    def _take(self, body, wechat, fault):
        key = body["client_msg_id"] if wechat else self.headers["Idempotency-Key"]
        if wechat and not parse_qs(urlsplit(self.path).query)["access_token"][0].startswith("T"):
            return self._say(200, {"errcode": 40001})
        self.post.take(key, body, drops=True)
        if fault == "cut after":
            return self._cut()
        if fault == "slow":
            time.sleep(self.post.slow)
        if fault == "wrong after":
            return self._say(200, {"errcode": -1}) if wechat else self._say(500, {})
        return self._say(200, {"errcode": 0} if wechat else {"code": 0})


class Mail(socketserver.StreamRequestHandler):
    """A mail server that drops no doubles: every letter it takes reaches the citizen."""

    post: Post

    def _line(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self):
        self._line("220 here")
        while raw := self.rfile.readline():
            verb = raw.decode("latin-1").strip().split(" ")[0].upper()
            if verb == "QUIT":
                return self._line("221 bye")
            if not self._answer(verb):
                return None
        return None

    def _answer(self, verb):
        fault = self.post.fault() if verb in ("RCPT", "DATA") else ""
        if verb == "RCPT" and fault == "busy":
            self._line("451 try again later")
        elif verb == "RCPT" and fault == "never":
            self._line("550 no such mailbox")
        elif verb == "DATA":
            return self._data(fault)
        elif fault == "cut before":
            return False
        else:
            self._line("250 ok")
        return True

    def _data(self, fault):
        if fault == "busy":
            self._line("451 try again later")
            return True
        self._line("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        if not line or fault == "cut before":
            return False
        letter = message_from_bytes(b"".join(lines), policy=default)
        self.post.take(letter["Message-ID"].strip("<>").partition("@")[0], letter, drops=False)
        if fault in ("cut after", "wrong after"):
            return False
        if fault == "slow":
            time.sleep(self.post.slow)
        self._line("250 taken")
        return True


class Quiet(socketserver.ThreadingTCPServer):
    """A server that a client may leave at any time."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        pass


class QuietWeb(ThreadingHTTPServer):
    """The same for HTTP."""

    def handle_error(self, request, client_address):
        pass


@contextmanager
def serving(handler, post):
    """A server on a free port with a post office of its own; yields the port."""
    kind = QuietWeb if handler is Web else Quiet
    with kind(("127.0.0.1", 0), type(handler.__name__, (handler,), {"post": post})) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
