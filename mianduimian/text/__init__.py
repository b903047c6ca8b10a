"""语言: reading citizens' words — normalise, classify, same event, redaction, reply quality; pure, without a database."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class Asked(ModuleType):
    """Stands for a module until something of it is asked for; of many threads that ask at once one loads it, the others wait."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def when_asked(name: str) -> ModuleType:
    """A module of this room that is loaded at its first use: the engine weighs two seconds, a web page need not wait for it."""
    whole = f"{__name__}.{name}"
    if find_spec(whole) is None:
        raise ImportError(whole)
    return Asked(whole)
