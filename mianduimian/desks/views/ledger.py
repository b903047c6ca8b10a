"""台账页面: the lines a filter finds with the sums that agree, as a page and as an Excel file, and the views a person keeps."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.desks import acts, sheets
from mianduimian.desks.columns import brief, heads, rows
from mianduimian.desks.context import round_in_front
from mianduimian.desks.forms import LedgerForm, ViewForm
from mianduimian.desks.lines import Seen, look
from mianduimian.desks.models import SavedView
from mianduimian.ledger.models import behind
from mianduimian.ledger.rules import Duty, Light, State
from mianduimian.papers import filename
from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round

SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest) -> tuple[LedgerForm, Seen]:
    """What is asked; a field that makes no sense is named, and the others hold."""
    form = LedgerForm(person(request), request.GET)
    form.is_valid()
    return form, look(person(request), form.cleaned_data, localdate())


@door("ledger.see")
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger with the officials' columns, filters and sums that agree with them."""
    form, seen = _asked(request)
    after = request.GET.get("after", "0")
    keys, following = seen.after(int(after) if after.isdecimal() else 0, SIZE)
    context: dict[str, Any] = {
        "form": form,
        "seen": seen,
        "rows": rows(keys, localdate(), person(request)) if form.whole else brief(keys, localdate()),
        "next": following,
        "heads": heads(form.whole),
        "lights": [(light, seen.lights[light.value]) for light in Light],
        "states": [(state, seen.states[state.value]) for state in State if seen.states[state.value]],
        "duties": [(duty, seen.duties[duty.value]) for duty in Duty],
        "views": SavedView.objects.of(person(request)),
        "asked": "&".join(part for part in request.GET.urlencode().split("&") if not part.startswith("after=")),
        "tags": list(form.tags()),
        "behind": behind().exists(),
        "to_issue": _to_issue(request, form),
    }
    return render(request, "desks/ledger.html", context)


def _to_issue(request: HttpRequest, form: LedgerForm) -> Round | None:
    """The round whose ledger can be looked at as a paper: the one asked for, else the one in front of the person."""
    if not person(request).may("archive.see"):
        return None
    return form.cleaned_data.get("round") or round_in_front(request, person(request))


@door("ledger.export")
def export(request: HttpRequest) -> HttpResponse:
    """Exactly what the filter shows, as an Excel file."""
    form, seen = _asked(request)
    on = localdate()
    book = sheets.ledger(seen.keys, form.said(), person(request), on)
    name = filename(_("台账-%(on)s") % {"on": on}, "xlsx")
    return HttpResponse(book, XLSX, headers={"Content-Disposition": content_disposition_header(True, name)})


@require_POST
@door("ledger.see")
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep what is filtered now under a name."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("请给视图起个名称，最多 30 个字。"))
        return redirect("desks:ledger")
    kept = acts.keep_view(form.cleaned_data["name"], form.cleaned_data["asked"], by=person(request), on=localdate())
    messages.success(request, _("已保存视图“%(name)s”。") % {"name": kept.name})
    return redirect(f"{reverse('desks:ledger')}?{kept.asked}")


@require_POST
@door("ledger.see")
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go of a kept view."""
    acts.drop_view(get_object_or_404(SavedView.objects.of(person(request)), pk=pk), by=person(request), on=localdate())
    return redirect("desks:ledger")
