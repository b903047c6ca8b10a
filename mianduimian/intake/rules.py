"""收件规则: what makes two rows the same submission, how identities are masked, how receipts look."""

import hashlib
import re
import secrets
import unicodedata

from mianduimian.vocabulary import Term, _

RECEIPT_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class BatchState(Term):
    """批次状态."""

    WAITING = "waiting", _("待处理")
    RUNNING = "running", _("处理中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能完成")


def content_digest(title: str, text: str, who: str = "") -> str:
    """SHA-256 of what was said (and by whom), spaces and width left out: the identity of a row without a number."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", f"{title}\x1f{text}\x1f{who}"))
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def new_receipt() -> str:
    """回执码: twelve letters that cannot be mistaken for each other, 58 bits, never guessable."""
    return "".join(secrets.choice(RECEIPT_LETTERS) for _place in range(12))


def mask_name(name: str) -> str:
    """The surname alone: 陈先生/女士 stay unknown."""
    return f"{name[0]}**" if name else ""


def mask_phone(phone: str) -> str:
    """First three and last four digits; anything shorter is hidden whole."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else "*" * bool(digits) * 4
