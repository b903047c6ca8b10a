"""5+N 专班: the task force of a round, and its work plan with measures and milestones."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.archive.handing import hand_out
from mianduimian.journal.models import Line
from mianduimian.people.doors import door, person
from mianduimian.people.models import Unit
from mianduimian.solicitation.models import Round
from mianduimian.taskforce import acts
from mianduimian.taskforce.forms import CompareForm, DraftForm, FormForm, JoinForm, MeasureFilter, MeasureForm, StepForm
from mianduimian.taskforce.models import Measure, Member, Milestone, Plan, compared, conflicts, frames, needed
from mianduimian.taskforce.papers import work_plan
from mianduimian.taskforce.rules import Change, Frame, Verb

PAGE, HISTORY = 50, 40


def _round(request: HttpRequest, code: str) -> Round:
    return get_object_or_404(Round.objects.seen_by(person(request)).select_related("region"), code=code)


def _plan(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.seen_by(person(request)).select_related("round__region", "drafted_by"), pk=pk)


def _measure(request: HttpRequest, pk: int) -> Measure:
    rows = Measure.objects.seen_by(person(request)).select_related("plan__round__region", "appeal", "lead")
    return get_object_or_404(rows.prefetch_related("assists"), pk=pk)


@door("taskforce.see")
def round(request: HttpRequest, code: str) -> HttpResponse:
    """The task force of a round: its members, the units still proposed, the versions of its plan, the newest in full."""
    found = _round(request, code)
    members = list(Member.objects.of(found))
    plans = list(Plan.objects.of(found).select_related("drafted_by"))
    proposed = _proposed(found, {member.unit_id for member in members}) if members else []
    context = {"round": found, "members": members, "proposed": proposed, "plans": plans, "steps": _steps(found, plans)}
    return render(request, "taskforce/round.html", context | (_table(request, plans[0]) if plans else {}))


@door("taskforce.see")
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of the plan."""
    shown = _plan(request, pk)
    return render(request, "taskforce/plan.html", {"round": shown.round, **_table(request, shown)})


