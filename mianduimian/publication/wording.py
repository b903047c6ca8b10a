"""公开稿的字句: what is personal in a text and where it stands; how a public text came to be changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from mianduimian.publication.rules import shield
from mianduimian.text.normalise import plain
from mianduimian.text.redact import Kind, find
from mianduimian.vocabulary import Term, _, say


class Change(Term):
    """公开稿的变动: what a released text is to the one before it."""

    FIRST = "first", _("首次公开")
    UPDATE = "update", _("更新")
    CORRECTION = "correction", _("更正")


@dataclass(frozen=True)
class Words:
    """What everybody may read of a matter: its title, the wording, the place, the answer, and why it is not solved."""

    title: str = ""
    wording: str = ""
    place: str = ""
    answer: str = ""
    unsolved: str = ""

    def shielded(self, names: Iterable[str]) -> "Words":
        """The same, masked."""
        names = list(names)
        return Words(*(shield(text, names) for text in astuple(self)))

    @property
    def searched(self) -> str:
        """The words in the plain form in which they are searched."""
        return plain("\n".join(astuple(self)))

    @property
    def fingerprint(self) -> str:
        """By which it is seen that the texts inside have changed since."""
        return hashlib.sha256("\x1e".join(astuple(self)).encode()).hexdigest()


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `word` says what is personal in it, empty where nothing is."""

    text: str
    word: str = ""


def marked(text: str, names: Iterable[str]) -> list[Piece]:
    """The text cut into stretches, those marked that the machine or the list of those who spoke calls personal."""
    words = [""] * len(text)
    for found in find(text):
        words[found.start : found.end] = [Kind(found.kind).word] * (found.end - found.start)
    for name in names:
        at = text.find(name) if len(name) > 1 else -1
        while at >= 0:
            words[at : at + len(name)] = [say(_("反映人姓名"))] * len(name)
            at = text.find(name, at + len(name))
    return _joined(text, words)


def _joined(text: str, words: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for letter, word in zip(text, words, strict=True):
        if pieces and pieces[-1].word == word:
            pieces[-1] = Piece(pieces[-1].text + letter, word)
        else:
            pieces.append(Piece(letter, word))
    return pieces
