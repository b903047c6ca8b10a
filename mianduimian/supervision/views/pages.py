"""督办页面: what is behind, what is drafted, what has lasted too long, and all that was done about one matter."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.ledger.models import Matter
from mianduimian.people.doors import door, person
from mianduimian.people.models import Person
from mianduimian.supervision import acts
from mianduimian.supervision.models import (
    OUT,
    Accountability,
    Charge,
    Draft,
    Inspection,
    Instruction,
    Notice,
    PressItem,
    Reminder,
    lasting_ones,
    watched,
)
from mianduimian.supervision.views.steps import STEPS
from mianduimian.vocabulary import say
from mianduimian.workdays import calendar

PAGE, DRAFTS = 50, 15  # lines shown at once; what is issued makes room for the next


def find(by: Person, pk: int) -> Matter:
    """The matter with everything its line shows; what is not this person's to see is not there."""
    found = Matter.objects.seen_by(by).filter(pk=pk).lines()
    if not found:
        raise Http404
    return found[0]


@door("supervision.see")
def home(request: HttpRequest) -> HttpResponse:
    """What is overdue, yellow or red, what is drafted, what nobody answered."""
    by, on = person(request), localdate()
    drafts, urgent = _drafts(by), watched(by, on, calendar(settings.CALENDARS))
    after = int(request.GET.get("after", "0")) if request.GET.get("after", "0").isdecimal() else 0
    context: dict[str, Any] = {
        "urgent": urgent[after : after + PAGE],
        "next": after + PAGE if len(urgent) > after + PAGE else None,
        "counts": {light: sum(one.light == light for one in urgent) for light in ("red", "yellow")},
        "behind": sum(one.behind > 0 for one in urgent),
        "drafts": drafts[:DRAFTS],
        "drafted": len(drafts),
        "notices": Notice.objects.seen_by(by).waiting().select_related("unit", "matter__appeal__round"),
        "instructions": Instruction.objects.seen_by(by).waiting().select_related("matter__appeal", "by"),
        "coming": Inspection.objects.seen_by(by).coming().select_related("matter__appeal", "planned_by"),
        "sanctions": Accountability.objects.seen_by(by).filter(verdict="").select_related("unit", "by", "matter__appeal"),
        "on": on,
    }
    return render(request, "supervision/home.html", context)


def _drafts(by: Person) -> list[Draft]:
    if not by.may("supervision.notify"):
        return []
    return list(Draft.objects.seen_by(by).waiting().select_related("matter__appeal__round"))


@door("supervision.see")
def lasting(request: HttpRequest) -> HttpResponse:
    """长期反映、解决难度大: found from the data, each with its reasons and who is in charge."""
    found = lasting_ones(person(request), localdate(), calendar(settings.CALENDARS))
    after = int(request.GET.get("after", "0")) if request.GET.get("after", "0").isdecimal() else 0
    context = {
        "rows": found[after : after + PAGE],
        "next": after + PAGE if len(found) > after + PAGE else None,
        "number": len(found),
        "orphans": sum(one.owner is None for one in found),
    }
    return render(request, "supervision/lasting.html", context)


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
    found = find(by, pk)
    notices = Notice.objects.filter(matter=found).select_related("unit", "by", "answered_by", "matter__appeal__round")
    context = {
        "matter": found,
        "light": found.light(on),
        "drafts": [one for one in _drafts(by) if one.matter_id == found.pk],
        "charge": Charge.objects.current().filter(matter=found).select_related("owner").first(),
        "reminders": Reminder.objects.of(found).select_related("by", "assignment", "instruction"),
        "notices": notices.prefetch_related("assists"),
        "instructions": Instruction.objects.filter(matter=found).select_related("by", "reported_by"),
        "inspections": Inspection.objects.seen_by(by).filter(matter=found).select_related("by").prefetch_related("photos"),
        "press": PressItem.objects.filter(matter=found).prefetch_related("aftermath__by"),
        "sanctions": Accountability.objects.filter(matter=found).select_related("unit", "by", "stated_by", "decided_by"),
        "moves": _moves(by, found),
        "on": on,
    }
    return render(request, "supervision/matter.html", context)


def _moves(by: Person, found: Matter) -> list[dict[str, Any]]:
    over = {"notify"} if found.state in OUT else set()
    open_to = [(verb, say(word)) for verb, (permission, word) in STEPS.items() if by.may(permission) and verb not in over]
    return [
        {"url": reverse(f"supervision:{verb}", args=[found.pk]), "word": word, "tone": "" if n else "primary"}
        for n, (verb, word) in enumerate(open_to)
    ]
