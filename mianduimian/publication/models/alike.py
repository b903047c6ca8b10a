"""有人说过: published appeals that say what a citizen is about to say, with nothing personal in them."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Exists, Max, OuterRef, Sum

from mianduimian.publication.models.releases import Release
from mianduimian.publication.models.voices import voices
from mianduimian.publication.rules import shield
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
    """The appeals of a round that is public; those that only whistle-blowers speak for are never among them."""
    public = Release.objects.filter(round=round, withdrawn_on=None)
    open_voice = Part.objects.live().filter(appeal=OuterRef("pk"), submission__confidential=False)
    return Appeal.objects.of(round).filter(Exists(open_voice), Exists(public))


def alike(round: Round, text: str) -> list[Alike]:
    """The published appeals most like a text, best first; the numbers are the rulebook's (speaking.alike)."""
    if len(text.strip()) < SHORTEST:
        return []
    rules = round.rules.speaking
    found = _shelf(round.pk, _stamp(round)).likest(text, most=rules["alike"], least=rules["alike_from"])
    rows = published(round).with_voices().in_bulk([pk for pk, _likeness in found])
    names = voices(rows)
    return [
        Alike(pk, shield(row.title, names.get(pk, set())), shield(row.wording, names.get(pk, set())), row.voices)  # type: ignore[attr-defined]
        for pk, _likeness in found
        if (row := rows.get(pk))
    ]


def _stamp(round: Round) -> tuple[int | None, ...]:
    """Changes whenever an appeal is published, reworded or emptied."""
    seen = published(round).aggregate(n=Count("pk"), last=Max("pk"), versions=Sum("version"))
    return seen["n"], seen["last"], seen["versions"]


@lru_cache(maxsize=8)
def _shelf(round: int, stamp: tuple[int | None, ...]) -> Shelf[int]:
    """The appeals made ready; the stamp says which state of them."""
    rows = published(Round.objects.get(pk=round)).values_list("pk", "title", "wording", "place")
    return Shelf({pk: f"{title} {wording} {place}" for pk, title, wording, place in rows})
