"""办理意见: deciding on one appeal, and on the many that were not heard in the hall."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.meeting import acts
from mianduimian.meeting.forms import ManyForm, OpinionForm, UnitFilter
from mianduimian.meeting.models import Exchange, Meeting, Opinion, unheard
from mianduimian.meeting.rules import Handling
from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal

PAGE = 50


@door("meeting.record")
def opine(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on an appeal; what was said in the hall, or decided before, stands in the form already."""
    who = person(request)
    appeal = get_object_or_404(Appeal.objects.seen_by(who).select_related("round__region", "unit"), pk=pk)
    said = Exchange.objects.filter(meeting__round=appeal.round_id, appeal=appeal).select_related("answered_by", "meeting").last()
    earlier = Opinion.objects.filter(appeal=appeal).select_related("lead", "by").prefetch_related("assists").order_by("-pk")
    form = OpinionForm(request.POST or None, initial=_known(appeal, said, earlier.first()))
    if request.method == "POST" and form.is_valid():
        acts.opine(appeal, form.decided, exchange=said, by=who, on=localdate())
        messages.success(request, _("办理意见已写入。"))
        meeting = Meeting.objects.filter(round=appeal.round_id, items__appeal=appeal).first()
        return redirect("meeting:meeting", meeting.pk) if meeting else redirect("meeting:unheard", appeal.round.code)
    return render(request, "meeting/opine.html", {"form": form, "appeal": appeal, "exchange": said, "earlier": earlier})


def _known(appeal: Appeal, said: Exchange | None, last: Opinion | None) -> dict[str, Any]:
    """What the form begins with: the opinion in force, else what was said in the hall, else the suggested unit."""
    if last:
        return last.decided.__dict__ | {"assists": list(last.decided.assists)}
    if said:
        promise = said.promises.first()
        handling = Handling.BY_A_DATE if promise else Handling.ON_THE_LEDGER
        due_on = promise.due_on if promise else None
        return {"handling": handling, "text": said.measure, "lead": said.answered_by.key, "solve_by": due_on}
    return {"handling": Handling.ON_THE_LEDGER, "lead": appeal.unit.key if appeal.unit else None}


@door("meeting.record")
def unheard_appeals(request: HttpRequest, code: str) -> HttpResponse:
    """待写办理意见: the appeals of a round nothing was decided on; one text for those that are ticked, or for all."""
    round = get_object_or_404(Round.objects.seen_by(person(request)).select_related("region"), code=code)
    narrow = UnitFilter(request.GET)
    waiting = narrow.chosen(unheard(round))
    first = {"handling": Handling.BY_A_DATE, "text": _("由{单位}牵头办理“{诉求}”，查明原因，提出措施，按时解决并书面反馈。")}
    form = ManyForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        chosen = waiting if form.cleaned_data["everything"] else waiting.filter(pk__in=request.POST.getlist("appeal"))
        made = acts.opine_all(round, chosen, form.decided, by=person(request), on=localdate())
        messages.success(request, _("已写办理意见 %(count)s 件。") % {"count": len(made)})
        return redirect(request.get_full_path())
    return render(request, "meeting/unheard.html", {"form": form, "narrow": narrow, "round": round, **_page(request, waiting)})


def _page(request: HttpRequest, waiting: Any) -> dict[str, Any]:
    """One page of appeals behind the number asked for, and the number after which the next page begins."""
    after = request.GET.get("after", "")
    behind = waiting.filter(number__gt=int(after)) if after.isdecimal() else waiting
    rows = list(behind.with_voices().select_related("unit", "region").order_by("number")[: PAGE + 1])
    more = rows[PAGE - 1].number if len(rows) > PAGE else None
    return {"appeals": rows[:PAGE], "next": more, "total": waiting.count()}
