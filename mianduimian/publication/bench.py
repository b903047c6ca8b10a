"""公开稿工作台: what waits for which hand, and one sheet with the words inside beside the words for everybody."""

from dataclasses import asdict, dataclass
from typing import Any

from mianduimian.ledger.models import Evidence, Matter
from mianduimian.meeting.models import Promise
from mianduimian.people.models import Person
from mianduimian.publication.models import Draft, Picture, inner_words, names_of, promise_names
from mianduimian.publication.wording import Piece, Words, marked
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _, say

HEADS = {
    "title": _("标题"), "wording": _("表述"), "place": _("地点"), "answer": _("公开答复"), "unsolved": _("尚未解决的原因"),
}  # fmt: skip


@dataclass(frozen=True)
class Passage:
    """One of the texts: its head and its stretches, what is personal marked."""

    head: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Row:
    """A draft as the second hand reads it; `own`: it is this person's own and waits for somebody else."""

    draft: Draft
    passages: list[Passage]
    own: bool


@dataclass(frozen=True)
class Bench:
    """The queues of a round."""

    rows: list[Row]
    next: int | None
    waiting: int
    undrafted: int
    stale: list[Matter]
    returned: list[Draft]
    pictures: int
    unready: int


def passages(words: Words, names: set[str]) -> list[Passage]:
    """The texts that say something, marked."""
    return [Passage(say(HEADS[key]), marked(text, names)) for key, text in asdict(words).items() if text]


def queue(round: Round, reader: Person, after: int, most: int) -> Bench:
    """What waits in a round, a page of drafts in full."""
    mine = Draft.objects.of(round)
    waiting = mine.waiting().select_related("matter", "promise__exchange", "promise__unit", "by").order_by("pk")
    page = list(waiting.filter(pk__gt=after)[: most + 1])
    matters = list(Matter.objects.of(round).select_related("appeal"))
    evidence = Evidence.objects.filter(matter__appeal__round=round, kind__startswith="image/")
    pictures = Picture.objects.of(round)
    stands = pictures.filter(withdrawn_on=None).values("evidence")
    return Bench(
        rows=_rows(page[:most], reader),
        next=page[most - 1].pk if len(page) > most else None,
        waiting=waiting.count(),
        undrafted=len({one.pk for one in matters} - set(mine.filter(matter__isnull=False).values_list("matter", flat=True))),
        stale=_stale(matters, mine),
        returned=_returned(mine),
        pictures=pictures.waiting().count(),
        unready=evidence.exclude(pk__in=stands).count(),
    )


def _rows(drafts: list[Draft], reader: Person) -> list[Row]:
    named = names_of(_matters([one.matter_id for one in drafts if one.matter_id]))
    promised = promise_names(one.promise for one in drafts if one.promise)
    found = []
    for one in drafts:
        names = named[one.matter_id] if one.matter_id else promised[one.promise_id or 0]
        found.append(Row(one, passages(one.words.shielded(names), names), one.by_id == reader.pk))
    return found


def _matters(keys: list[int]) -> list[Matter]:
    return list(Matter.objects.filter(pk__in=keys).select_related("appeal"))


def _stale(matters: list[Matter], mine: Any) -> list[Matter]:
    """Matters whose words inside are no longer those from which the newest draft was made."""
    newest = {one.matter_id: one for one in mine.filter(matter__isnull=False).order_by("version")}
    inside = inner_words(one for one in matters if one.pk in newest)
    return [one for one in matters if one.pk in newest and newest[one.pk].source != inside[one.pk].fingerprint]


def _returned(mine: Any) -> list[Draft]:
    """Drafts that were sent back and have no successor yet."""
    newest = {(one.matter_id, one.promise_id): one for one in mine.select_related("matter", "promise").order_by("version")}
    return [one for one in newest.values() if one.returned_on and not one.released_on]


@dataclass(frozen=True)
class Sheet:
    """One matter or promise on the bench."""

    round: Round
    kind: str
    subject: Matter | Promise
    name: str
    inside: list[Passage]
    waiting: Draft | None
    told: Draft | None
    history: list[Draft]
    evidence: list[tuple[Evidence, Picture | None]]
    initial: dict[str, str]


def sheet(round: Round, kind: str, pk: int) -> Sheet | None:
    """The sheet of a matter or a promise of the round; None when there is none."""
    if kind == "matter":
        subject: Matter | Promise | None = Matter.objects.of(round).select_related("appeal__round").filter(pk=pk).first()
    else:
        promises = Promise.objects.filter(exchange__meeting__round=round).select_related("unit", "exchange__meeting__round")
        subject = promises.filter(pk=pk).first() if kind == "promise" else None
    return _sheet(round, kind, subject) if subject else None


def _sheet(round: Round, kind: str, subject: Matter | Promise) -> Sheet:
    if isinstance(subject, Matter):
        words, names = inner_words([subject])[subject.pk], names_of([subject])[subject.pk]
        name = f"{subject.number} {subject.appeal.title}"
    else:
        words, names = Words(wording=subject.text), promise_names([subject])[subject.pk]
        name = f"{subject.unit.short} {subject.due_on}"
    history = list(Draft.objects.filter(**{kind: subject}).select_related("by", "released_by").order_by("-version"))
    waiting = next((one for one in history if not one.released_on and not one.returned_on), None)
    told = next((one for one in history if one.released_on and not one.replaced_on), None)
    newest = next(iter(history), None)
    shown = newest.words if newest and newest.source == words.fingerprint else words.shielded(names)
    return Sheet(
        round, kind, subject, name, passages(words, names), waiting, told, history, _evidence(subject), asdict(shown)
    )


def _evidence(subject: Matter | Promise) -> list[tuple[Evidence, Picture | None]]:
    if not isinstance(subject, Matter):
        return []
    filed = list(Evidence.objects.filter(matter=subject, kind__startswith="image/"))
    stands = {one.evidence_id: one for one in Picture.objects.filter(evidence__in=filed, withdrawn_on=None)}
    return [(one, stands.get(one.pk)) for one in filed]
