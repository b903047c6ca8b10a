"""邮件通道: e-mail over SMTP; a letter in doubt is never sent twice by itself, for a mail server drops no doubles."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import formatdate

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from mianduimian.publication.gateways.letter import Letter, Unclear, Undelivered, Unwanted


@dataclass(frozen=True)
class MailGateway:
    """邮件: the Message-ID is made of the key, so that the same letter sent again is known as the same."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = ""
    footer: str = ""
    patience: float = 20
    again: bool = False
    name: str = "email"
    at_once: int = 1
    asks: bool = False

    @property
    def remembers(self) -> timedelta:
        """Doubles are dropped only where the city knows that its citizens' mailboxes drop them by Message-ID."""
        return timedelta(days=1) if self.again else timedelta()

    def send(self, letter: Letter) -> None:
        """Hand one e-mail to the server; until its text goes over the line nothing is in doubt."""
        message = self.written(letter)
        try:
            line = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(_said(error)) from error
        try:
            self._envelope(line, letter.to)
            self._text(line, message.as_bytes(policy=LINES))
        finally:
            with suppress(OSError, smtplib.SMTPException):
                line.quit()

    def written(self, letter: Letter) -> EmailMessage:
        """The e-mail; an address or a word that would begin a header of its own is refused."""
        message = EmailMessage(policy=LINES)
        try:
            validate_email(letter.to)
            message["From"], message["To"] = self.sender, letter.to
            message["Subject"] = letter.words.get("step") or letter.text.partition("\n")[0][:40]
            message["Message-ID"] = f"<{letter.key}@{self.sender.rpartition('@')[2].strip('>')}>"
        except (ValidationError, ValueError) as error:
            raise Unwanted("邮箱地址不合规") from error
        message["Date"] = formatdate(localtime=True)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{letter.text}\n\n{self.footer}".rstrip() + "\n", cte="base64")
        return message

    def _connected(self) -> smtplib.SMTP:
        kind = smtplib.SMTP_SSL if self.security == "tls" else smtplib.SMTP
        line = kind(self.host, self.port, timeout=self.patience)
        if self.security == "starttls":
            line.starttls(context=ssl.create_default_context())
        if self.user:
            line.login(self.user, self.password)
        return line

    def _envelope(self, line: smtplib.SMTP, to: str) -> None:
        """Sender and recipient; a server that breaks off here has taken nothing."""
        try:
            line.ehlo_or_helo_if_needed()
            self._yes(line.mail(self.sender.rpartition("<")[2].strip(">")), Undelivered)
            self._yes(line.rcpt(to), Unwanted)
            self._yes(line.docmd("DATA"), Undelivered, 354)
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(_said(error)) from error

    def _text(self, line: smtplib.SMTP, text: bytes) -> None:
        """The text and the point that ends it; a line that breaks from here on leaves it open whether it was taken."""
        try:
            line.send(text + b".\r\n")  # base64: no line of it begins with a point
            answer = line.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise Unclear(_said(error)) from error
        self._yes(answer, Unwanted)

    @staticmethod
    def _yes(answer: tuple[int, bytes], never: type[Undelivered], yes: int = 250) -> None:
        code, said = answer
        if code // 10 == yes // 10:
            return
        words = f"SMTP {code} {said.decode('utf-8', 'replace')}"[:200]
        raise never(words) if code >= 500 else Undelivered(words)

    def knows(self, key: str) -> bool:
        """A mail server cannot be asked."""
        raise Unclear("")

    def flush(self) -> None:
        """An answer given is a letter taken."""


def _said(error: Exception) -> str:
    return f"SMTP {error or type(error).__name__}"[:200]
