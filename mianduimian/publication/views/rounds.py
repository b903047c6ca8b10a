"""公开: rounds as everybody may read them."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.gzip import gzip_page

from mianduimian.ledger.models import Glance
from mianduimian.people.doors import open_door
from mianduimian.publication.counting import page
from mianduimian.publication.forms import LineFilter, ReceiptForm
from mianduimian.publication.models import Picture, Release, glances, lines_of, open_calls
from mianduimian.solicitation.models import Call, Round
from mianduimian.triage.figures import Map, county_map

PAGE = 20
PAIRS = 4  # pictures on the page of a round; the others are a click away


@open_door
@gzip_page
def rounds(request: HttpRequest) -> HttpResponse:
    """What is being asked now, and what came of what was asked before."""
    context = {
        "calls": open_calls(localdate()),
        "releases": Release.objects.standing(),
        "form": ReceiptForm(),
        "speaking": settings.PUBLIC_FORM,
    }
    return render(request, "publication/rounds.html", context)


def released(code: str) -> Round:
    """A round whose page is open to everybody; any other is not there."""
    found = Round.objects.filter(pk__in=Release.objects.filter(withdrawn_on=None).values("round"))
    return get_object_or_404(found.select_related("region", "office"), code=code)


@open_door
@gzip_page
def round(request: HttpRequest, code: str) -> HttpResponse:
    """A round as everybody may see it: the notice, the funnel, the promises, and what came of it."""
    one = released(code)
    context = {
        "round": one,
        "call": Call.objects.filter(round=one, replaced_on=None).first(),
        "page": page(one, localdate()),
        "pictures": Picture.objects.of(one).shown().paired().select_related("evidence")[:PAIRS],
        "release": Release.objects.filter(round=one, withdrawn_on=None).get(),
    }
    return render(request, "publication/round.html", context)


@open_door
@gzip_page
def matters(request: HttpRequest, code: str) -> HttpResponse:
    """The matters of a round with stage, light and public answer: searched, filtered, on the map, a page at a time."""
    one, today, after = released(code), localdate(), request.GET.get("after", "")
    counted = page(one, today).outcome
    form = LineFilter(request.GET or None, outcome=counted)
    found = glances(one, form.asked, today)
    rows = list(found.filter(place__gt=int(after[:18]) if after.isdecimal() else -1).select_related("region", "lead")[: PAGE + 1])
    context = {
        "round": one,
        "form": form,
        "map": _found_on_map(found, form, counted.map),
        "count": found.count(),
        "lines": lines_of(rows[:PAGE], today),
        "next": rows[PAGE - 1].place if len(rows) > PAGE else None,
    }
    return render(request, "publication/matters.html", context)


def _found_on_map(found: QuerySet[Glance], form: LineFilter, whole: Map) -> Map:
    """在哪里: where that lies which a reader looks for; the whole round while nothing is asked."""
    if not form.narrows:
        return whole
    return county_map(found.values_list("region", flat=True), {tile.code: tile.name for tile in whole.tiles})


@open_door
@gzip_page
def matter(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One matter of a round at an address that stays: its words, its answer, what was corrected."""
    one = released(code)
    found = Glance.objects.filter(round=one, pk=pk).select_related("region", "lead")
    lines = lines_of(found, localdate())
    if not lines:
        raise Http404
    return render(request, "publication/matter.html", {"round": one, "line": lines[0]})


@open_door
@gzip_page
def pictures(request: HttpRequest, code: str) -> HttpResponse:
    """All pictures of a round, before and after."""
    one = released(code)
    shown = Picture.objects.of(one).shown().paired().select_related("evidence")
    return render(request, "publication/pictures.html", {"round": one, "pictures": shown})


@open_door
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """A released picture; ?small=1 the one for lists."""
    found = get_object_or_404(Picture.objects.shown(), pk=pk)
    path = found.path(small=bool(request.GET.get("small")))
    if not path.exists():
        raise Http404
    handed = FileResponse(path.open("rb"), content_type="image/jpeg", filename=f"{found.digest[:12]}.jpg")
    handed["Cache-Control"] = "public, max-age=300"
    handed["X-Content-Type-Options"] = "nosniff"
    return handed
