"""词汇: every closed list of the mechanism, one English key and one Chinese word each."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from functools import wraps


def _(word: str) -> str:
    """Mark a Chinese word for the message catalogues; it is translated where it is shown."""
    return word


class Speaker:
    """The tongue in which words are shown; the house gives it gettext, alone it speaks Chinese."""

    translate: Callable[[str], str] = staticmethod(_)
    official: Callable[[], AbstractContextManager[object]] = staticmethod(nullcontext)


def say(text: str) -> str:
    """Return the text in the language of the person who reads now."""
    return Speaker.translate(text) if text else ""


class Term(StrEnum):
    """One entry of a closed list: stored as its English key, shown as its Chinese word."""

    chinese: str

    def __new__(cls, key: str, chinese: str = "") -> "Term":
        term = str.__new__(cls, key)
        term._value_ = key
        term.chinese = chinese
        return term

    @property
    def word(self) -> str:
        """The word for the screen, in the reader's language."""
        return say(self.chinese)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of key and word, for form and model fields."""
        return [(term.value, term.word) for term in cls]

    @classmethod
    def word_of(cls, key: str) -> str:
        """The word of a stored key; an unknown key is shown as it is."""
        return cls(key).word if key in cls else key


def official[**P, R](paper: Callable[P, R]) -> Callable[P, R]:
    """公文: an official document is in Chinese, whoever asks for it in whatever language."""

    @wraps(paper)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with Speaker.official():
            return paper(*args, **kwargs)

    return inside
