"""报告页面: a leader's instruction, an inspection with its photographs, an accountability record with its answer, the press."""

from pathlib import PurePosixPath

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.archive import store
from mianduimian.ledger.models import Matter
from mianduimian.people.doors import door, person
from mianduimian.supervision import acts
from mianduimian.supervision.forms import AfterForm, FindForm, InspectForm, PhotoForm, ReportForm, ReviewForm, StateForm
from mianduimian.supervision.models import Accountability, Inspection, Instruction, Photo, PressItem

PAGE = 50


@door("supervision.see")
def instruction(request: HttpRequest, pk: int) -> HttpResponse:
    """A leader's instruction; the responsible unit reports here."""
    by = person(request)
    found = get_object_or_404(Instruction.objects.seen_by(by).select_related("matter__appeal", "by", "reported_by"), pk=pk)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.report(found, **form.cleaned_data, by=by, on=localdate())
        messages.success(request, _("落实情况已报告。"))
        return redirect("supervision:matter", found.matter_id)
    held = found.matter.assignment
    mine = by.may("supervision.answer") and held and held.lead in by.units and not found.reported_on
    context = {"instruction": found, "form": form if mine else None, "on": localdate()}
    return render(request, "supervision/instruction.html", context)


@door("supervision.inspect")
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned inspection is written up here; photographs are filed with it."""
    by = person(request)
    found = get_object_or_404(Inspection.objects.seen_by(by).select_related("matter__appeal__round", "by", "planned_by"), pk=pk)
    form = InspectForm(request.POST or None, matter=found.matter, initial={"place": found.place})
    if request.method == "POST" and form.is_valid():
        acts.inspect(found.matter, **form.facts(), planned=found, by=by, on=localdate())
        messages.success(request, _("督查情况已记录，可以上传照片。"))
        return redirect("supervision:inspection", pk)
    shown = {"inspection": found, "form": None if found.on else form, "photo": PhotoForm(), "photos": found.photos.all()}
    return render(request, "supervision/inspection.html", shown)


@door("supervision.inspect")
def photograph(request: HttpRequest, pk: int) -> HttpResponse:
    """File a photograph with an inspection."""
    by = person(request)
    found = get_object_or_404(Inspection.objects.seen_by(by), pk=pk)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        acts.photograph(found, name=file.name, content=file.read(), by=by, on=localdate())
        messages.success(request, _("照片已存档。"))
    elif request.method == "POST":
        messages.warning(request, _("请选一张照片。"))
    return redirect("supervision:inspection", pk)


@door("supervision.see")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph of an inspection, without its hidden data."""
    seen = Inspection.objects.seen_by(person(request))
    found = get_object_or_404(Photo, pk=pk, inspection__in=seen)
    handed = HttpResponse(store.get(found.shown), content_type=found.kind)
    handed["X-Content-Type-Options"] = "nosniff"
    handed["Content-Security-Policy"] = "sandbox; default-src 'none'"
    handed["Content-Disposition"] = f"inline; filename=photo-{found.pk}{PurePosixPath(found.name).suffix}"
    return handed


@door("supervision.see")
def sanction(request: HttpRequest, pk: int) -> HttpResponse:
    """An accountability record; its unit answers here, and a second person decides on the answer."""
    by, on = person(request), localdate()
    rows = Accountability.objects.seen_by(by).select_related("matter__appeal__round", "unit", "by", "stated_by", "decided_by")
    found = get_object_or_404(rows, pk=pk)
    mine = by.may("supervision.answer") and found.unit in by.units and found.answerable(on)
    second = by.may("supervision.account") and found.stated_on and not found.verdict and found.by_id != by.pk
    form = (StateForm if mine else ReviewForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        (acts.state if mine else acts.review)(found, **form.cleaned_data, by=by, on=on)
        messages.success(request, _("已办理并留痕。"))
        return redirect("supervision:sanction", pk)
    context = {"made": found, "form": form if mine or second else None, "mine": mine, "on": on}
    return render(request, "supervision/sanction.html", context)


@door("supervision.press")
def items(request: HttpRequest) -> HttpResponse:
    """Press follow-ups, and the way to enter one by the matter's number."""
    by = person(request)
    form = FindForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        found = Matter.objects.seen_by(by).filter(number=form.cleaned_data["number"].strip()).first()
        if found:
            return redirect("supervision:press", found.pk)
        form.add_error("number", _("没有这个编号的事项，或不在您的范围内。"))
    cuttings = PressItem.objects.seen_by(by).select_related("matter__appeal").prefetch_related("aftermath__by")[:PAGE]
    return render(request, "supervision/items.html", {"form": form, "cuttings": cuttings})


@door("supervision.press")
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened after a report."""
    by = person(request)
    found = get_object_or_404(PressItem.objects.seen_by(by).select_related("matter__appeal"), pk=pk)
    form = AfterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.follow_up(found, **form.cleaned_data, by=by, on=localdate())
        messages.success(request, _("已记下报道之后的情况。"))
        return redirect("supervision:items")
    return render(request, "supervision/after.html", {"item": found, "form": form})
