"""台账页面: a matter with its whole life, what a handler holds, what is to be opened and assigned, the table of moves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.ledger import acts
from mianduimian.ledger.forms import FORMS, AssignForm, OpenForm
from mianduimian.ledger.models import AGREED, IN_HAND, Matter, Objection, history, to_open
from mianduimian.ledger.rules import MOVES, Moment, Move, State, next_hand, standing
from mianduimian.people.doors import door, person
from mianduimian.people.models import Person


def find(by: Person, pk: int) -> Matter:
    """The matter with everything its line shows; what is not this person's to see is not there."""
    found = Matter.objects.seen_by(by).filter(pk=pk).lines()
    if not found:
        raise Http404
    return found[0]


def _button(move: Move, matter: Matter, first: bool) -> dict[str, Any]:
    simple = list(FORMS[move.verb].base_fields) == ["version"]
    url = reverse(f"ledger:{move.verb}", args=[matter.pk])
    return {"url": url, "word": move.word, "post": simple, "version": matter.version, "tone": "primary" if first else ""}


def _is_open(move: Move, matter: Matter, by: Person) -> bool:
    """Whether the move has something to be done on: a step not yet reached, a part an assisting unit has not finished."""
    if move.verb == "finish":
        own, held = {unit.pk for unit in by.units}, matter.assignment
        helping = [unit for unit in held.assists.all() if unit.pk in own] if held else []
        return any(not held.done_by[unit.short] for unit in helping) if held else False
    return move.verb != "reach" or bool(matter.open_steps)


def shown(matter: Matter) -> dict[str, Any]:
    """What proves the work: by moment, before beside after; and whether something is still owed before closing."""
    filed = list(matter.evidence.all())
    moments = [(moment, [one for one in filed if one.moment == moment]) for moment in Moment]
    lacks = matter.state in AGREED and not any(one.moment == Moment.AFTER for one in filed)
    return {"evidence": [pair for pair in moments if pair[1]], "lacks_after": lacks}


@door("ledger.see")
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: where it stands, who must act, what was asked, answered, shown and decided."""
    found, on = find(person(request), pk), localdate()
    moves = [move for move in found.moves_for(person(request)) if move.verb in FORMS]
    moves = [move for move in moves if _is_open(move, found, person(request))]
    context = {
        "matter": found,
        "light": found.light(on),
        "steps": standing(found.state),
        "hand": next_hand(found.state),
        "moves": [_button(move, found, n == 0) for n, move in enumerate(moves)],
        "history": history(found),
        **shown(found),
        "clocks": [(clock, clock.light(on, found.appeal.round.rules)) for clock in found.clocks()],
        "objections": Objection.objects.filter(assignment__matter=found).select_related("assignment__lead"),
        "done": {passed.milestone_id: passed.on for passed in found.all_passed},
    }
    return render(request, "ledger/matter.html", context)


@door("ledger.handle")
def mine(request: HttpRequest) -> HttpResponse:
    """What the person's units hold, the most urgent first."""
    on, by = localdate(), person(request)
    held = Matter.objects.held_by(by).exclude(state=State.CLOSED).lines()
    rows = [(matter, matter.light(on), [move.verb for move in matter.moves_for(by)]) for matter in held]
    rows.sort(key=lambda row: (row[0].state not in IN_HAND, row[0].assignment.reply_due_on if row[0].assignment else on))
    return render(request, "ledger/mine.html", {"rows": rows, "on": on})


@door("ledger.open")
def opening(request: HttpRequest) -> HttpResponse:
    """Appeals with an opinion that are not yet on the ledger, and matters not yet given to anybody."""
    by, on = person(request), localdate()
    form = OpenForm(request.POST or None, waiting=to_open(by))
    if request.method == "POST" and form.is_valid():
        for opinion in form.cleaned_data["opinions"]:
            entered = acts.open_matter(opinion.appeal, by=by, on=on)
            if form.cleaned_data["assign"]:
                acts.assign(entered, by=by, on=on)
        messages.success(request, _("已入账 %(n)s 件。") % {"n": len(form.cleaned_data["opinions"])})
        return redirect("ledger:open")
    waiting = Matter.objects.seen_by(by).in_state(State.OPEN).lines()
    return render(request, "ledger/open.html", {"form": form, "opinions": to_open(by), "matters": waiting})


@door("ledger.assign")
def assigning(request: HttpRequest) -> HttpResponse:
    """Give the chosen matters to the units their opinions name."""
    by, on = person(request), localdate()
    form = AssignForm(request.POST or None, waiting=Matter.objects.seen_by(by).in_state(State.OPEN))
    if request.method == "POST" and form.is_valid():
        for chosen in form.cleaned_data["matters"]:
            acts.assign(chosen, by=by, on=on)
        messages.success(request, _("已交办 %(n)s 件。") % {"n": len(form.cleaned_data["matters"])})
    elif request.method == "POST":
        messages.warning(request, _("没有选中可交办的事项。"))
    return redirect("ledger:open")


@door("ledger.see")
def moves(request: HttpRequest) -> HttpResponse:
    """The table of moves as a diagram: from every state, what can be done, by whom, and where it leads."""
    rows = [(state, [move for move in MOVES.values() if state in move.starts]) for state in State]
    return render(request, "ledger/moves.html", {"rows": rows})
