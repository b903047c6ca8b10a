"""复发: the closed matter and what came in since, side by side, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.ledger.models import Closing
from mianduimian.lookback import acts
from mianduimian.lookback.forms import RecurrenceForm
from mianduimian.lookback.models import Recurrence, SendBack, matters_for
from mianduimian.people.doors import door, person


@door("lookback.send_back")
def recurrence(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide whether a new submission is what was closed: the earlier matter stands beside it."""
    seen = Recurrence.objects.filter(matter__in=matters_for(person(request)))
    one = get_object_or_404(seen.select_related("matter__appeal__round", "part__submission", "decided_by"), pk=pk)
    form = RecurrenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.judge_recurrence(one, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已认定。"))
        return redirect("lookback:matter", one.matter_id)
    return render(request, "lookback/recurrence.html", _beside(one) | {"form": None if one.verdict else form})


def _beside(one: Recurrence) -> dict[str, Any]:
    """The earlier matter as it was closed, with what it went through."""
    return {
        "one": one,
        "matter": one.matter,
        "closing": Closing.objects.filter(matter=one.matter, turn=one.turn).first(),
        "reply": one.matter.replies.order_by("pk").last(),
        "backs": SendBack.objects.filter(matter=one.matter).select_related("by", "assignment__lead"),
    }
