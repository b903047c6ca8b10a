"""工作台菜单: which rooms a person may enter, for the navigation of every page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mianduimian.desks.menu import Entry, entries
from mianduimian.people.models import Person, Post

CHOSEN = "round"


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context for every page; nothing is asked of the database until a page shows it."""
    return {"menu": _when_shown(lambda: _entries(request)), "posts": _when_shown(lambda: _posts(request))}


def _when_shown[T](make: Callable[[], T]) -> Any:
    return SimpleLazyObject(make)


def _entries(request: HttpRequest) -> list[Entry]:
    who = getattr(request, "user", None)
    if not isinstance(who, Person) or not who.is_active:
        return []
    return entries(who, request.path, request.session.get(CHOSEN, ""))


def _posts(request: HttpRequest) -> list[Post]:
    who = getattr(request, "user", None)
    return who.posts if isinstance(who, Person) else []
