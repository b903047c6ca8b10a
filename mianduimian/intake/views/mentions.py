"""提及: the places that still name somebody who was erased, and what becomes of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.intake import acts
from mianduimian.intake.forms import MendForm
from mianduimian.intake.models import Mention, Submission, laid_open
from mianduimian.people.doors import door, person

PAGE = 100


@door("intake.unmask")
def mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every place that named the citizen behind a submission, those that wait first."""
    seen = Submission.objects.seen_by(person(request)).select_related("round", "citizen")
    found = get_object_or_404(seen, pk=pk, citizen__erased_on__isnull=False)
    rows = found.citizen.mentions.select_related("by") if found.citizen else Mention.objects.none()
    context = {"submission": found, "waiting": laid_open(rows.open()[:PAGE]), "settled": rows.exclude(settled_on=None)[:PAGE]}
    return render(request, "intake/mentions.html", context | {"left": rows.open().count()})


@door("intake.unmask")
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: struck, found mended, or left there for a reason."""
    found = get_object_or_404(Mention.objects.seen_by(person(request)), pk=pk)
    submission = Submission.objects.seen_by(person(request)).filter(citizen=found.citizen_id).order_by("pk")[0]
    form = MendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.mend(found, **form.cleaned_data, by=person(request), on=localdate())
        messages.success(request, _("已处理。"))
        return redirect("intake:mentions", submission.pk)
    return render(request, "intake/mend.html", {"mention": found, "submission": submission, "form": form})
