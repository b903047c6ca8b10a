"""交回 Excel: a filled-in ledger is taken in, its differences are shown, and what may be written is written once."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from mianduimian.ledger import acts
from mianduimian.ledger.forms import ReturnForm
from mianduimian.ledger.models import Return
from mianduimian.ledger.rules.returning import Verdict
from mianduimian.people.doors import door, person
from mianduimian.refusal import Refused

LATEST = 20


@door("ledger.fill")
def returns(request: HttpRequest) -> HttpResponse:
    """Give a filled-in file back; below, those given back before."""
    form = ReturnForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise Refused(gettext_noop("文件超过 %(n)s MB，请压缩后再传。"), n=settings.UPLOAD_LIMIT // 1024 // 1024)
        came = acts.take_in(file.name, file.read(), by=person(request), on=localdate())
        return redirect("ledger:returned", came.pk)
    context = {"form": form, "returns": Return.objects.of(person(request))[:LATEST]}
    return render(request, "ledger/returns.html", context)


@door("ledger.fill")
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed in a file, cell by cell, and what becomes of each."""
    came = get_object_or_404(Return.objects.of(person(request)), pk=pk)
    judged = came.judged(person(request))
    sums = [(verdict, sum(one.verdict == verdict for one in judged)) for verdict in Verdict]
    writable = sum(one.verdict == Verdict.WRITE for one in judged)
    order = [Verdict.CONFLICT, Verdict.REFUSED, Verdict.WRITE, Verdict.DONE, Verdict.SAME]
    judged.sort(key=lambda one: order.index(one.verdict))
    context = {"came": came, "judged": judged, "sums": [pair for pair in sums if pair[1]], "writable": writable}
    return render(request, "ledger/returned.html", context)


@require_POST
@door("ledger.fill")
def write_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what may be written."""
    came = get_object_or_404(Return.objects.of(person(request)), pk=pk)
    came = acts.write_back(came, by=person(request), on=localdate())
    done = sum(result["verdict"] == Verdict.DONE for result in came.results)
    messages.success(request, _("已写入 %(n)s 格，每一格都留痕。") % {"n": done})
    return redirect("ledger:returned", pk)
