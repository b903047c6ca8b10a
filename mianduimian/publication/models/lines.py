"""逐件公开: the matters of a round as everybody may read them; words only where a second hand has released them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from mianduimian.ledger.models import IN_HAND, Assignment, Glance, Matter
from mianduimian.ledger.rules import Light, State
from mianduimian.people.models import Region
from mianduimian.publication.models.drafts import Draft, names_of
from mianduimian.publication.models.pictures import Picture
from mianduimian.publication.wording import Change, Words
from mianduimian.solicitation.models import Round
from mianduimian.triage.rules import category_word

AT_ONCE = 250  # lines read at once while a long list is handed out


@dataclass(frozen=True)
class Asked:
    """What a reader looks for among the matters of a round; empty means all."""

    words: str = ""
    region: str = ""
    category: str = ""
    unit: int | None = None
    state: str = ""
    light: str = ""


@dataclass(frozen=True)
class Told:
    """更正、撤回: a day on which something public was changed, and why."""

    on: date
    word: str
    why: str
    pk: int
    title: str = ""


@dataclass(frozen=True)
class PublicLine:
    """A matter as everybody may read it: released words, unit, deadline, stage and light; `released` is empty without words."""

    pk: int
    number: str
    words: Words
    unit: str
    region: str
    category: str
    due_on: date | None
    provisional: bool
    turn: int
    voices: int
    state: str
    light: Light
    solve_by: date | None
    settled_on: date | None
    closed_on: date | None
    released_on: date | None
    version: int
    told: tuple[Told, ...]
    withdrawn: bool
    pictures: tuple[Picture, ...]

    @property
    def title(self) -> str:
        """The released title."""
        return self.words.title

    @property
    def wording(self) -> str:
        """The released wording."""
        return self.words.wording

    @property
    def answer(self) -> str:
        """The released answer."""
        return self.words.answer

    @property
    def state_word(self) -> str:
        """The stage in the reader's language."""
        return State.word_of(self.state)

    @property
    def owed(self) -> bool:
        """Whether the unit still owes its written reply."""
        return self.state in IN_HAND


def glances(round: Round, asked: Asked, on: date) -> QuerySet[Glance]:
    """The matters of a round that a reader looks for; only released words are searched, so nothing inside is found by asking."""
    found = Glance.objects.filter(round=round).order_by("place")
    if asked.words:
        texts = Draft.objects.of(round).shown().saying(asked.words).values("matter")
        found = found.filter(Q(matter__in=texts) | Q(number__iexact=asked.words.strip()))
    if asked.region:
        found = found.filter(region__in=Region.objects.filter(code__startswith=asked.region).values("pk"))
    if asked.category:
        found = found.filter(Q(category=asked.category) | Q(category__startswith=f"{asked.category}."))
    facts: dict[str, Any] = {"lead": asked.unit, "state": asked.state}
    found = found.filter(**{name: value for name, value in facts.items() if value})
    return found.shining(asked.light, on) if asked.light else found


def public_lines(matters: QuerySet[Matter], on: date) -> list[PublicLine]:
    """The public lines of some matters, in their order."""
    keys = list(matters.values_list("pk", flat=True))
    lines = {line.pk: line for line in lines_of(Glance.objects.filter(matter__in=keys), on)}
    return [lines[pk] for pk in keys if pk in lines]


def lines_of(found: Iterable[Glance], on: date) -> list[PublicLine]:
    """The public lines of some glances, in a fixed number of queries; personal data left in a text is masked here, always."""
    rows = list(found.select_related("region", "lead") if isinstance(found, QuerySet) else found)
    keys = [row.pk for row in rows]
    matters = {matter.pk: matter for matter in Matter.objects.filter(pk__in=keys).only("pk", "appeal_id")}
    names = names_of(matters.values())
    held = {given.matter_id: given for given in Assignment.objects.current().filter(matter__in=keys)}
    texts: dict[int, list[Draft]] = {}
    for draft in Draft.objects.told().filter(matter__in=keys).order_by("version"):
        texts.setdefault(draft.matter_id or 0, []).append(draft)
    pictures: dict[int, list[Picture]] = {}
    for picture in Picture.objects.shown().filter(evidence__matter__in=keys).select_related("evidence"):
        pictures.setdefault(picture.evidence.matter_id, []).append(picture)
    return [
        _line(row, texts.get(row.pk, []), held.get(row.pk), names[row.pk], tuple(pictures.get(row.pk, ())), on) for row in rows
    ]


def stream(found: QuerySet[Glance], on: date) -> Iterator[PublicLine]:
    """All public lines of a long list, a stretch at a time, so that memory does not grow with it."""
    keys = list(found.values_list("pk", flat=True))
    for at in range(0, len(keys), AT_ONCE):
        yield from lines_of(Glance.objects.filter(pk__in=keys[at : at + AT_ONCE]).order_by("place"), on)


def _line(
    row: Glance, texts: list[Draft], held: Assignment | None, names: set[str], pictures: tuple[Picture, ...], on: date
) -> PublicLine:
    last = texts[-1] if texts else None
    open_words = last is not None and last.withdrawn_on is None
    return PublicLine(
        pk=row.pk,
        number=row.number,
        words=last.words.shielded(names) if last and open_words else Words(),
        unit=row.lead.short if row.lead else "",
        region=row.region.name if row.region else "",
        category=category_word(row.category.partition(".")[0]) if row.category else "",
        due_on=row.reply_due_on,
        provisional=bool(held and held.provisional),
        turn=row.turn,
        voices=row.voices,
        state=row.state,
        light=_light(row, on),
        solve_by=row.solve_by,
        settled_on=row.settled_on,
        closed_on=row.closed_on,
        released_on=last.released_on if last else None,
        version=last.version if last else 0,
        told=changes(texts, names),
        withdrawn=last is not None and not open_words,
        pictures=pictures if open_words else (),
    )


def _light(row: Glance, on: date) -> Light:
    if row.red_from and row.red_from <= on:
        return Light.RED
    return Light.YELLOW if row.yellow_from and row.yellow_from <= on else Light.GREEN


def changes(texts: Iterable[Draft], names: set[str]) -> tuple[Told, ...]:
    """更正与撤回: what was corrected and withdrawn of these texts, on which day and why, the oldest first."""
    found = []
    for one in texts:
        about = (one.matter_id or 0, one.words.shielded(names).title if one.withdrawn_on is None else "")
        if one.change == Change.CORRECTION and one.released_on:
            found.append(Told(one.released_on, "correction", Words(one.why).shielded(names).title, *about))
        if one.withdrawn_on:
            found.append(Told(one.withdrawn_on, "withdrawal", Words(one.withdrawn_why).shielded(names).title, *about))
    return tuple(found)
