"""封存: the envelope in which a citizen's identity lies: AES-256-GCM, with a blind index for looking up."""

import base64
import hashlib
import hmac
import os
import re
import unicodedata
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


def _key(purpose: str) -> bytes:
    return hmac.new(settings.SEAL_KEY.encode(), purpose.encode(), hashlib.sha256).digest()


def seal(text: str) -> str:
    """Encrypt a text; two seals of one text never look alike."""
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(_key("identity")).encrypt(nonce, text.encode(), None)).decode()


def unseal(sealed: str) -> str:
    """Decrypt a sealed text; refused in words when the key is not the one it was sealed with."""
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(_key("identity")).decrypt(raw[:12], raw[12:], None).decode()
    except InvalidTag:
        raise Refused(_("封存的身份无法打开：封存密钥与当时不同，请系统管理员核对 MIANDUIMIAN_SEAL_KEY。")) from None


def blind_index(number: str) -> str:
    """A keyed fingerprint by which the same phone is found again without opening the envelope."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    return hmac.new(_key("index"), digits.encode(), hashlib.sha256).hexdigest() if digits else ""


def fingerprint(*words: str) -> str:
    """A keyed fingerprint of what was said: equal words are found again, nobody without the key can guess them."""
    return hmac.new(_key("words"), "\x1e".join(words).encode(), hashlib.sha256).hexdigest()


class SealedField(models.TextField):
    """A text column that is encrypted at rest; it cannot be filtered by."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; empty stays empty."""
        return seal(value) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Unseal on the way out."""
        return unseal(value) if value else ""
