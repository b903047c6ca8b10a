"""拿去用: feeds, open data, the press kit and the journal's hashes, each the same words as on the pages."""

import csv
from hashlib import sha256
from io import StringIO

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from mianduimian.journal.models import DayHead
from mianduimian.people.doors import open_door
from mianduimian.people.models import Region
from mianduimian.publication import opendata
from mianduimian.publication.counting import page, remembered
from mianduimian.publication.feeds import KINDS, feed
from mianduimian.publication.figures import DEFINITIONS
from mianduimian.publication.models import Asked, Release, Scope, glances, news, stream
from mianduimian.publication.presskit import kit
from mianduimian.publication.views.rounds import released
from mianduimian.solicitation.rules import Theme
from mianduimian.vocabulary import say

NEWEST = 90  # sealed days shown on the page; the file has them all


@open_door
@gzip_page
def news_feed(request: HttpRequest, scope: str, key: str, form: str) -> HttpResponse:
    """What became public: of one round, a region, a theme or all, as Atom or RSS."""
    titles = {
        "round": lambda: released(key).focus,
        "region": lambda: get_object_or_404(Region, code=key).name,
        "theme": lambda: Theme(key).word if key in Theme else None,
        "all": lambda: _("面对面") if key == "all" else None,
    }
    title = titles[scope]() if scope in titles and form in KINDS else None
    if title is None:
        raise Http404
    scopes = {"round": Scope(round=key), "region": Scope(region=key), "theme": Scope(theme=key), "all": Scope()}
    home = request.build_absolute_uri("/").rstrip("/")
    body = remembered(f"feed-{form}-{scope}-{key}-{home}", lambda: feed(form, title, news(scopes[scope]), home, request.path))
    return HttpResponse(body, content_type=f"application/{form}+xml; charset=utf-8")


@open_door
@gzip_page
def data(request: HttpRequest) -> HttpResponse:
    """开放数据: which files there are, what each field means, and what may be done with them."""
    context = {
        "releases": Release.objects.standing(),
        "fields": opendata.FIELDS,
        "version": opendata.VERSION,
        "licence": opendata.licence(),
        "figures": [(figure.word, say(words)) for figure, words in DEFINITIONS.items()],
    }
    return render(request, "publication/data.html", context)


@open_door
def schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of a round's file."""
    found = opendata.schema(request.build_absolute_uri(request.path))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type="application/schema+json")


@open_door
def lines_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """All public lines of a round as CSV, streamed."""
    one, today = released(code), localdate()
    rows = opendata.as_csv(stream(glances(one, Asked(), today), today), one)
    return _file(rows, f"{code}-{today}.csv", "text/csv; charset=utf-8")


@open_door
def lines_json(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """All public lines of a round as JSON, streamed."""
    one, today = released(code), localdate()
    facts = {
        "schema": request.build_absolute_uri(reverse("publication:schema")),
        "source": request.build_absolute_uri(reverse("publication:round", args=[code])),
        "on": today,
    }
    rows = opendata.as_json(stream(glances(one, Asked(), today), today), one, page(one, today).outcome, facts)
    return _file(rows, f"{code}-{today}.json", "application/json; charset=utf-8")


def _file(rows: object, name: str, kind: str) -> StreamingHttpResponse:
    header = {"Content-Disposition": f'attachment; filename="{name}"', "Access-Control-Allow-Origin": "*"}
    return StreamingHttpResponse(rows, content_type=kind, headers=header)  # type: ignore[arg-type]


@open_door
def press_kit(request: HttpRequest, code: str) -> HttpResponse:
    """媒体资料包: notice, figures with definitions, pictures and charts of a round in one file, only what is public."""
    one, today = released(code), localdate()
    address = request.build_absolute_uri(reverse("publication:round", args=[code]))
    known = f"kit-{one.pk}-{today}-{sha256(address.encode()).hexdigest()}"
    body = remembered(known, lambda: kit(one, page(one, today), today, address))
    header = {"Content-Disposition": f'attachment; filename="{code}-{today}.zip"'}
    return HttpResponse(body, content_type="application/zip", headers=header)


@open_door
@gzip_page
def journal(request: HttpRequest) -> HttpResponse:
    """留痕公开: each day's last number and hash, and in three sentences what they are good for."""
    sealed = DayHead.objects.order_by("-on")
    return render(request, "publication/journal.html", {"days": sealed[:NEWEST], "count": sealed.count()})


@open_door
def hashes(request: HttpRequest, form: str) -> HttpResponse:
    """Every sealed day as CSV or JSON, for whoever keeps a copy."""
    rows = list(DayHead.objects.order_by("on").values_list("on", "number", "hash"))
    if form == "json":
        days = [{"on": str(on), "number": number, "hash": last} for on, number, last in rows]
        return JsonResponse({"algorithm": "SHA-256", "days": days}, headers={"Access-Control-Allow-Origin": "*"})
    if form != "csv":
        raise Http404
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([("on", "number", "hash"), *rows])
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
