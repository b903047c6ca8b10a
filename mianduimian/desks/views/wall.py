"""挂图的页面: units × weeks, zoomed to a unit or a matter; the same on A3 and A1; the hall's screen, which turns by itself."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from mianduimian.archive.handing import answer
from mianduimian.desks import loop
from mianduimian.desks.papers import poster
from mianduimian.desks.views.pages import find_round
from mianduimian.desks.wall import Look, Wall, around, draw
from mianduimian.papers.poster import PAPERS, poster_pdf
from mianduimian.people.doors import door, person
from mianduimian.people.models import Unit
from mianduimian.solicitation.models import Round

ROWS = 60  # rows of one page of the chart
ON_SCREEN = 6  # rows a page of the hall's screen
LONG = 6  # digits of a page's number, at most
FIGURES = 2  # pages of figures on the hall's screen, before the road map and the chart


@dataclass(frozen=True)
class Shown:
    """What one address of the chart shows: the page and the paper show the same."""

    round: Round
    look: Look
    wall: Wall

    @property
    def pages(self) -> int:
        """How many pages of rows there are."""
        return self.look.pages(self.wall.rows)

    @property
    def page(self) -> int:
        """Which of them this is."""
        return min(max(self.look.page, 1), self.pages)


def _shown(request: HttpRequest, code: str) -> Shown:
    round, look = find_round(request, code), _look(request)
    return Shown(round, look, draw(round, person(request), localdate(), look))


def _look(request: HttpRequest) -> Look:
    key, matter = request.GET.get("unit", ""), request.GET.get("matter", "")
    unit = get_object_or_404(Unit, key=key) if key else None
    pk = int(matter) if matter.isdecimal() else None
    return Look(unit, pk, request.GET.get("rows") == "matters", _number(request), ROWS)


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdecimal() and len(asked) < LONG else 1


@door("ledger.see")
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """The wall chart of a round: its units, its matters, one unit or one matter × weeks."""
    shown = _shown(request, code)
    return render(request, "desks/wall.html", {"shown": shown, "round": shown.round, "wall": shown.wall, "papers": list(PAPERS)})


@door("ledger.see")
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The same chart as one PDF for A3 or A1."""
    asked = request.GET.get("paper", "a3")
    if asked not in PAPERS:
        raise Http404
    drawn = _shown(request, code).wall
    return answer(poster_pdf(poster(drawn), asked, settings.FONTS), f"{drawn.title} {asked.upper()}", "pdf")


@door("ledger.see")
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The chart screen of the hall: large figures, the road map, then the chart, page after page."""
    round, on, asked = find_round(request, code), localdate(), _number(request)
    look = Look(page=asked - FIGURES - 1, size=ON_SCREEN)
    drawn = draw(round, person(request), on, look)
    pages = FIGURES + 1 + (look.pages(drawn.rows) if drawn.rows else 0)
    page = min(max(asked, 1), pages)
    context: dict[str, Any] = {"round": round, "on": on, "page": page, "pages": pages, "lights": drawn.shining, "lines": []}
    context |= {"wall": drawn, "following": page % pages + 1, "before": (page - 2) % pages + 1}
    if page <= FIGURES:
        context["figures"] = loop.figures(round, person(request), on)[page - 1]
    elif page > FIGURES + 1:
        near = around(drawn, before=1, after=3)
        context |= {"wall": near, "lines": near.lines}
    return render(request, "desks/screen.html", context)
