"""办理: one page for each move of the table."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mianduimian.ledger import acts
from mianduimian.ledger.forms import FORMS, MoveForm
from mianduimian.ledger.models import Matter, Objection
from mianduimian.ledger.rules import MOVES, Move, check
from mianduimian.ledger.views.pages import find, shown
from mianduimian.people.doors import View, door, person
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Overtaken

CLOSING = ("settle", "propose_closing")
ACTS = {verb: getattr(acts, "grant_extension" if verb == "grant_again" else verb) for verb in FORMS}


def step(verb: str) -> View:
    """The page of one move."""
    move = MOVES[verb]

    @door(move.permission)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        matter = find(person(request), pk)
        form = FORMS[verb](request.POST or None, request.FILES or None, matter=matter)
        if request.method != "POST":
            _look(move, matter, person(request))
        elif form.is_valid() and _done(move, form, person(request)):
            messages.success(request, _("%(what)s：已办理并留痕。") % {"what": move.word})
            return redirect(f"{reverse('ledger:matter', args=[pk])}?done={verb}")
        status = 409 if request.method == "POST" and form.is_bound and form.non_field_errors() else 200
        return render(request, "ledger/step.html", _page(matter, move, form), status=status)

    return view


def _page(matter: Matter, move: Move, form: MoveForm) -> dict[str, Any]:
    """The form beside what it is about."""
    objections = Objection.objects.filter(assignment__matter=matter, assignment__ended_on=None).select_related("assignment__lead")
    proof = shown(matter) if move.verb in CLOSING else {}
    return {"matter": matter, "move": move, "form": form, "objections": objections, **proof}


def _look(move: Move, matter: Matter, by: Person) -> None:
    """Refuse to show the page of a move that is not this person's to make now."""
    check(move.verb, matter.state, by.grants)
    if move not in matter.moves_for(by):
        raise NotYours(gettext_noop("“%(what)s”现在不由您办理。"), what=move.word)


def _done(move: Move, form: MoveForm, by: Person) -> bool:
    """Make the move; if another hand was faster, the form says so and keeps what was typed."""
    matter, facts = form.matter, form.facts()
    seen: dict[str, Any] = {"seen": form.cleaned_data["version"]}
    try:
        ACTS[move.verb](matter, **facts, by=by, on=localdate(), **seen)
    except Overtaken as faster:
        form.retell(str(faster), matter.version)
        return False
    return True
