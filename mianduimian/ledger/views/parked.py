"""挂账: matters that are not ripe yet, with their planned day and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from mianduimian.ledger.models import parked
from mianduimian.people.doors import door, person


@door("ledger.see")
def pool(request: HttpRequest) -> HttpResponse:
    """The pool: the nearest planned day first, those that are past it marked."""
    on = localdate()
    rows = [(staged, staged.matter.light(on), staged.planned_on < on) for staged in parked(person(request))]
    return render(request, "ledger/parked.html", {"rows": rows, "late": sum(late for _staged, _light, late in rows), "on": on})
