"""公开征集: the rounds, one round with its calls and rulebook, and the forms that open, call, extend and end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.archive.handing import hand_out
from mianduimian.journal.models import Line
from mianduimian.mechanism import rulebook as read_rulebook
from mianduimian.mechanism import versions
from mianduimian.people.doors import door, person
from mianduimian.people.rules import Level
from mianduimian.refusal import Refused
from mianduimian.solicitation import acts
from mianduimian.solicitation.forms import DropForm, EndForm, ExtendForm, NoticeForm, OpeningForm, RoundFilter
from mianduimian.solicitation.models import Call, Round, Wish
from mianduimian.solicitation.papers import notice
from mianduimian.solicitation.rules import Channel, Verb, window


def _found(request: HttpRequest, code: str) -> Round:
    seen = Round.objects.seen_by(person(request)).select_related("region", "office", "opened_by")
    return get_object_or_404(seen, code=code)


@door("solicitation.see")
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds within reach, newest first."""
    form = RoundFilter(request.GET)
    return render(request, "solicitation/rounds.html", {"form": form, "rounds": form.chosen(person(request))})


@door("solicitation.open")
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a round; a focus proposed elsewhere is filled in already."""
    proposed = {name: request.GET[name] for name in ("focus", "theme") if name in request.GET}
    form = OpeningForm(request.POST or None, person=person(request), initial=proposed)
    if request.method == "POST" and form.is_valid():
        round = acts.open_round(form.opening, by=person(request), on=localdate())
        messages.success(request, _("已开启%(round)s。") % {"round": round})
        return redirect("solicitation:round", round.code)
    return render(request, "solicitation/open.html", {"form": form})


@door("solicitation.see")
def round(request: HttpRequest, code: str) -> HttpResponse:
    """One round: its facts, its calls, its history."""
    found = _found(request, code)
    context = {"round": found, "facts": _facts(found), "calls": found.calls.all(), "steps": _steps(found), "today": localdate()}
    return render(request, "solicitation/round.html", context)


def _facts(round: Round) -> list[tuple[str, object]]:
    return [
        (_("期号"), round.code),
        (_("焦点"), round.focus),
        (_("主题"), round.theme_word),
        (_("层级"), Level.word_of(round.level)),
        (_("区划"), round.region.name),
        (_("主持人"), round.host),
        (_("专班牵头单位"), round.office.name),
        (_("开启"), f"{round.opened_on} {round.opened_by.name}"),
        (_("结束"), round.ended_on),
    ]


def _steps(round: Round) -> list[dict[str, object]]:
    lines = Line.objects.of(round).filter(verb__in=list(Verb))
    return [{"when": line.on, "who": line.actor_name, "what": Verb.word_of(line.verb), "why": line.why} for line in lines]


@door("solicitation.issue")
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the call of a round; its window is filled in as the rulebook has it."""
    found, today = _found(request, code), localdate()
    usual = {"opens_on": today, "closes_on": window(today, found.rules), "channels": [Channel.HOTLINE, Channel.WEB]}
    form = NoticeForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        call = acts.issue_call(found, form.notice, by=person(request), on=today)
        messages.success(request, _("征集公告%(number)s已发布。") % {"number": call.number})
        return redirect("solicitation:round", code)
    return render(request, "solicitation/issue.html", {"form": form, "round": found})


@door("solicitation.extend")
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Extend the call that is in force."""
    found = _found(request, code)
    if found.call is None:
        raise Refused(_("这一期还没有发布征集公告。"))
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.extend_call(found.call, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("征集已延长，新的公告已发布。"))
        return redirect("solicitation:round", code)
    return render(request, "solicitation/extend.html", {"form": form, "round": found, "call": found.call})


@door("solicitation.end")
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End a round."""
    found = _found(request, code)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.end_round(found, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("这一期已结束，留下的都还看得到。"))
        return redirect("solicitation:round", code)
    return render(request, "solicitation/end.html", {"form": form, "round": found})


@door("solicitation.see")
def wishes(request: HttpRequest) -> HttpResponse:
    """What citizens propose to talk about next: what waits for a look, and what is public with its backing."""
    mine = Wish.objects.seen_by(person(request)).select_related("region")
    context = {"waiting": mine.waiting().order_by("pk"), "shown": mine.shown().by_backing(), "form": DropForm(auto_id=False)}
    return render(request, "solicitation/wishes.html", context)


@door("solicitation.judge")
@require_POST
def show_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read a wish and back it."""
    acts.show(get_object_or_404(Wish, pk=pk), by=person(request), on=localdate())
    messages.success(request, _("已公开，群众可以附议。"))
    return redirect("solicitation:wishes")


@door("solicitation.judge")
@require_POST
def drop_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a wish from the public, with the reason."""
    form = DropForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    acts.drop(get_object_or_404(Wish, pk=pk), why=why, by=person(request), on=localdate())
    messages.success(request, _("已设为不公开。"))
    return redirect("solicitation:wishes")


@door("solicitation.see")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The public notice as issued."""
    seen = Round.objects.seen_by(person(request))
    call = get_object_or_404(Call.objects.filter(round__in=seen).select_related("round__region"), pk=pk)
    return hand_out(request, call, lambda: notice(call))


@door("solicitation.see")
def rulebook(request: HttpRequest, key: str) -> HttpResponse:
    """Every rule of a rulebook with its sentence and its source."""
    book = read_rulebook(key)
    rows = [(f"{section}.{name}", _shown(rule.value), rule) for section, name, rule in book.rules()]
    return render(request, "solicitation/rulebook.html", {"book": book, "rows": rows, "versions": versions()})


def _shown(value: object) -> str:
    """A value as people read it: a list by its items, a step by its word and its days."""
    if isinstance(value, dict):
        return " ".join(str(part) for name, part in value.items() if name != "key" and part != "")
    return "、".join(map(_shown, value)) if isinstance(value, list) else str(value)
