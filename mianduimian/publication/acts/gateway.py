"""一封信与一个渠道: what every letter undergoes at a gateway, a citizen's message and a subscriber's alike."""

from collections.abc import Iterable
from typing import Any

import structlog
from django.utils import timezone

from mianduimian.publication.gateways import Gateway, Unclear, Undelivered, Unwanted
from mianduimian.publication.models import Alert, Message, Sending
from mianduimian.publication.rules import Result

log = structlog.get_logger()
RESULT_OF = {Unwanted: Result.REFUSED, Unclear: Result.UNCLEAR}


def hand(one: Message | Alert, way: Gateway) -> tuple[Result, str]:
    """Put one letter into the gateway's hands; one that may be there already is asked for first."""
    try:
        if not (one.doubtful_since and way.asks and way.knows(one.letter.key)):
            way.send(one.letter)
    except Undelivered as problem:
        return RESULT_OF.get(type(problem), Result.LATER), str(problem)[:200]
    except Exception as fault:
        log.exception("gateway failed", way=way.name)
        return Result.UNCLEAR, type(fault).__name__
    return Result.TAKEN, ""


def put_down(rows: Iterable[Message | Alert | Sending], columns: Iterable[str]) -> None:
    """Write these columns of many rows; those of which the same is said with one statement, as of most of a batch."""
    alike: dict[str, tuple[dict[str, Any], list[Message | Alert | Sending]]] = {}
    for row in rows:
        said = {column: getattr(row, column) for column in columns}
        alike.setdefault(repr(said), (said, []))[1].append(row)
    for said, mine in alike.values():
        type(mine[0])._default_manager.filter(pk__in=[row.pk for row in mine]).update(**said)


def drops(one: Message | Alert, way: Gateway) -> bool:
    """Whether the letter may go out again though it may have arrived: the gateway can be asked, or drops doubles still."""
    since = one.doubtful_since
    return way.asks or bool(way.remembers) and (since is None or timezone.now() - since < way.remembers)
