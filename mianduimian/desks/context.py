"""工作台菜单: which rooms a person may enter, for the navigation of every page."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.functional import SimpleLazyObject

from mianduimian.desks.menu import Entry, current_round, entries
from mianduimian.ledger.models import Matter
from mianduimian.meeting.models import Meeting
from mianduimian.people.models import Person, Post
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal, Proposal

CHOSEN = "round"
# Pages of one thing: its table, and the way from there to the code of its round.
OF_ONE: dict[str, tuple[type[Model], str]] = {
    "triage:appeal": (Appeal, "round__code"),
    "triage:proposal": (Proposal, "round__code"),
    "meeting:meeting": (Meeting, "round__code"),
    **{f"{room}:matter": (Matter, "appeal__round__code") for room in ("ledger", "supervision", "lookback")},
}


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context for every page; nothing is asked of the database until a page shows it."""
    return {"menu": _when_shown(lambda: _entries(request)), "posts": _when_shown(lambda: _posts(request))}


def round_in_front(request: HttpRequest, who: Person) -> Round | None:
    """The round of the page, else the one the person chose, else the nearest; asked for once a request."""
    if not hasattr(request, "round_in_front"):
        chosen = _of_page(request.resolver_match) or request.session.get(CHOSEN, "")
        request.round_in_front = current_round(who, chosen)  # type: ignore[attr-defined]
    found: Round | None = request.round_in_front  # type: ignore[attr-defined]
    return found


def _of_page(page: ResolverMatch | None) -> str:
    """The code of the round to which a page belongs by its address; empty where it belongs to none."""
    if page is None or "code" in page.kwargs:
        return page.kwargs["code"] if page else ""
    table, way = OF_ONE.get(page.view_name, (None, ""))
    return table._default_manager.filter(pk=page.kwargs["pk"]).values_list(way, flat=True).first() or "" if table else ""


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
