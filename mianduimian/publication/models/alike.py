"""有人说过: published appeals that say what a citizen is about to say, with nothing personal in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Exists, Max, OuterRef

from mianduimian.publication.models.drafts import Draft, DraftQuerySet
from mianduimian.publication.models.releases import Release
from mianduimian.publication.models.voices import voices
from mianduimian.solicitation.models import Round
from mianduimian.text.alike import Shelf
from mianduimian.triage.models import Appeal, AppealQuerySet, Part

SHORTEST = 6  # characters that say something


@dataclass(frozen=True)
class Alike:
    """A published appeal as everybody may read it, with how many submissions it speaks for."""

    pk: int
    title: str
    wording: str
    voices: int


def published(round: Round) -> AppealQuerySet:
    """The appeals of a public round whose words two hands released; what only whistle-blowers say is never among them."""
    public = Release.objects.filter(round=round, withdrawn_on=None)
    shown = Draft.objects.of(round).shown().filter(matter__appeal=OuterRef("pk"))
    open_voice = Part.objects.live().filter(appeal=OuterRef("pk"), submission__confidential=False)
    return Appeal.objects.of(round).filter(Exists(shown), Exists(open_voice), Exists(public))


def alike(round: Round, text: str) -> list[Alike]:
    """The published appeals most like a text, best first; the numbers are the rulebook's (speaking.alike)."""
    if len(text.strip()) < SHORTEST:
        return []
    rules = round.rules.speaking
    found = _shelf(round.pk, _stamp(round)).likest(text, most=rules["alike"], least=rules["alike_from"])
    rows = published(round).with_voices().in_bulk([pk for pk, _likeness in found])
    said, names = {draft.matter.appeal_id: draft.words for draft in _words(round, rows) if draft.matter}, voices(rows)
    shown = {pk: said[pk].shielded(names.get(pk, set())) for pk in rows}
    return [Alike(pk, shown[pk].title, shown[pk].wording, rows[pk].voices) for pk, _likeness in found if pk in rows]  # type: ignore[attr-defined]


def _words(round: Round, appeals: Iterable[int] | AppealQuerySet) -> DraftQuerySet:
    return Draft.objects.of(round).shown().filter(matter__appeal__in=appeals).select_related("matter")


def _stamp(round: Round) -> tuple[int | None, ...]:
    """Changes whenever the words of an appeal are released, corrected or withdrawn."""
    seen = _words(round, published(round)).aggregate(n=Count("pk"), last=Max("pk"))
    return seen["n"], seen["last"]


@lru_cache(maxsize=8)
def _shelf(round: int, stamp: tuple[int | None, ...]) -> Shelf[int]:
    """The appeals made ready; the stamp says which state of them."""
    one = Round.objects.get(pk=round)
    drafts = _words(one, published(one))
    return Shelf({draft.matter.appeal_id: f"{draft.title} {draft.wording} {draft.place}" for draft in drafts if draft.matter})
