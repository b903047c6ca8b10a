"""复核: who opened which seal in a month, and why; for those who open none."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.intake import acts
from mianduimian.intake.forms import ReviewForm
from mianduimian.intake.models import Review, opened_in, unreviewed
from mianduimian.people.doors import door, person


def _month(text: str) -> date:
    """The month asked for; without one the oldest that waits, else this one."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return next(iter(unreviewed(localdate())), localdate()).replace(day=1)


@door("intake.review")
def openings(request: HttpRequest) -> HttpResponse:
    """A month of opened seals, line by line, and what the one who looked at them says."""
    month = _month(request.GET.get("month", ""))
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.review(month, note=form.cleaned_data["note"], by=person(request), on=localdate())
        messages.success(request, _("已复核。"))
        return redirect(f"{reverse('intake:openings')}?month={month:%Y-%m}")
    context = {"month": month, "lines": opened_in(month), "review": Review.objects.filter(month=month).first(), "form": form}
    context |= {
        "waiting": unreviewed(localdate()),
        "over": month < localdate().replace(day=1),
        "reviews": Review.objects.all()[:24],
    }
    return render(request, "intake/openings.html", context)
