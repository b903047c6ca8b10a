"""工作台菜单: which rooms a person may enter, for the navigation of every page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mianduimian.desks.menu import Entry, current_round, entries
from mianduimian.people.models import Person, Post
from mianduimian.solicitation.models import Round

CHOSEN = "round"


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context for every page; nothing is asked of the database until a page shows it."""
    return {"menu": _when_shown(lambda: _entries(request)), "posts": _when_shown(lambda: _posts(request))}


def round_in_front(request: HttpRequest, who: Person) -> Round | None:
    """The round of the page, else the one the person chose, else the nearest; asked for once a request."""
    if not hasattr(request, "round_in_front"):
        of_page = request.resolver_match.kwargs.get("code", "") if request.resolver_match else ""
        request.round_in_front = current_round(who, of_page or request.session.get(CHOSEN, ""))  # type: ignore[attr-defined]
    found: Round | None = request.round_in_front  # type: ignore[attr-defined]
    return found


def _when_shown[T](make: Callable[[], T]) -> Any:
    return SimpleLazyObject(make)


def _entries(request: HttpRequest) -> list[Entry]:
    who = getattr(request, "user", None)
    if not isinstance(who, Person) or not who.is_active:
        return []
    return entries(who, request.path, round_in_front(request, who))


def _posts(request: HttpRequest) -> list[Post]:
    who = getattr(request, "user", None)
    return who.posts if isinstance(who, Person) else []
