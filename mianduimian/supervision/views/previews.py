"""换规则预看: today's ledger under the present rulebook and under another one, side by side."""

from collections import Counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from mianduimian.mechanism import Rulebook, rulebook, versions
from mianduimian.people.doors import door, person
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.supervision.forms import BookForm
from mianduimian.supervision.models import differing
from mianduimian.supervision.models import preview as foreseen
from mianduimian.workdays import calendar

PAGE = 50


@door("supervision.preview")
def preview(request: HttpRequest) -> HttpResponse:
    """What would change if the rounds went by another rulebook; nothing is written."""
    by, on = person(request), localdate()
    now = _present(by)
    form = BookForm({"book": request.GET.get("book") or _other(now)})
    context: dict[str, object] = {"form": form, "now": now, "on": on}
    if form.is_valid():
        then = rulebook(form.cleaned_data["book"])
        seen = foreseen(by, then.key, on, calendar(settings.CALENDARS))
        changed = seen.changed
        after = int(request.GET["after"]) if request.GET.get("after", "").isdecimal() else 0
        context |= {
            "then": then,
            "seen": seen,
            "turned": sum(one.turns for one in changed),
            "moved": sum(one.moves for one in changed),
            "rows": changed[after : after + PAGE],
            "next": after + PAGE if len(changed) > after + PAGE else None,
            "differences": differing(now, then),
        }
    return render(request, "supervision/preview.html", context)


def _present(by: Person) -> Rulebook:
    """The rulebook by which most of the rounds that a person sees go; before the first round, the newest that is no test's."""
    used = Counter(Round.objects.seen_by(by).order_by().values_list("rulebook", flat=True)).most_common(1)
    return rulebook(used[0][0]) if used else next(book for book in map(rulebook, reversed(versions())) if not book.test_only)


def _other(now: Rulebook) -> str:
    return next(key for key in reversed(versions()) if key != now.key)
