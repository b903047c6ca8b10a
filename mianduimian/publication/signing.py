"""订阅的钥匙: links that confirm or end a subscription, signed so that nobody can guess one; nothing secret is stored."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

CONFIRM, END = "publication.alert.confirm", "publication.alert.end"


def sign(pk: int, purpose: str) -> str:
    """The key in the link."""
    return TimestampSigner(salt=purpose).sign(str(pk))


def opened(key: str, purpose: str) -> int | None:
    """Whose key it is; None when it is forged, or a confirmation that came too late."""
    age = timedelta(days=settings.ALERT_DAYS) if purpose == CONFIRM else None
    try:
        return int(TimestampSigner(salt=purpose).unsign(key, max_age=age))
    except (BadSignature, ValueError):
        return None
