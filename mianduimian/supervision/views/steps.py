"""督办步骤: one page for each step that a person takes on a matter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mianduimian.ledger.models import Matter
from mianduimian.people.doors import View, door, person
from mianduimian.people.models import Person
from mianduimian.supervision import acts
from mianduimian.supervision.forms import FORMS
from mianduimian.vocabulary import say

STEPS = {
    "notify": ("supervision.notify", gettext_noop("发督办单")),
    "plan_inspection": ("supervision.inspect", gettext_noop("计划督查")),
    "inspect": ("supervision.inspect", gettext_noop("记督查")),
    "instruct": ("supervision.instruct", gettext_noop("批示")),
    "put_in_charge": ("supervision.charge", gettext_noop("包案")),
    "press": ("supervision.press", gettext_noop("登记报道")),
    "account": ("supervision.account", gettext_noop("问责")),
}


def _back(by: Person, pk: int) -> str:
    """Where a step came from; a journalist sees no matter, only the list of what was published."""
    return reverse("supervision:matter", args=[pk]) if by.may("supervision.see") else reverse("supervision:items")


def step(verb: str) -> View:
    """The page of one step of supervision on a matter."""
    permission, word = STEPS[verb]

    @door(permission)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = next(iter(Matter.objects.seen_by(person(request)).filter(pk=pk).lines()), None)
        if found is None:
            raise Http404
        form, back = FORMS[verb](request.POST or None, matter=found), _back(person(request), pk)
        if request.method == "POST" and form.is_valid():
            getattr(acts, verb)(found, **form.facts(), by=person(request), on=localdate())
            messages.success(request, _("%(what)s：已办理并留痕。") % {"what": say(word)})
            return redirect(back)
        return render(request, "supervision/step.html", {"matter": found, "form": form, "word": say(word), "back": back})

    return view
