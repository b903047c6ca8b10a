"""封存: the envelope in which a citizen's identity lies: AES-256-GCM, with a blind index for looking up."""

import base64
import hashlib
import hmac
import os
import re
import unicodedata
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


def _key(purpose: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()


def _lookup_key(purpose: str) -> bytes:
    """Fingerprints stay under the oldest key: what was erased must be known again after any number of new keys."""
    return _key(purpose, [settings.SEAL_KEY, *settings.SEAL_OLD_KEYS][-1])


def mark() -> str:
    """What a seal under the key of today begins with."""
    return _mark(settings.SEAL_KEY)


def _mark(secret: str) -> str:
    return f"k{_key('mark', secret).hex()[:8]}."


def seal(text: str) -> str:
    """Encrypt a text under the key of today, and say under which; two seals of one text never look alike."""
    nonce = os.urandom(12)
    raw = nonce + AESGCM(_key("identity", settings.SEAL_KEY)).encrypt(nonce, text.encode(), None)
    return mark() + base64.b64encode(raw).decode()


def unseal(sealed: str) -> str:
    """Decrypt a sealed text by the key it names, by any we have where it names none; refused in words when none opens it."""
    named, _point, text = sealed.rpartition(".")
    raw = base64.b64decode(text)
    for secret in [settings.SEAL_KEY, *settings.SEAL_OLD_KEYS]:
        if named and f"{named}." != _mark(secret):
            continue
        with suppress(InvalidTag):
            return AESGCM(_key("identity", secret)).decrypt(raw[:12], raw[12:], None).decode()
    raise Refused(_("封存的身份无法打开：封存密钥与当时不同，请系统管理员核对 MIANDUIMIAN_SEAL_KEY。"))


def blind_index(number: str) -> str:
    """A keyed fingerprint by which the same phone is found again without opening the envelope."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    return hmac.new(_lookup_key("index"), digits.encode(), hashlib.sha256).hexdigest() if digits else ""


def fingerprint(*words: str) -> str:
    """A keyed fingerprint of what was said: equal words are found again, nobody without the key can guess them."""
    return hmac.new(_lookup_key("words"), "\x1e".join(words).encode(), hashlib.sha256).hexdigest()


class SealedField(models.TextField):
    """A text column that is encrypted at rest; it cannot be filtered by."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; empty stays empty."""
        return seal(value) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Unseal on the way out."""
        return unseal(value) if value else ""