def _table(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """One page of a plan's measures, behind the appeal's number asked for."""
    form = MeasureFilter(request.GET)
    chosen = form.chosen(Measure.objects.filter(plan=plan))
    after = request.GET.get("after", "")
    behind = chosen.filter(appeal__number__gt=int(after)) if after.isdecimal() else chosen
    rows = list(behind.with_rows()[: PAGE + 1])
    more = rows[PAGE - 1].appeal.number if len(rows) > PAGE else None
    nobody = plan.measures.filter(Q(responsible="") | Q(milestones=None)).distinct().count()
    context = {"plan": plan, "form": form, "measures": rows[:PAGE], "next": more, "total": chosen.count(), "incomplete": nobody}
    return context | {"clashing": [] if plan.issued_on else conflicts(plan)}


def _proposed(round: Round, without: set[int]) -> list[tuple[Unit, str]]:
    reasons = {one.unit: one.reason for one in needed(round) if one.unit not in without}
    units = Unit.objects.in_bulk(list(reasons))
    return [(units[key], reason) for key, reason in reasons.items()]


def _steps(round: Round, plans: list[Plan]) -> list[dict[str, object]]:
    """What was done, newest first: on the round, and on the newest version of its plan."""
    lines = Line.objects.of(round) | Line.objects.of(plans[0]) if plans else Line.objects.of(round)
    shown = lines.filter(verb__in=list(Verb)).order_by("-number")[:HISTORY]
    return [{"when": line.on, "who": line.actor_name, "what": Verb.word_of(line.verb), "why": line.why} for line in shown]


@door("taskforce.form")
def form(request: HttpRequest, code: str) -> HttpResponse:
    """Form the task force: the five stand, the N are proposed and ticked."""
    found = _round(request, code)
    reasons = {unit.pk: reason for unit, reason in _proposed(found, set())}
    keys = list(Unit.objects.filter(pk__in=reasons).values_list("key", flat=True))
    typed = FormForm(request.POST or None, reasons=reasons, initial={"units": keys})
    if request.method == "POST" and typed.is_valid():
        made = acts.form(found, units=typed.cleaned_data["units"], by=person(request), on=localdate())
        messages.success(request, _("专班已组建，共 %(count)s 个单位。") % {"count": len(made)})
        return redirect("taskforce:round", code)
    standing = Unit.objects.filter(key__in=found.rules.taskforce["standing"])
    return render(request, "taskforce/form.html", {"round": found, "form": typed, "standing": standing})


@door("taskforce.form")
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Bring one more unit in."""
    found = _round(request, code)
    asked = {"unit": request.GET.get("unit"), "reason": request.GET.get("reason")}
    typed = JoinForm(request.POST or None, initial=asked)
    if request.method == "POST" and typed.is_valid():
        member = acts.join(found, **typed.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("%(unit)s已加入专班。") % {"unit": member.unit})
        return redirect("taskforce:round", code)
    return _typed(request, typed, found, title=_("加入专班"), button=_("加入"))


@door("taskforce.plan")
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Draft a version of the plan; basis and goal begin with those of the last."""
    found = _round(request, code)
    last = Plan.objects.of(found).first()
    usual = {
        "basis": _("根据“%(focus)s”座谈会纪要和各项办理意见，制定本方案。") % {"focus": found.focus},
        "goal": _("件件有着落、事事有回音，群众满意才收兵；推动从解决一个问题向解决一类问题转变。"),
    }
    typed = DraftForm(request.POST or None, initial={"basis": last.basis, "goal": last.goal} if last else usual)
    if request.method == "POST" and typed.is_valid():
        made = acts.draft(found, **typed.cleaned_data, by=person(request), on=localdate())
        drafted = {"version": made.version, "count": made.measures.count()}
        messages.success(request, _("已起草第%(version)s版，含措施 %(count)s 条。") % drafted)
        return redirect("taskforce:round", code)
    return _typed(request, typed, found, title=_("起草工作方案"), button=_("起草"))


@door("taskforce.plan")
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a measure of the draft; its milestones stand beside it."""
    found = _measure(request, pk)
    work = found.work
    now = {"text": work.text, "lead": work.lead, "assists": list(work.assists), "leader": work.leader}
    initial = now | {"responsible": work.responsible, "seen": found.version}
    typed = MeasureForm(request.POST or None, initial=initial, fixed=_fixed(found))
    if request.method == "POST" and typed.is_valid():
        acts.measure(found.plan, typed.work(found), seen=typed.cleaned_data["seen"] or 0, by=person(request), on=localdate())
        messages.success(request, _("措施已修改。"))
        return redirect("taskforce:measure", pk)
    return render(request, "taskforce/measure.html", {"form": typed, "measure": found, "round": found.plan.round})


@door("taskforce.plan")
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a milestone to a measure."""
    found = _measure(request, pk)
    typed = StepForm(request.POST or None, initial={"starts_on": localdate()}, fixed=_fixed(found))
    if request.method == "POST" and typed.is_valid():
        acts.milestone(found, typed.step, by=person(request), on=localdate())
        messages.success(request, _("节点已增加。"))
        return redirect("taskforce:measure", pk)
    words = {"title": _("增加节点"), "lead": found.text, "button": _("增加"), "check": reverse("taskforce:dates", args=[pk])}
    return _typed(request, typed, found.plan.round, **words)


@door("taskforce.plan")
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a milestone."""
    found = _milestone(request, pk)
    typed = StepForm(request.POST or None, initial=found.step.__dict__, fixed=_fixed(found.measure))
    if request.method == "POST" and typed.is_valid():
        acts.shift(found, typed.step, by=person(request), on=localdate())
        messages.success(request, _("节点已调整。"))
        return redirect("taskforce:measure", found.measure_id)
    check = reverse("taskforce:dates", args=[found.measure_id])
    words = {"title": _("调整节点"), "lead": found.measure.text, "button": _("调整"), "check": check}
    return _typed(request, typed, found.measure.plan.round, **words)


def _fixed(measure: Measure) -> Frame:
    return frames(measure.plan, [measure.appeal_id])[measure.appeal_id]


@door("taskforce.plan")
@require_POST
def units(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the way of the units chosen so far, said at the field before anything is saved."""
    typed = MeasureForm(request.POST, fixed=_fixed(_measure(request, pk)))
    return render(request, "taskforce/_said.html", {"said": typed.said})


@door("taskforce.plan")
@require_POST
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the way of the dates typed so far, said at the field before anything is saved."""
    typed = StepForm(request.POST, fixed=_fixed(_measure(request, pk)))
    return render(request, "taskforce/_said.html", {"said": typed.said})


@door("taskforce.see")
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions of the plan side by side: what is new, what was dropped, and word for word what was changed."""
    found = _round(request, code)
    plans = Plan.objects.of(found)
    newest = list(plans[:2])
    usual = {"now": newest[0].version, "was": newest[-1].version} if newest else {}
    form = CompareForm({**usual, **request.GET.dict()}, plans=plans)
    context: dict[str, Any] = {"round": found, "form": form}
    if form.is_valid():
        was, now, every = (form.cleaned_data[name] for name in ("was", "now", "all"))
        context |= {"was": was, "now": now, **_side_by_side(was, now, every=every, after=request.GET.get("after", ""))}
    return render(request, "taskforce/compare.html", context)


def _side_by_side(was: Plan, now: Plan, *, every: bool, after: str) -> dict[str, Any]:
    """One page of the compared measures, and how many of each kind there are."""
    pairs = compared(was, now)
    counts = Counter(pair.change for pair in pairs)
    begin = int(after) if after.isdecimal() else 0
    shown = [pair for pair in pairs if (every or pair.change != Change.SAME) and pair.appeal.number > begin]
    following = shown[PAGE - 1].appeal.number if len(shown) > PAGE else None
    return {"pairs": shown[:PAGE], "next": following, "counts": [(change, counts[change]) for change in Change]}


@door("taskforce.plan")
@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike a milestone."""
    found = _milestone(request, pk)
    acts.strike(found, by=person(request), on=localdate())
    messages.success(request, _("节点已删去。"))
    return redirect("taskforce:measure", found.measure_id)


def _milestone(request: HttpRequest, pk: int) -> Milestone:
    seen = Measure.objects.seen_by(person(request))
    rows = Milestone.objects.filter(measure__in=seen).select_related("measure__plan__round__region")
    return get_object_or_404(rows, pk=pk)


@door("taskforce.plan")
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a draft under its number."""
    issued = acts.issue(_plan(request, pk), by=person(request), on=localdate())
    messages.success(request, _("工作方案%(number)s已印发。") % {"number": issued.number})
    return redirect("taskforce:round", issued.round.code)


@door("taskforce.see")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The work plan, as issued or as a draft."""
    plan = _plan(request, pk)
    return hand_out(request, plan, lambda: work_plan(plan))


def _typed(request: HttpRequest, form: Any, round: Round, **words: Any) -> HttpResponse:
    return render(request, "taskforce/typed.html", {"form": form, "round": round, **words})
