"""找: what a person may open in this room, and the page on which one step is taken."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from mianduimian.ledger.models import Matter
from mianduimian.lookback.models import Visit, look, matters_for
from mianduimian.people.models import Person
from mianduimian.text.replies import Grade, grade


def found(by: Person, pk: int) -> Matter:
    """The matter, if the person may see its look-back."""
    return get_object_or_404(matters_for(by).select_related("appeal__round__region", "opinion"), pk=pk)


def visited(by: Person, pk: int) -> Visit:
    """The visit, if the person may see the look-back on its matter."""
    return get_object_or_404(Visit.objects.seen_by(by).with_rows(), pk=pk)


def reading(matter: Matter) -> Grade | None:
    """What the machine thinks of the last written reply."""
    reply = matter.replies.order_by("pk").last()
    return grade(matter.appeal.wording, f"{reply.public}\n{reply.measure}") if reply else None


def step(request: HttpRequest, matter: Matter, form: Any, word: str, **more: Any) -> HttpResponse:
    """The page of one step: the form, and beside it the appeal, the reply and how the look-back stands."""
    context = {
        "matter": matter,
        "form": form,
        "word": word,
        "look": look(matter),
        "reply": matter.replies.order_by("pk").last(),
        "reading": reading(matter),
    }
    return render(request, "lookback/step.html", context | more)
