"""工作台的清单: proposals by doubt, parts of each bucket, appeals, decisions, search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from mianduimian.papers import filename
from mianduimian.people.doors import door
from mianduimian.triage import machine, sheets
from mianduimian.triage.forms import FilterForm, SearchForm
from mianduimian.triage.models import Appeal, Decision, Part, Proposal, Reading
from mianduimian.triage.rules import Bucket
from mianduimian.triage.views.bench import PAGE, after, bench, find_round, page

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("triage.see")
def round(request: HttpRequest, code: str) -> HttpResponse:
    """What the machine proposes, the most doubtful first."""
    here = find_round(request, code)
    open_ones = Proposal.objects.filter(round=here).open().by_doubt().select_related("appeal")
    sure, _line, pk = request.GET.get("after", "").partition("_")
    if pk.isdecimal() and sure.replace(".", "", 1).isdecimal():
        open_ones = open_ones.behind(float(sure), int(pk))
    proposals, following = page(open_ones.with_members(), "place")
    reading = Reading.objects.filter(round=here).first()
    silent = reading is not None and Reading.objects.silent().filter(pk=reading.pk).exists()
    told = {"proposals": proposals, "next": following, "reading": reading, "silent": silent}
    context = bench(request, here, "proposals") | told
    return render(request, "triage/round.html", context)


@door("triage.see")
def bucket(request: HttpRequest, code: str, bucket: str) -> HttpResponse:
    """The parts of one bucket."""
    if bucket not in list(Bucket):
        raise Http404
    here = find_round(request, code)
    rows = Part.objects.of(here).filter(bucket=bucket, pk__gt=after(request)).for_list()
    parts, following = page(rows.order_by("pk"))
    context = bench(request, here, bucket) | {"parts": parts, "next": following, "bucket": Bucket(bucket)}
    return render(request, "triage/bucket.html", context)


@door("triage.see")
def appeals(request: HttpRequest, code: str) -> HttpResponse:
    """The appeals that stand."""
    here = find_round(request, code)
    form = FilterForm(request.GET)
    rows = Appeal.objects.of(here).standing().filter(number__gt=after(request))
    if form.is_valid():
        rows = rows.worded(form.cleaned_data["q"]).of_class(form.cleaned_data["category"])
    found, following = page(rows.with_voices().select_related("region", "unit").order_by("number"), "number")
    context = bench(request, here, "appeals") | {"appeals": found, "next": following, "form": form}
    return render(request, "triage/appeals.html", context)


@door("triage.see")
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The appeals as a spreadsheet."""
    here = find_round(request, code)
    name = filename("-".join([_("诉求清单"), here.code]), "xlsx")
    answer = HttpResponse(sheets.appeals(here), content_type=EXCEL)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@door("triage.see")
def decisions(request: HttpRequest, code: str) -> HttpResponse:
    """Every decision, the latest first, with the way to undo it."""
    here = find_round(request, code)
    rows = Decision.objects.filter(round=here).with_sizes().select_related("by", "undone_by")
    if last := after(request):
        rows = rows.filter(pk__lt=last)
    found, following = page(rows.order_by("-pk"))
    context = bench(request, here, "decisions") | {"decisions": found, "next": following}
    return render(request, "triage/decisions.html", context)


@door("triage.see")
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Parts that contain words, or that are most like one part."""
    here = find_round(request, code)
    form = SearchForm(request.GET)
    parts: list[Part] = []
    if form.is_valid() and form.cleaned_data["like"]:
        like = get_object_or_404(Part.objects.of(here), pk=form.cleaned_data["like"])
        parts = [part for part in machine.likest(here, like.words) if part.pk != like.pk]
    elif form.is_valid() and form.cleaned_data["q"]:
        parts = list(Part.objects.saying(here, form.cleaned_data["q"])[:PAGE])
    asked = any(request.GET.get(name) for name in ("q", "like"))
    return render(request, "triage/search.html", bench(request, here, "search") | {"parts": parts, "form": form, "asked": asked})
