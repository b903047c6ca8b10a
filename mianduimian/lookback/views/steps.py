"""步骤: one step of the look-back on one matter each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.archive import store
from mianduimian.archive.handing import hand_out
from mianduimian.ledger.models import Closing, Matter
from mianduimian.lookback import acts
from mianduimian.lookback.forms import CloseForm, ExemptForm, JudgeReadingForm, RecuseForm, SendBackForm, VerifyForm
from mianduimian.lookback.models import AGREED, Reading, Snapshot, Verification, Visit, look, matters_for
from mianduimian.lookback.papers import visits_paper
from mianduimian.lookback.rules import Queue
from mianduimian.lookback.views.finding import found, step
from mianduimian.papers import Paper
from mianduimian.people.doors import door, person


@door("lookback.verify")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Look whether it is so: a form for a telephone, which keeps what is typed while there is no network."""
    matter = found(person(request), pk)
    form = VerifyForm(request.POST or None, request.FILES or None, rules=matter.appeal.round.rules)
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"]
        acts.verify(matter, form.checked(), token=token, by=person(request), on=localdate())
        messages.success(request, _("核查已记录。"))
        return redirect("lookback:matter", pk)
    return step(request, matter, form, _("核查"), onsite=f"{person(request).pk}:{pk}:{matter.turn}")


@door("lookback.see")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photograph of a verification, without place and camera."""
    kept = get_object_or_404(Snapshot, pk=pk, verification__matter__in=matters_for(person(request)))
    handed = HttpResponse(store.get(kept.shown), content_type=kept.kind)
    handed["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return handed


@door("lookback.visit")
@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Put every citizen who spoke for the matter on the call list."""
    visits = acts.plan_visits(found(person(request), pk), by=person(request), on=localdate())
    messages.success(request, _("列入回访%(n)s人。") % {"n": len(visits)})
    return redirect("lookback:matter", pk)


@door("lookback.visit")
@require_POST
def plan_all(request: HttpRequest) -> HttpResponse:
    """Put everybody whose matter is settled on the call list, matter by matter."""
    by, count = person(request), 0
    for waiting in matters_for(by).filter(state__in=AGREED):
        count += len(acts.plan_visits(waiting, by=by, on=localdate()))
    messages.success(request, _("列入回访%(n)s人。") % {"n": count})
    return redirect(f"{reverse('lookback:home')}?show={Queue.VISIT}")


@door("lookback.send_back")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the matter again, by rule."""
    matter = found(person(request), pk)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.send_back(matter, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已退回重办：新的一轮交办和期限已生成。"))
        return redirect("lookback:matter", pk)
    return step(request, matter, form, _("退回重办"))


@door("lookback.close")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The second hand."""
    matter = found(person(request), pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.close(matter, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已销号。"))
        return redirect("lookback:matter", pk)
    return step(request, matter, form, _("销号"))


@door("lookback.send_back")
def judge_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or dismiss what the machine holds against the reply."""
    matter = found(person(request), pk)
    doubt = get_object_or_404(Reading.objects.doubtful(), matter=matter)
    form = JudgeReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.judge_reading(doubt, **form.facts(), by=person(request), on=localdate())
        messages.success(request, _("已认定。"))
        return redirect("lookback:matter", pk)
    return step(request, matter, form, _("认定答复有无措施"), doubt=doubt)


@door("lookback.exempt")
def exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be closed without what is usually owed, under one's own name."""
    matter = found(person(request), pk)
    form = ExemptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.exempt(matter, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已批准例外，记入公开的例外件数。"))
        return redirect("lookback:matter", pk)
    return step(request, matter, form, _("批准例外销号"))


@door("lookback.visit")
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand aside for an interest of one's own; from then on the matter is out of sight."""
    matter = found(person(request), pk)
    form = RecuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.recuse(matter, person=person(request), **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已回避：这件事项不再由您核查、回访。"))
        return redirect("lookback:home")
    return step(request, matter, form, _("我要回避"))


@door("lookback.visit")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 回访表, every identity masked: as kept at the closing, before that as a draft."""
    matter = found(person(request), pk)
    closed = Closing.objects.filter(matter=matter).exclude(closed_on=None).order_by("pk").last()
    if closed and closed.turn == matter.turn:
        return hand_out(request, closed, lambda: _drafted(matter))
    return hand_out(request, matter, lambda: _drafted(matter))


def _drafted(matter: Matter) -> Paper:
    visits = list(Visit.objects.filter(matter=matter).of_this_turn().with_rows())
    verified = Verification.objects.filter(matter=matter, turn=matter.turn).select_related("by").first()
    return visits_paper(matter, look(matter), visits, verified)
