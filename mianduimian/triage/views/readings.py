"""机器梳理的页面: asking for a reading, seeing how far it is, stopping it and going on with it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts, jobs
from mianduimian.triage.models import Reading
from mianduimian.triage.views.bench import find_round


@door("triage.decide")
@require_POST
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the machine to read what is undecided."""
    reading = acts.ask(find_round(request, code), by=person(request), on=localdate())
    jobs.read.enqueue(reading.pk)
    return redirect("triage:reading", code)


@door("triage.see")
def reading(request: HttpRequest, code: str) -> HttpResponse:
    """How far the machine's reading is; asked again every second as long as it is read."""
    here = find_round(request, code)
    asked = Reading.objects.filter(round=here).first()
    if asked is None:
        raise Http404
    silent = Reading.objects.silent().filter(pk=asked.pk).exists()
    context = {"round": here, "reading": asked, "silent": silent, "deciding": person(request).may("triage.decide")}
    return render(request, "triage/_reading.html" if request.htmx else "triage/reading.html", context)  # type: ignore[attr-defined]


@door("triage.decide")
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a reading; what it has read is kept."""
    stopped = acts.stop(_find(request, pk), by=person(request), on=localdate())
    messages.success(request, _("已停。已读的都在，随时可以继续。"))
    return redirect("triage:reading", stopped.round.code)


@door("triage.decide")
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a reading where it was."""
    waiting = acts.resume(_find(request, pk), by=person(request), on=localdate())
    jobs.read.enqueue(waiting.pk)
    messages.success(request, _("已重新排队，从读到的地方接着读。"))
    return redirect("triage:reading", waiting.round.code)


def _find(request: HttpRequest, pk: int) -> Reading:
    rows = Reading.objects.filter(round__in=Round.objects.seen_by(person(request)))
    return get_object_or_404(rows.select_related("round"), pk=pk)
