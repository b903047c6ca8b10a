"""座谈会大屏: what the hall's screen shows; it asks every second and is answered only when something changed."""

import json
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from mianduimian.meeting.models import Meeting, Promise
from mianduimian.meeting.views.finding import found
from mianduimian.people.doors import door

LATEST = 3


@door("meeting.see")
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's screen, full size."""
    meeting = found(request, pk)
    return render(request, "meeting/board.html", _shown(meeting))


@door("meeting.see")
def now(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the screen that changes; 304 as long as nothing did."""
    meeting = found(request, pk)
    unchanged = get_conditional_response(request, etag=_tag(meeting))
    if unchanged is not None:
        return cast(HttpResponse, unchanged)
    answer = render(request, "meeting/_board.html", _shown(meeting))
    answer["ETag"] = _tag(meeting)
    return answer


def _tag(meeting: Meeting) -> str:
    return f'"{meeting.pk}-{meeting.version}-{get_language()}"'


def _shown(meeting: Meeting) -> dict[str, Any]:
    exchanges = meeting.exchanges.select_related("raised_by__unit", "answered_by", "appeal")
    promises = Promise.objects.filter(exchange__meeting=meeting).select_related("unit")
    agenda = meeting.items.exclude(appeal__in=exchanges.exclude(appeal=None).values("appeal")).select_related("appeal")
    return {
        "meeting": meeting,
        "now": exchanges.last(),
        "next": agenda.first(),
        "heard": exchanges.count(),
        "promised": promises.count(),
        "promises": promises.order_by("-pk")[:LATEST],
        "headers": json.dumps({"If-None-Match": _tag(meeting)}),
    }
