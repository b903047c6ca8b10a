"""公开: the form through which a citizen speaks, the way apart for whistle-blowers, and who has said the same."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.intake.acts import BadPhoto
from mianduimian.intake.models import Submission
from mianduimian.intake.rules import in_danger
from mianduimian.people.doors import open_door
from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.forms import SpeakForm, WhistleForm
from mianduimian.publication.models import alike as find_alike
from mianduimian.publication.turnstile import too_many_asks, turnstile
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Call, Round
from mianduimian.solicitation.rules import Channel


@open_door
@turnstile
def speak(request: HttpRequest, code: str) -> HttpResponse:
    """One problem, your words: the public form, while the call is open and the form is switched on."""
    return _form(request, code, SpeakForm, "publication/speak.html")


@open_door
@turnstile
def whistle(request: HttpRequest, code: str) -> HttpResponse:
    """举报: the same words on a way of their own, where nobody is asked to join anything."""
    return _form(request, code, WhistleForm, "publication/whistle.html")


@open_door
@require_POST
def alike(request: HttpRequest, code: str) -> HttpResponse:
    """What was published and says the same as what is being typed; nothing of what is typed is kept.

    In a flood of questions the form does without: whoever writes can write on and hand in.
    """
    if too_many_asks(request):
        return HttpResponse(status=429)
    call = _call(code)
    return render(request, "publication/_alike.html", _beside(call.round, request.POST))


def _call(code: str) -> Call:
    return get_object_or_404(Call.objects.open_on(localdate()).select_related("round__region"), round__code=code)


def _form(request: HttpRequest, code: str, kind: type[SpeakForm], page: str) -> HttpResponse:
    call = _call(code)
    if not settings.PUBLIC_FORM or Channel.WEB not in call.channels:
        return render(request, "publication/elsewhere.html", {"call": call})
    looking = "look" in request.POST
    typed = None if looking else request.POST or None
    files = None if looking else request.FILES or None
    form = kind(typed, files, round=call.round, initial=request.POST.dict() if looking else None)
    if request.method == "POST" and not looking and form.is_valid():
        said = _received(request, call.round, form)
        if said:
            return redirect(f"{reverse('publication:receipt', args=[said.receipt])}?received=1")
    context = {"call": call, "form": form, "looking": looking, "token": _token(request, form)}
    return render(request, page, context | _beside(call.round, request.POST))


def _received(request: HttpRequest, round: Round, form: SpeakForm) -> Submission | None:
    """Hand in what was typed; a refusal is told on the form, where everything typed still stands."""
    photos = [file.read() for file in form.cleaned_data["photos"]]
    token, joins = form.cleaned_data["token"], form.cleaned_data["joins"]
    clock = Person.objects.clock()
    try:
        said = acts.speak(round, form.said, token=token, joins=joins, photos=photos, by=clock, on=localdate())
    except BadPhoto as refused:
        form.add_error("photos", str(refused))
        return None
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    if form.dropped:
        messages.warning(request, _("您没有勾选同意，所以电话和邮箱没有保留；凭回执码照样能查到每一步。"))
    return said


def _token(request: HttpRequest, form: SpeakForm) -> str:
    """The form's own token; a fresh one where this form was refused as sent before with other words."""
    typed = "" if form.is_bound and form.non_field_errors() else request.POST.get("token", "")
    return typed or secrets.token_urlsafe(24)


def _beside(round: Round, typed: Mapping[str, str]) -> dict[str, Any]:
    """What is shown beside what is typed: who has said the same, and where to call when a life is in danger."""
    text, place, joins = (typed.get(name, "") for name in ("text", "place", "joins"))
    danger = in_danger(text, round.rules.speaking["danger"])
    found = find_alike(round, f"{text} {place}" if text else "")
    return {"alike": found, "joins": int(joins) if joins.isdecimal() else 0, "danger": danger}
