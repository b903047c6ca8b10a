"""公开: the form through which a citizen speaks."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.intake import acts as intake
from mianduimian.people.doors import open_door
from mianduimian.people.models import Person
from mianduimian.publication.forms import SpeakForm
from mianduimian.publication.rules import spaced
from mianduimian.publication.turnstile import turnstile
from mianduimian.solicitation.models import Call
from mianduimian.solicitation.rules import Channel


@open_door
@turnstile
def speak(request: HttpRequest, code: str) -> HttpResponse:
    """One problem, your words: the public form, while the call is open and the form is switched on."""
    call = get_object_or_404(Call.objects.open_on(localdate()).select_related("round__region"), round__code=code)
    if not settings.PUBLIC_FORM or Channel.WEB not in call.channels:
        return render(request, "publication/elsewhere.html", {"call": call})
    form = SpeakForm(request.POST or None, region=call.round.region, initial={"token": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        clock = Person.objects.clock()
        said = intake.speak(call.round, form.said, token=form.cleaned_data["token"], by=clock, on=localdate())
        messages.success(request, _("已收到。请记下回执码：%(code)s") % {"code": spaced(said.receipt)})
        return redirect("publication:receipt", said.receipt)
    return render(request, "publication/speak.html", {"call": call, "form": form})
