"""公开: what citizens said later on their receipts, and the desk's answer to each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mianduimian.intake import acts as intake
from mianduimian.intake.models import Afterword
from mianduimian.intake.rules import Later
from mianduimian.people.doors import door, person
from mianduimian.publication import acts
from mianduimian.publication.forms import AnswerForm
from mianduimian.publication.passages import afterwords
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round

DONE = 30


@door("intake.answer")
def later(request: HttpRequest, code: str) -> HttpResponse:
    """What waits for an answer, the oldest first, and what was answered last."""
    one = get_object_or_404(Round.objects.seen_by(person(request)), code=code)
    mine = Afterword.objects.filter(submission__round=one)
    waiting = afterwords(mine.waiting().order_by("pk"))
    done = afterwords(mine.exclude(answered_on=None).order_by("-answered_on", "-pk")[:DONE])
    context = {"round": one, "waiting": waiting, "done": done, "form": AnswerForm(auto_id=False)}
    return render(request, "publication/later.html", context)


@door("intake.answer")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one: as asked, or not, with words that its citizen reads on the receipt."""
    found = get_object_or_404(Afterword.objects.seen_by(person(request)).select_related("submission__round"), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请写一句答复，群众凭回执能看到。"))
    granted, text, by, on = "grant" in request.POST, form.cleaned_data["text"], person(request), localdate()
    if granted and found.kind == Later.NOT_MINE:
        acts.let_out(found, text=text, by=by, on=on)
    else:
        intake.answer(found, text=text, granted=granted, by=by, on=on)
    messages.success(request, _("已答复，群众凭回执能看到。"))
    return redirect("publication:later", found.submission.round.code)
