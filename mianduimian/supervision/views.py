"""督办页面: what is overdue and long-standing, what was done about a matter, notices, instructions, press and circulars."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mianduimian.ledger.models import Matter
from mianduimian.papers import Paper, filename
from mianduimian.papers import render as as_word
from mianduimian.people.doors import View, door, person
from mianduimian.people.models import Person
from mianduimian.supervision import acts, papers
from mianduimian.supervision.forms import FORMS, AnswerForm, CirculateForm, FindForm, ReportForm
from mianduimian.supervision.models import (
    Accountability,
    Circular,
    Inspection,
    Instruction,
    Notice,
    PressItem,
    Reminder,
    watched,
)
from mianduimian.vocabulary import say
from mianduimian.workdays import calendar

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 50
STEPS = {
    "notify": ("supervision.notify", gettext_noop("发督办单")),
    "inspect": ("supervision.inspect", gettext_noop("记督查")),
    "instruct": ("supervision.instruct", gettext_noop("批示")),
    "press": ("supervision.press", gettext_noop("登记报道")),
    "account": ("supervision.account", gettext_noop("问责")),
}


def _find(by: Person, pk: int) -> Matter:
    found = Matter.objects.seen_by(by).filter(pk=pk).lines()
    if not found:
        raise Http404
    return found[0]


def _word(paper: Paper) -> HttpResponse:
    header = content_disposition_header(True, filename(paper.title, "docx")) or "attachment"
    return HttpResponse(as_word(paper), content_type=WORD, headers={"Content-Disposition": header})


@door("supervision.see")
def home(request: HttpRequest) -> HttpResponse:
    """What is overdue, yellow or red, what nobody answered, what has lasted too long."""
    by, on = person(request), localdate()
    everything = watched(by, on, calendar(settings.CALENDARS))
    urgent = [one for one in everything if one.urgent]
    after = int(request.GET.get("after", "0")) if request.GET.get("after", "0").isdecimal() else 0
    context: dict[str, Any] = {
        "urgent": urgent[after : after + PAGE],
        "next": after + PAGE if len(urgent) > after + PAGE else None,
        "counts": {light: sum(one.light == light for one in everything) for light in ("red", "yellow")},
        "behind": sum(one.behind > 0 for one in everything),
        "lasting": [one for one in everything if one.long],
        "notices": Notice.objects.seen_by(by).waiting().select_related("unit", "matter__appeal"),
        "instructions": Instruction.objects.seen_by(by).waiting().select_related("matter__appeal", "by"),
        "on": on,
    }
    return render(request, "supervision/home.html", context)


@door("supervision.remind")
def remind(request: HttpRequest) -> HttpResponse:
    """Urge by hand what the clock would urge today."""
    if request.method == "POST":
        told = acts.remind(by=person(request), on=localdate())
        messages.success(request, _("已催办%(n)s件；已催办过的不重复。") % {"n": len(told)})
    return redirect("supervision:home")


@door("supervision.see")
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """All that supervision did about one matter."""
    by, on = person(request), localdate()
    found = _find(by, pk)
    context = {
        "matter": found,
        "light": found.light(on),
        "reminders": Reminder.objects.of(found).select_related("by", "assignment"),
        "notices": Notice.objects.filter(matter=found).select_related("unit", "by", "answered_by").prefetch_related("copies"),
        "instructions": Instruction.objects.filter(matter=found).select_related("by", "reported_by"),
        "inspections": Inspection.objects.filter(matter=found).select_related("by"),
        "press": PressItem.objects.filter(matter=found),
        "sanctions": Accountability.objects.filter(matter=found).select_related("unit", "by"),
        "moves": _moves(by, found),
        "on": on,
    }
    return render(request, "supervision/matter.html", context)


def _moves(by: Person, found: Matter) -> list[dict[str, Any]]:
    open_to = [(verb, say(word)) for verb, (permission, word) in STEPS.items() if by.may(permission)]
    return [
        {"url": reverse(f"supervision:{verb}", args=[found.pk]), "word": word, "tone": "" if n else "primary"}
        for n, (verb, word) in enumerate(open_to)
    ]


def _back(by: Person, pk: int) -> str:
    """Where a step came from; a journalist sees no matter, only the list of what was published."""
    return reverse("supervision:matter", args=[pk]) if by.may("supervision.see") else reverse("supervision:items")


def step(verb: str) -> View:
    """The page of one step of supervision on a matter."""
    permission, word = STEPS[verb]

    @door(permission)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = _find(person(request), pk)
        form = FORMS[verb](request.POST or None, matter=found)
        back = _back(person(request), pk)
        if request.method == "POST" and form.is_valid():
            getattr(acts, verb)(found, **form.facts(), by=person(request), on=localdate())
            messages.success(request, _("%(what)s：已办理并留痕。") % {"what": say(word)})
            return redirect(back)
        return render(request, "supervision/step.html", {"matter": found, "form": form, "word": say(word), "back": back})

    return view


@door("supervision.see")
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice; the unit it was sent to answers here."""
    by = person(request)
    found = get_object_or_404(Notice.objects.seen_by(by).select_related("matter__appeal__round", "unit", "answered_by"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.answer(found, **form.cleaned_data, by=by, on=localdate())
        messages.success(request, _("整改回复已送出。"))
        return redirect("supervision:notice", pk)
    mine = by.may("supervision.answer") and found.unit in by.units and not found.answered_on
    seen = Matter.objects.seen_by(by).filter(pk=found.matter_id).exists()
    context = {"notice": found, "form": form if mine else None, "on": localdate(), "linked": seen}
    return render(request, "supervision/notice.html", context)


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
    return render(request, "supervision/instruction.html", {"instruction": found, "form": form if mine else None})


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
    cuttings = PressItem.objects.seen_by(by).select_related("matter__appeal")[:PAGE]
    return render(request, "supervision/items.html", {"form": form, "cuttings": cuttings})


@door("supervision.see")
def circulars(request: HttpRequest) -> HttpResponse:
    """The circulars issued so far."""
    issued = Circular.objects.seen_by(person(request)).select_related("round", "by")
    return render(request, "supervision/circulars.html", {"circulars": issued})


@door("supervision.circulate")
def circulate(request: HttpRequest) -> HttpResponse:
    """Issue a circular on a period."""
    form = CirculateForm(request.POST or None, person=person(request))
    if request.method == "POST" and form.is_valid():
        issued = acts.circulate(**form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("通报%(number)s已印发。") % {"number": issued.number})
        return redirect("supervision:circular", issued.pk)
    return render(request, "supervision/circulate.html", {"form": form})


@door("supervision.see")
def circular(request: HttpRequest, pk: int) -> HttpResponse:
    """One circular, as issued."""
    found = get_object_or_404(Circular.objects.seen_by(person(request)).select_related("round", "by"), pk=pk)
    return render(request, "supervision/circular.html", {"circular": found})


@door("supervision.see")
def reminder_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 催办通知书 of a reminder."""
    seen = Reminder.objects.seen_by(person(request))
    found = get_object_or_404(seen.select_related("assignment__lead", "assignment__matter__appeal__round__region"), pk=pk)
    return _word(papers.reminder_paper(found))


@door("supervision.see")
def notice_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 督办单."""
    seen = Notice.objects.seen_by(person(request)).select_related("unit", "matter__appeal__round__region", "answered_by")
    return _word(papers.notice_paper(get_object_or_404(seen, pk=pk)))


@door("supervision.see")
def circular_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 通报."""
    seen = Circular.objects.seen_by(person(request)).select_related("round__region")
    return _word(papers.circular_paper(get_object_or_404(seen, pk=pk)))
