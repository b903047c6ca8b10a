"""会前简报: what a meeting's host reads before: the funnel, the hottest appeals, the units, earlier promises."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from mianduimian.ledger.models import AGREED, Matter
from mianduimian.meeting.models import Promise
from mianduimian.people.models import Unit
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal, Part
from mianduimian.triage.rules import Bucket
from mianduimian.vocabulary import Term, _

HOTTEST, VOICES, LONGEST = 15, 2, 90


class Kept(Term):
    """承诺兑现: what became of a promise by a day."""

    KEPT = "kept", _("已兑现")
    RUNNING = "running", _("办理中")
    OVERDUE = "overdue", _("逾期未兑现")


@dataclass(frozen=True)
class Hot:
    """An appeal many speak for, with some of their words, personal data starred."""

    appeal: Appeal
    words: list[str]


@dataclass(frozen=True)
class Promised:
    """A promise with what became of it."""

    promise: Promise
    kept: Kept
    matter: Matter | None


def hottest(round: Round) -> list[Hot]:
    """The appeals with most voices, each with the words of two who spoke; what is confidential is left out."""
    spoken = Appeal.objects.of(round).standing().select_related("unit").with_voices()
    appeals = list(spoken.order_by(F("voices").desc(), "number")[:HOTTEST])
    said: dict[int, list[str]] = {}
    parts = Part.objects.live().filter(appeal__in=appeals, submission__confidential=False).select_related("submission__citizen")
    for part in parts.order_by("pk"):
        known = said.setdefault(part.appeal_id or 0, [])
        if len(known) < VOICES:
            known.append(_cut(part.shown))
    return [Hot(appeal, said.get(appeal.pk, [])) for appeal in appeals]


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def concerned(round: Round) -> list[tuple[Unit, int, int]]:
    """The units the appeals point to: each with its appeals (件) and the submissions behind them (宗)."""
    parts = Part.objects.of(round).filter(bucket=Bucket.DISTILLED, appeal__unit__isnull=False).order_by()
    counted = parts.values_list("appeal__unit").annotate(Count("appeal", distinct=True), Count("submission", distinct=True))
    units = Unit.objects.in_bulk()
    return sorted(((units[unit], n, voices) for unit, n, voices in counted), key=lambda row: (-row[1], row[0].pk))


def earlier(round: Round, on: date) -> list[Promised]:
    """What earlier meetings on the same theme promised in this region, and whether it was kept."""
    before = Promise.objects.filter(exchange__meeting__round__theme=round.theme, exchange__meeting__round__region=round.region_id)
    return list(followed(before.filter(exchange__meeting__round__opened_on__lt=round.opened_on), on))


def followed(promises: QuerySet[Promise], on: date) -> Iterator[Promised]:
    """Promises with their progress, read from the matter of the appeal they were made on."""
    known = list(promises.select_related("unit", "exchange__appeal", "exchange__meeting__round"))
    appeals = [promise.exchange.appeal_id for promise in known if promise.exchange.appeal_id]
    matters = {matter.appeal_id: matter for matter in Matter.objects.filter(appeal__in=appeals)}
    for promise in known:
        matter = matters.get(promise.exchange.appeal_id or 0)
        yield Promised(promise, kept(promise.due_on, matter.state if matter else "", on), matter)


def kept(due_on: date, state: str, on: date) -> Kept:
    """Kept once the matter is settled; overdue when its day has passed before that."""
    if state in AGREED:
        return Kept.KEPT
    return Kept.OVERDUE if on > due_on else Kept.RUNNING
