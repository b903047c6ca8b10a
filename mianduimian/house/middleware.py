"""拒绝的样子: a refusal is shown once, here, in the person's words; so is an address that cannot be opened by itself."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from mianduimian.refusal import NotYours, Refused


class refusals:
    """Turn a refusal into a page: 403 when the act is not for this person, 409 otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.method == "GET" and answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.content:
            answer.content = render_to_string("405.html", request=request)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotYours) else 409
        context: dict[str, Any] = {"message": str(exception)}
        return render(request, f"{status}.html", context, status=status)
