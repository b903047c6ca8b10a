"""收件: the list of a round's submissions, one submission, taking one down by hand, and who said it."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mianduimian.intake import acts
from mianduimian.intake.forms import SubmissionFilter, TypedForm, WhyForm
from mianduimian.intake.models import Batch, Citizen, Mention, Photo, Submission
from mianduimian.intake.rules import Verb, spaced
from mianduimian.journal.models import Line
from mianduimian.papers.codes import drawn
from mianduimian.people.doors import door, person
from mianduimian.solicitation.models import Round

PAGE = 50


def found_round(request: HttpRequest, code: str) -> Round:
    """The round, if it is within the person's reach."""
    return get_object_or_404(Round.objects.seen_by(person(request)).select_related("region"), code=code)


def _found(request: HttpRequest, pk: int) -> Submission:
    seen = Submission.objects.seen_by(person(request)).select_related("round", "citizen", "region", "batch", "like")
    return get_object_or_404(seen, pk=pk)


@door("intake.see")
def round(request: HttpRequest, code: str) -> HttpResponse:
    """The submissions of a round, newest first, with masked identities."""
    found = found_round(request, code)
    form = SubmissionFilter(request.GET)
    all_said = Submission.objects.filter(round=found).with_later()
    rows = form.chosen(all_said).select_related("citizen", "region", "round").order_by("-pk")
    after = request.GET.get("after", "")
    page = list((rows.filter(pk__lt=after) if after.isdecimal() else rows)[: PAGE + 1])
    following = page[PAGE - 1].pk if len(page) > PAGE else None
    context = {"round": found, "form": form, "submissions": page[:PAGE], "next": following}
    context |= {"total": Submission.objects.filter(round=found).count(), "batches": Batch.objects.filter(round=found)[:5]}
    return render(request, "intake/round.html", context)


@door("intake.see")
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission as received, with what says the same."""
    found = _found(request, pk)
    first = found.like or found
    repeats = Submission.objects.filter(like=first).exclude(pk=found.pk)
    context = {"submission": found, "facts": _facts(found), "repeats": repeats, "steps": _steps(found)}
    context |= {"photos": found.photos.all(), "later": found.afterwords.select_related("answered_by")}
    return render(request, "intake/submission.html", context)


def _facts(submission: Submission) -> list[tuple[str, object]]:
    said_at = submission.said_at
    return [
        (_("渠道"), submission.channel_word),
        (_("来源编号"), submission.source_number),
        (_("反映时间"), f"{said_at.astimezone():%Y-%m-%d %H:%M}" if said_at else ""),
        (_("地点"), submission.place),
        (_("地图上的点"), submission.point),
        (_("来源分类"), submission.source_class),
        (_("区划"), submission.region and submission.region.name),
        (_("收件"), submission.received_on),
        (_("文件"), submission.batch and submission.batch.file_name),
        (_("回执码"), submission.receipt),
    ]


def _steps(submission: Submission) -> list[dict[str, object]]:
    """The history of the submission and of the seal on its citizen."""
    things = [thing for thing in (submission, submission.citizen) if thing]
    lines = sorted((line for thing in things for line in Line.objects.of(thing)), key=lambda line: line.number)
    return [{"when": line.on, "who": line.actor_name, "what": Verb.word_of(line.verb), "why": line.why} for line in lines]


@door("intake.type")
def typed(request: HttpRequest, code: str) -> HttpResponse:
    """Take down what a citizen wrote, said or had handed over; the same click twice takes it down once."""
    found = found_round(request, code)
    fresh = {"token": secrets.token_urlsafe(24)}
    form = TypedForm(request.POST or None, request.FILES or None, region=found.region, initial=fresh)
    if request.method == "POST" and form.is_valid():
        token, photos = form.cleaned_data["token"], [file.read() for file in form.cleaned_data["photos"]]
        submission = acts.speak(found, form.said, token=token, photos=photos, by=person(request), on=localdate())
        messages.success(request, _("已收件，回执码%(receipt)s。") % {"receipt": submission.receipt})
        return redirect("intake:slip", submission.pk)
    return render(request, "intake/typed.html", {"round": found, "form": form})


@door("intake.type")
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt to print and hand over: the code, and the address where it is looked up as a QR code."""
    found = _found(request, pk)
    base = settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
    address = base + settings.RECEIPT % found.receipt
    context = {"submission": found, "code": spaced(found.receipt), "address": address}
    return render(request, "intake/slip.html", context | {"qr": mark_safe(drawn(address))})  # noqa: S308  segno's own drawing


@door("intake.see")
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photograph that a citizen sent, as it was painted anew."""
    found = get_object_or_404(Photo, pk=pk, submission__in=Submission.objects.seen_by(person(request)))
    if not found.path.exists():
        raise Http404
    handed = FileResponse(found.path.open("rb"), content_type="image/jpeg", filename=f"{found}.jpg")
    handed["X-Content-Type-Options"] = "nosniff"
    handed["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return handed


def _citizen(submission: Submission) -> Citizen:
    return get_object_or_404(Citizen, pk=submission.citizen_id)


@door("intake.unmask")
def unmask(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the seal for a reason; who spoke is shown once, on the answer to this form."""
    found = _found(request, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        identity = acts.unmask(_citizen(found), why=form.cleaned_data["why"], by=person(request), on=localdate())
        return render(request, "intake/identity.html", {"submission": found, "identity": identity})
    return render(request, "intake/unmask.html", {"submission": found, "form": form})


@door("intake.unmask")
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase who spoke, for good."""
    found = _found(request, pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.erase(_citizen(found), why=form.cleaned_data["why"], by=person(request), on=localdate())
        left = Mention.objects.open().filter(citizen=found.citizen_id).exists()
        messages.success(request, _("身份已抹去，还有提到本人的地方要逐处处理。") if left else _("身份已抹去，留痕仍完整。"))
        return redirect("intake:mentions", pk) if left else redirect("solicitation:round", found.round.code)
    return render(request, "intake/erase.html", {"submission": found, "form": form})
