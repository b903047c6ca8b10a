"""脱敏: the personal data a text gives away, found by linear patterns and masked for people who need not know."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mianduimian.text.redact import doors, numbers
from mianduimian.text.redact.kinds import Found, Kind, Sign
from mianduimian.text.redact.names import DOUBLE, names
from mianduimian.text.redact.views import figures, narrow

__all__ = ["Found", "Kind", "find", "mask", "shield"]

KNOWN = 8_192  # texts whose masking is remembered

# Characters left readable at the beginning and the end of what is masked; of an address only the figures are starred.
KEEP = {
    Kind.EMAIL: (1, 0), Kind.ID: (6, 4), Kind.BANK: (0, 4), Kind.WECHAT: (1, 1), Kind.QQ: (1, 1), Kind.MOBILE: (3, 4),
    Kind.LANDLINE: (4, 2), Kind.PLATE: (2, 1), Kind.NAME: (1, 0),
}
FIGURE = re.compile(r"[0-9０-９A-Za-z〇零一二三四五六七八九十]")


def find(text: str) -> list[Found]:
    """Everything personal that is found, in the order of the text; nothing overlaps."""
    plain = narrow(text)
    taken = bytearray(len(plain))
    found = [*_claims(numbers.SIGNS, figures(plain), taken), *_claims(doors.SIGNS, plain, taken), *_names(plain, taken)]
    return sorted(found, key=lambda piece: piece.start)


def _claims(signs: Iterable[Sign], plain: str, taken: bytearray) -> Iterator[Found]:
    for sign in signs:
        for match in sign.pattern.finditer(plain):
            start, end = match.span(1)
            if not any(taken[start:end]) and sign.proof(match):
                taken[start:end] = b"\x01" * (end - start)
                yield Found(sign.kind, start, end)


def _names(plain: str, taken: bytearray) -> Iterator[Found]:
    for start, end in names(plain):
        if not any(taken[start:end]):
            yield Found(Kind.NAME, start, end)


def mask(text: str) -> str:
    """The text with its personal data starred: a phone keeps 3 + 4 figures, an ID 6 + 4, a name its surname."""
    parts, done = [], 0
    for found in find(text):
        parts += [text[done : found.start], _masked(text[found.start : found.end], found.kind)]
        done = found.end
    return "".join([*parts, text[done:]])


def shield(text: str, names: Iterable[str]) -> str:
    """A text for others: personal data starred, and the names of those who spoke, wherever they stand, cut to the surname."""
    shown = _remembered(text) if text else ""
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        shown = shown.replace(name, f"{name[0]}**")
    return shown


@lru_cache(maxsize=KNOWN)
def _remembered(text: str) -> str:
    return mask(text)


def _masked(datum: str, kind: Kind) -> str:
    if kind is Kind.ADDRESS:
        return FIGURE.sub("*", datum)
    first, last = KEEP[kind]
    if datum[:2] in DOUBLE:
        first = 2
    hidden = max(1, len(datum) - first - last)
    return datum[: len(datum) - hidden - last] + "*" * hidden + datum[len(datum) - last :]
