"""通报页面: drafted with its figures, looked at, issued; and the papers that supervision hands out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.archive.handing import hand_out
from mianduimian.archive.models import Document, wording
from mianduimian.archive.rules import Kind
from mianduimian.people.doors import door, person
from mianduimian.supervision import acts, papers
from mianduimian.supervision.forms import PeriodForm, SayForm
from mianduimian.supervision.models import Circular, Notice, Reminder, propose


@door("supervision.see")
def circulars(request: HttpRequest) -> HttpResponse:
    """The circulars issued so far."""
    issued = Circular.objects.seen_by(person(request)).select_related("round", "by")
    return render(request, "supervision/circulars.html", {"circulars": issued})


@door("supervision.circulate")
def circulate(request: HttpRequest) -> HttpResponse:
    """Choose a period; look at the draft with its figures and examples; say what is to be said; issue."""
    by, on = person(request), localdate()
    period = PeriodForm(request.GET if "round" in request.GET else None, person=by)
    if not period.is_valid():
        return render(request, "supervision/circulate.html", {"form": period})
    draft = propose(**period.cleaned_data, on=on)
    words = wording(Kind.CIRCULAR, draft.round.region)
    form = SayForm(request.POST or None, initial={"text": words.say("next")})
    if request.method == "POST" and form.is_valid():
        issued = acts.circulate(**period.cleaned_data, said=form.said, by=by, on=on)
        messages.success(request, _("通报%(number)s已印发。") % {"number": issued.number})
        return redirect("supervision:circular", issued.pk)
    return render(request, "supervision/drafted.html", {"circular": draft, "form": form})


@door("supervision.see")
def circular(request: HttpRequest, pk: int) -> HttpResponse:
    """One circular, as issued."""
    found = get_object_or_404(Circular.objects.seen_by(person(request)).select_related("round", "by"), pk=pk)
    return render(request, "supervision/circular.html", {"circular": found, "papers": Document.objects.of(found)})


@door("supervision.see")
def reminder_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 催办通知书 of a reminder."""
    seen = Reminder.objects.seen_by(person(request))
    found = get_object_or_404(seen.select_related("assignment__lead", "assignment__matter__appeal__round__region"), pk=pk)
    return hand_out(request, found, lambda: papers.reminder_paper(found))


@door("supervision.see")
def notice_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 督查整改通知书."""
    seen = Notice.objects.seen_by(person(request)).select_related("unit", "matter__appeal__round__region", "answered_by")
    found = get_object_or_404(seen, pk=pk)
    return hand_out(request, found, lambda: papers.notice_paper(found))


@door("supervision.see")
def circular_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 通报."""
    seen = Circular.objects.seen_by(person(request)).select_related("round__region")
    found = get_object_or_404(seen, pk=pk)
    return hand_out(request, found, lambda: papers.circular_paper(found))
