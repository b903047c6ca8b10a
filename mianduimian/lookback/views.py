"""回头看页面: what is to verify, whom to ask, what goes back, what may be closed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from mianduimian.intake import acts as intake
from mianduimian.ledger.models import Matter
from mianduimian.ledger.rules import State
from mianduimian.lookback import acts
from mianduimian.lookback.forms import AnswerForm, AttemptForm, CloseForm, RevealForm, SendBackForm, VerifyForm
from mianduimian.lookback.models import ANSWERED, SendBack, Verification, Visit, look, matters_for, queues
from mianduimian.lookback.papers import visits_paper
from mianduimian.lookback.rules import Look, Queue
from mianduimian.papers import filename
from mianduimian.papers import render as as_word
from mianduimian.people.doors import door, person
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.text.replies import grade
from mianduimian.vocabulary import say

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 50
BUTTONS = (
    ("verify", "lookback.verify", gettext_noop("核查")),
    ("plan", "lookback.visit", gettext_noop("列入回访")),
    ("send_back", "lookback.send_back", gettext_noop("退回重办")),
    ("close", "lookback.close", gettext_noop("销号")),
)


def _find(by: Person, pk: int) -> Matter:
    return get_object_or_404(matters_for(by).select_related("appeal__round__region", "opinion"), pk=pk)


@door("lookback.see")
def home(request: HttpRequest) -> HttpResponse:
    """Four queues: to verify, to ask, to send back, to close; and what the citizens said so far."""
    by = person(request)
    waiting = queues(by)
    asked = request.GET.get("show", "")
    show = Queue(asked) if asked in Queue else next((queue for queue in Queue if waiting[queue]), Queue.VERIFY)
    after = request.GET.get("after", "0")
    start = int(after) if after.isdecimal() else 0
    context = {
        "tabs": [{"key": queue.value, "word": queue.word, "count": len(rows)} for queue, rows in waiting.items()],
        "show": show.value,
        "rows": waiting[show][start : start + PAGE],
        "next": start + PAGE if len(waiting[show]) > start + PAGE else None,
        "share": Visit.objects.seen_by(by).filter(matter__appeal__round__ended_on=None).of_last_turn().share(),
        "may_visit": by.may("lookback.visit"),
    }
    return render(request, "lookback/home.html", context)


@door("lookback.see")
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: verifications, visits, what went back, and what is missing before it may be closed."""
    by = person(request)
    found = _find(by, pk)
    seen, reply = look(found), found.replies.order_by("pk").last()
    context = {
        "matter": found,
        "look": seen,
        "reply": reply,
        "reading": grade(found.appeal.wording, f"{reply.public}\n{reply.measure}") if reply else None,
        "verifications": Verification.objects.filter(matter=found).select_related("by"),
        "visits": list(Visit.objects.filter(matter=found).order_by("-turn", "pk").with_rows()),
        "backs": SendBack.objects.filter(matter=found).select_related("by", "assignment__lead"),
        "moves": _moves(by, found, seen),
        "may_visit": by.may("lookback.visit"),
    }
    return render(request, "lookback/matter.html", context)


def _moves(by: Person, found: Matter, seen: Look) -> list[dict[str, Any]]:
    due = {
        "verify": found.state in ANSWERED and not seen.finding,
        "plan": found.state in ANSWERED and seen.sources > seen.share.to_ask,
        "send_back": found.state in ANSWERED,  # a person may find a reply vague where no rule does
        "close": found.state == State.CLOSING and not seen.missing,
    }
    verbs = [(verb, say(word)) for verb, permission, word in BUTTONS if due[verb] and by.may(permission)]
    return [
        {
            "url": reverse(f"lookback:{verb}", args=[found.pk]),
            "word": word,
            "post": verb == "plan",
            "tone": "primary" if verb != "send_back" or seen.grounds else "",
        }
        for verb, word in verbs
    ]


@door("lookback.verify")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Look whether it is so."""
    found = _find(person(request), pk)
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.verify(found, form.checked(), by=person(request), on=localdate())
        messages.success(request, _("核查已记录。"))
        return redirect("lookback:matter", pk)
    return _step(request, found, form, _("核查"))


@door("lookback.visit")
@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Put every citizen who spoke for the matter on the call list."""
    visits = acts.plan_visits(_find(person(request), pk), by=person(request), on=localdate())
    messages.success(request, _("列入回访%(n)s人。") % {"n": len(visits)})
    return redirect("lookback:matter", pk)


