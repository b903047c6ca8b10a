"""回访: asking one citizen by telephone or by letter, and giving out the calls."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from mianduimian.intake import acts as intake
from mianduimian.lookback import acts
from mianduimian.lookback.forms import AnswerForm, AttemptForm, CallersForm, RevealForm
from mianduimian.lookback.models import ANSWERED, Link, Visit, strangers, told
from mianduimian.lookback.rules import Queue, digest
from mianduimian.lookback.views.finding import visited
from mianduimian.people.doors import door, person
from mianduimian.refusal import Refused


@door("lookback.visit")
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Asking one citizen: what to say, what was tried, what was answered."""
    return _ask(request, visited(person(request), pk))


def _ask(request: HttpRequest, asked: Visit, **forms: Any) -> HttpResponse:
    """Asking one citizen: what to say, what was tried and when to try next, what was answered."""
    round = asked.matter.appeal.round
    context = {
        "visit": asked,
        "matter": asked.matter,
        "reply": asked.matter.replies.order_by("pk").last(),
        "attempt_form": AttemptForm(rules=round.rules),
        "answer_form": AnswerForm(round=round),
        "open": not asked.scale and asked.turn == asked.matter.turn and asked.matter.state in ANSWERED,
    }
    return render(request, "lookback/visit.html", context | forms)


@door("lookback.visit")
@require_POST
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """One attempt to reach the citizen."""
    asked = visited(person(request), pk)
    form = AttemptForm(request.POST, rules=asked.matter.appeal.round.rules)
    if not form.is_valid():
        return _ask(request, asked, attempt_form=form)
    typed = form.cleaned_data
    acts.attempt(asked, result=typed["result"], at=typed["at"] or timezone.now(), by=person(request), on=localdate())
    messages.success(request, _("联系已记录。"))
    return redirect("lookback:visit", pk)


@door("lookback.visit")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the citizen answered."""
    asked = visited(person(request), pk)
    form = AnswerForm(request.POST, round=asked.matter.appeal.round)
    if not form.is_valid():
        return _ask(request, asked, answer_form=form)
    acts.answer(asked, form.said(), by=person(request), on=localdate())
    messages.success(request, _("评价已记录。"))
    return redirect("lookback:matter", asked.matter_id)


@door("lookback.visit")
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the seal on a phone number, for a reason that stays on record; shown this once."""
    asked, form = visited(person(request), pk), RevealForm(request.POST or None)
    if asked.citizen is None:
        raise Refused(gettext_noop("这位群众没有留下身份。"))
    if request.method == "POST" and form.is_valid():
        known = intake.unmask(asked.citizen, why=form.cleaned_data["why"], by=person(request), on=localdate())
        return render(request, "lookback/identity.html", {"visit": asked, "identity": known})
    return render(request, "lookback/reveal.html", {"visit": asked, "form": form})


@door("lookback.visit")
@require_POST
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter to the citizen for the printer, with the link as a QR code; no name and no number stand on it."""
    asked = visited(person(request), pk)
    address = request.build_absolute_uri(acts.link(asked, by=person(request), on=localdate()))
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True)
    until = Link.objects.get(digest=digest(address.rstrip("/").rsplit("/", 1)[1])).until
    drawing = mark_safe(drawn)  # noqa: S308  segno's own drawing
    context = {"visit": asked, "told": told(asked.matter), "address": address, "qr": drawing, "until": until}
    return render(request, "lookback/letter.html", context)


@door("lookback.plan")
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked calls to one caller or several, in turn."""
    by = person(request)
    form = CallersForm(request.POST, people=strangers("lookback.visit", by))
    ticked = [int(pk) for pk in request.POST.getlist("visit") if pk.isdecimal()]
    if not form.is_valid() or not ticked:
        raise Refused(gettext_noop("请勾选要分派的回访，并选择分给谁。"))
    asked = Visit.objects.seen_by(by).filter(pk__in=ticked)
    made = acts.assign_calls(asked, to=list(form.cleaned_data["to"]), by=by, on=localdate())
    messages.success(request, _("分派回访%(n)s人。") % {"n": len(made)})
    left = len(ticked) - len(made)
    if left:
        messages.warning(request, _("%(n)s人没有分派：所选的人都须回避，或已经评价。") % {"n": left})
    return redirect(f"{reverse('lookback:home')}?show={Queue.VISIT}")
