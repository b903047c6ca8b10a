"""工作台: what every page of the workbench shows: how far it has come, and the way to its lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.people.doors import person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import funnel, progress
from mianduimian.triage.rules import ASIDE, Bucket, Funnel, Progress

PAGE = 50


@dataclass(frozen=True)
class Tab:
    """One list of the workbench."""

    url: str
    word: str
    count: int | None
    current: bool
    waits: bool = False


def find_round(request: HttpRequest, code: str) -> Round:
    """The round, if the person sees it."""
    return get_object_or_404(Round.objects.seen_by(person(request)).select_related("region"), code=code)


def bench(request: HttpRequest, round: Round, here: str) -> dict[str, Any]:
    """What every page of the workbench knows."""
    found = funnel(round)
    done = progress(round, found)
    return {
        "round": round,
        "funnel": found,
        "progress": done,
        "total": found.collected,
        "tabs": list(_tabs(round, found, done, here)),
        "deciding": person(request).may("triage.decide"),
    }


def insist(form: BaseForm) -> None:
    """Refuse in words what cannot be mended beside a field: nothing ticked, no such number."""
    if not form.is_valid():
        raise Refused("；".join(str(error) for errors in form.errors.values() for error in errors))


def after(request: HttpRequest) -> int:
    """The key after which this page of a list begins."""
    given = request.GET.get("after", "")
    return int(given) if given.isdecimal() and len(given) < 18 else 0


def page[T](rows: "QuerySet[Any] | list[T]", key: str = "pk") -> tuple[list[Any], Any]:
    """One page of rows, and the key of its last row if more follow."""
    found = list(rows[: PAGE + 1])
    return found[:PAGE], getattr(found[PAGE - 1], key) if len(found) > PAGE else None


def _tabs(round: Round, found: Funnel, done: Progress, here: str) -> Iterable[Tab]:
    def to(name: str, *args: str) -> str:
        return reverse(f"triage:{name}", args=[round.code, *args])

    def bucket(one: Bucket) -> Tab:
        return Tab(to("bucket", one.value), one.word, found.parts[one], here == one, one == Bucket.UNDECIDED)

    yield Tab(to("round"), _("机器建议"), done.proposals, here == "proposals", True)
    yield bucket(Bucket.UNDECIDED)
    yield Tab(to("appeals"), _("诉求"), found.appeals, here == "appeals")
    yield from (bucket(one) for one in ASIDE)
    yield Tab(to("decisions"), _("决定"), None, here == "decisions")
    yield Tab(to("search"), _("查找"), None, here == "search")
