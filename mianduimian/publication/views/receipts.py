"""去向: the page behind a receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mianduimian.intake.models import Submission
from mianduimian.people.doors import open_door
from mianduimian.publication.forms import ReceiptForm
from mianduimian.publication.passages import stories
from mianduimian.publication.rules import spaced, typed


@open_door
def find(request: HttpRequest) -> HttpResponse:
    """Look a receipt up by its code."""
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("publication:receipt", typed(form.cleaned_data["code"]) or "-")
    return render(request, "publication/find.html", {"form": form})


@open_door
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Every step of what became of a citizen's words, for whoever holds the code."""
    said = Submission.objects.filter(receipt=typed(code)).select_related("round").first()
    context: dict[str, Any] = {"said": said, "code": spaced(typed(code)), "stories": stories(said) if said else []}
    answer = render(request, "publication/receipt.html", context, status=200 if said else 404)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