@door("lookback.visit")
@require_POST
def plan_all(request: HttpRequest) -> HttpResponse:
    """Put everybody whose matter is settled on the call list, matter by matter."""
    by, count = person(request), 0
    for waiting in matters_for(by).filter(state__in=[State.SETTLED, State.CLOSING]):
        count += len(acts.plan_visits(waiting, by=by, on=localdate()))
    messages.success(request, _("列入回访%(n)s人。") % {"n": count})
    return redirect(f"{reverse('lookback:home')}?show={Queue.VISIT}")


@door("lookback.send_back")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the matter again, by rule."""
    found = _find(person(request), pk)
    form = SendBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.send_back(found, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已退回重办：新的一轮交办和期限已生成。"))
        return redirect("lookback:matter", pk)
    return _step(request, found, form, _("退回重办"))


@door("lookback.close")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The second hand."""
    found = _find(person(request), pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.close(found, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已销号。"))
        return redirect("lookback:matter", pk)
    return _step(request, found, form, _("销号"))


def _step(request: HttpRequest, found: Matter, form: Any, word: str) -> HttpResponse:
    reply = found.replies.order_by("pk").last()
    reading = grade(found.appeal.wording, f"{reply.public}\n{reply.measure}") if reply else None
    context = {"matter": found, "form": form, "word": word, "look": look(found), "reply": reply, "reading": reading}
    return render(request, "lookback/step.html", context)


def _visit(by: Person, pk: int) -> Visit:
    return get_object_or_404(Visit.objects.seen_by(by).with_rows(), pk=pk)


@door("lookback.visit")
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Asking one citizen: what to say, what was tried, what was answered."""
    return _ask(request, _visit(person(request), pk), AttemptForm(), AnswerForm())


def _ask(request: HttpRequest, found: Visit, attempt_form: AttemptForm, answer_form: AnswerForm) -> HttpResponse:
    context = {
        "visit": found,
        "matter": found.matter,
        "reply": found.matter.replies.order_by("pk").last(),
        "attempt_form": attempt_form,
        "answer_form": answer_form,
        "open": not found.scale and found.turn == found.matter.turn and found.matter.state in ANSWERED,
    }
    return render(request, "lookback/visit.html", context)


@door("lookback.visit")
@require_POST
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """One attempt to reach the citizen."""
    found, form = _visit(person(request), pk), AttemptForm(request.POST)
    if not form.is_valid():
        return _ask(request, found, form, AnswerForm())
    typed = form.cleaned_data
    acts.attempt(found, result=typed["result"], at=typed["at"] or timezone.now(), by=person(request), on=localdate())
    messages.success(request, _("联系已记录。"))
    return redirect("lookback:visit", pk)


@door("lookback.visit")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the citizen answered."""
    found, form = _visit(person(request), pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _ask(request, found, AttemptForm(), form)
    acts.answer(found, form.said(), by=person(request), on=localdate())
    messages.success(request, _("评价已记录。"))
    return redirect("lookback:matter", found.matter_id)


@door("lookback.visit")
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the seal on a phone number, for a reason that stays on record; shown this once."""
    found, form = _visit(person(request), pk), RevealForm(request.POST or None)
    if found.citizen is None:
        raise Refused(gettext_noop("这位群众没有留下身份。"))
    if request.method == "POST" and form.is_valid():
        known = intake.unmask(found.citizen, why=form.cleaned_data["why"], by=person(request), on=localdate())
        return render(request, "lookback/identity.html", {"visit": found, "identity": known})
    return render(request, "lookback/reveal.html", {"visit": found, "form": form})


@door("lookback.visit")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 回访表, every identity masked."""
    found = _find(person(request), pk)
    visits = list(Visit.objects.filter(matter=found).of_this_turn().with_rows())
    verified = Verification.objects.filter(matter=found, turn=found.turn).select_related("by").first()
    made = visits_paper(found, look(found), visits, verified)
    header = content_disposition_header(True, filename(made.title, "docx")) or "attachment"
    return HttpResponse(as_word(made), content_type=WORD, headers={"Content-Disposition": header})
