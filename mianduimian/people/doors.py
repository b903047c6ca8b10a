"""门: every view has one: open to all, or for those whose posts grant a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from mianduimian.people.models import Person
from mianduimian.refusal import NotYours
from mianduimian.vocabulary import _

View = Callable[..., Any]


def door(permission: str) -> Callable[[View], View]:
    """Let in who is logged in and has the permission; refuse others in words; nothing behind it is cached."""

    def fit(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            person(request).must(permission)
            return view(request, *args, **kwargs)

        guarded = never_cache(login_required(inside))
        guarded.door = permission  # type: ignore[attr-defined]
        return guarded

    return fit


def open_door(view: View) -> View:
    """Mark a page that anybody may read."""
    view.door = ""  # type: ignore[attr-defined]
    return view


def person(request: HttpRequest) -> Person:
    """The logged-in person; behind a door there always is one."""
    if not isinstance(request.user, Person):
        raise NotYours(_("请先登录。"))
    return request.user
