"""座谈会会前: calling the meeting, seating people, choosing the agenda."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.meeting import acts
from mianduimian.meeting.forms import PlanForm, SeatForm, UnitFilter, UnseatForm
from mianduimian.meeting.models import Item, Meeting, Seat, voices
from mianduimian.meeting.rules import SeatKind, invite, quotas
from mianduimian.meeting.views.finding import by_kind, found, within
from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal

SHOWN = 60


@door("meeting.see")
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings the person sees, and the rounds that still wait for theirs."""
    who = person(request)
    called = Meeting.objects.seen_by(who).select_related("round__region")
    waiting = Round.objects.seen_by(who).running().exclude(pk__in=Meeting.objects.values("round"))
    return render(request, "meeting/meetings.html", {"meetings": called, "waiting": waiting})


@door("meeting.prepare")
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Call the meeting of a round."""
    round = get_object_or_404(Round.objects.seen_by(person(request)), code=code)
    form = PlanForm(request.POST or None, initial={"host": round.host})
    if request.method == "POST" and form.is_valid():
        called = acts.plan(round, form.planning, by=person(request), on=localdate())
        messages.success(request, _("座谈会已安排。接下来：席位、议程。"))
        return redirect("meeting:meeting", called.pk)
    word = _("安排座谈会")
    return render(request, "meeting/form.html", {"form": form, "title": word, "lead": round, "button": word})


@door("meeting.prepare")
def replan(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who presides, where or when."""
    meeting = found(request, pk)
    now = {"host": meeting.host, "place": meeting.place, "starts_at": localtime(meeting.starts_at), "seen": meeting.version}
    form = PlanForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        acts.replan(meeting, form.planning, seen=seen, by=person(request), on=localdate())
        messages.success(request, _("已改期。"))
        return redirect("meeting:meeting", pk)
    return render(request, "meeting/form.html", {"form": form, "title": _("改期"), "meeting": meeting, "button": _("改期")})


@door("meeting.prepare")
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a seat; beside the form, whom the voices and regions propose as citizen representatives."""
    meeting = found(request, pk)
    asked = {"kind": request.GET.get("kind", SeatKind.CITIZEN), "submission": request.GET.get("submission")}
    form = SeatForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        taken = acts.seat(meeting, form.seating, by=person(request), on=localdate())
        messages.success(request, _("已安排席位：%(seat)s。") % {"seat": taken})
        return redirect("meeting:seat", pk)
    seated = set(meeting.seats.exclude(submission=None).values_list("submission", flat=True))
    left = quotas(meeting.round.rules)[SeatKind.CITIZEN] - len(seated)
    candidates = [voice for voice in voices(meeting.round) if voice.submission not in seated]
    context = {"form": form, "meeting": meeting, "invitations": invite(candidates, max(left, 0)), "seats": by_kind(meeting)}
    return render(request, "meeting/seat.html", context)


@door("meeting.prepare")
def unseat(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a seat back."""
    seat = within(request, Seat.objects.select_related("meeting__round", "unit"), pk)
    form = UnseatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.unseat(seat, why=form.cleaned_data["why"], by=person(request), on=localdate())
        messages.success(request, _("席位已撤回。"))
        return redirect("meeting:meeting", seat.meeting_id)
    word = _("撤回席位")
    context = {"form": form, "title": word, "lead": seat, "meeting": seat.meeting, "button": word, "tone": "danger"}
    return render(request, "meeting/form.html", context)


@door("meeting.prepare")
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose appeals for the agenda, those with most voices first."""
    meeting = found(request, pk)
    if request.method == "POST":
        chosen = Appeal.objects.filter(pk__in=request.POST.getlist("appeal"), round=meeting.round_id)
        ordered = sorted(chosen, key=lambda appeal: request.POST.getlist("appeal").index(str(appeal.pk)))
        made = acts.put_on_agenda(meeting, ordered, by=person(request), on=localdate())
        messages.success(request, _("已列入议程 %(count)s 件。") % {"count": len(made)})
        return redirect("meeting:meeting", pk)
    form = UnitFilter(request.GET)
    there = Item.objects.filter(meeting=meeting).values("appeal")
    free = Appeal.objects.standing().filter(round=meeting.round_id).exclude(pk__in=there).with_voices()
    ranked = form.chosen(free).select_related("unit", "region").order_by("-voices", "number")[:SHOWN]
    return render(request, "meeting/agenda.html", {"form": form, "meeting": meeting, "appeals": ranked, "shown": SHOWN})


@door("meeting.prepare")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an item up or down."""
    item = within(request, Item.objects.select_related("meeting__round"), pk)
    acts.move(item, up="up" in request.POST, by=person(request), on=localdate())
    return redirect("meeting:meeting", item.meeting_id)


@door("meeting.prepare")
@require_POST
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = within(request, Item.objects.select_related("meeting__round", "appeal"), pk)
    acts.take_off(item, by=person(request), on=localdate())
    messages.success(request, _("已撤下议题。"))
    return redirect("meeting:meeting", item.meeting_id)
