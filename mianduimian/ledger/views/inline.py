"""就地填报: a unit writes its progress in the line of the ledger itself; of two at once the second is told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from mianduimian.ledger import acts
from mianduimian.ledger.forms import ProgressForm
from mianduimian.ledger.models import Matter
from mianduimian.ledger.views.pages import find
from mianduimian.people.doors import door, person
from mianduimian.refusal import Overtaken

FORM, LINE = "ledger/_fill_in.html", "ledger/_progress.html"


@door("ledger.handle")
def fill_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The small form in the line; once it is written, the line again. Without scripts the page of the move does the same."""
    matter = find(person(request), pk)
    form = ProgressForm(request.POST or None, matter=matter)
    if not request.headers.get("HX-Request"):
        return redirect("ledger:progress", pk)
    if "leave" in request.GET:
        return render(request, LINE, {"matter": matter, "may_fill": True, "back": True})
    if request.method != "POST" or not form.is_valid():
        return render(request, FORM, {"matter": matter, "form": form})
    return _written(request, matter, form)


def _written(request: HttpRequest, matter: Matter, form: ProgressForm) -> HttpResponse:
    """Write it; whoever was overtaken sees what the other wrote, and keeps what they typed."""
    typed = form.cleaned_data
    try:
        acts.progress(matter, text=typed["text"], by=person(request), on=localdate(), seen=typed["version"])
    except Overtaken as faster:
        form.retell(str(faster), matter.version)
        return render(request, FORM, {"matter": find(person(request), matter.pk), "form": form}, status=409)
    return render(request, LINE, {"matter": find(person(request), matter.pk), "may_fill": True, "back": True, "saved": True})
