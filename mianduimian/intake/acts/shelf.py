"""上架: the one way rows become submissions, one alone or five hundred at once, each known row found again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.db.models import Min, Q

from mianduimian.intake.models import Batch, Citizen, Submission
from mianduimian.intake.rules import Said, new_receipt
from mianduimian.intake.sealing import blind_index, fingerprint
from mianduimian.people.models import Person, Region
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel
from mianduimian.vocabulary import _

TRIES = 5


@dataclass(frozen=True)
class Arrival:
    """Where and how submissions arrive: the round, the file if there is one, who takes them in, when."""

    round: Round
    by: Person
    on: date
    batch: Batch | None = None


@dataclass
class Placed:
    """What became of one row: its submission, and whether it is new; or why it was refused."""

    said: Said
    submission: Submission | None = None
    fresh: bool = False
    refused: Refused | None = None


@dataclass
class Places:
    """The regions that are named in the rows, by code and by a name that only one of them has."""

    found: dict[str, Region] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Iterable[Said]) -> "Places":
        """Look all names up at once."""
        names = {one.region for one in said if one.region}
        rows = list(Region.objects.filter(Q(pk__in=names) | Q(name__in=names))) if names else []
        once = [row for row in rows if [other.name for other in rows].count(row.name) == 1]
        return cls({row.name: row for row in once} | {row.pk: row for row in rows})

    def place(self, said: Said) -> str:
        """The place as told; a region nobody knows is kept in front of it."""
        unknown = said.region and said.region not in self.found and said.region not in said.place
        return f"{said.region} {said.place}".strip()[:200] if unknown else said.place


def shelve(arrival: Arrival, said: list[Said]) -> list[Placed]:
    """Turn rows into submissions; a row that another hand takes in meanwhile is found again, never doubled."""
    for _try in range(TRIES - 1):
        try:
            with transaction.atomic():
                return _shelve(arrival, said)
        except IntegrityError:
            continue
    return _shelve(arrival, said)


def _shelve(arrival: Arrival, said: list[Said]) -> list[Placed]:
    places = Places.of(said)
    placed = [Placed(one, _draft(arrival, one, places)) for one in said]
    known = _known(arrival.round, [one.submission for one in placed if one.submission])
    for one in placed:
        _meet(one, known)
    fresh = [one for one in placed if one.fresh]
    if fresh:
        _save(fresh)
    return placed


def _draft(arrival: Arrival, said: Said, places: Places) -> Submission:
    words = said.words
    return Submission(
        round=arrival.round,
        channel=said.channel,
        source_number=said.source_number,
        said_at=said.said_at,
        title=said.title,
        text=said.text,
        place=places.place(said),
        north=said.spot[0] if said.spot else None,
        east=said.spot[1] if said.spot else None,
        region=places.found.get(said.region),
        source_class=said.source_class,
        confidential=said.confidential,
        batch=arrival.batch,
        received_on=arrival.on,
        received_by=arrival.by,
        content=fingerprint(words, _who(arrival, said), *(["confidential"] if said.confidential else [])),
        words=fingerprint(words),
    )


def _who(arrival: Arrival, said: Said) -> str:
    """By what the same words are the same submission; on the web two strangers are two, and a form is once by its token."""
    reached = blind_index(said.phone) or said.email
    if said.channel == Channel.WEB and arrival.batch is None and not reached:
        return token_hex(16)
    return blind_index(said.phone) or said.name or said.email


def _key(submission: Submission) -> tuple[str, str, str]:
    """By what a row is known: its source number, and by its content only where it has none."""
    return (submission.channel, submission.source_number, "" if submission.source_number else submission.content)


def _known(round: Round, drafts: list[Submission]) -> dict[tuple[str, str, str], Submission]:
    numbers = {draft.source_number for draft in drafts if draft.source_number}
    contents = {draft.content for draft in drafts if not draft.source_number}
    same = Q(source_number__in=numbers) | Q(source_number="", content__in=contents)
    channels = {draft.channel for draft in drafts}
    return {_key(row): row for row in Submission.objects.filter(same, round=round, channel__in=channels)}


def _meet(placed: Placed, known: dict[tuple[str, str, str], Submission]) -> None:
    """Decide whether a row is new, known, or claims the number of another."""
    draft = placed.submission
    if draft is None:
        return
    earlier = known.setdefault(_key(draft), draft)
    placed.submission, placed.fresh = earlier, earlier is draft
    if earlier.words != draft.words:
        placed.submission = None
        placed.refused = Refused(_("编号%(number)s已经收过，内容与这一行不同。"), number=draft.source_number)


def _save(fresh: list[Placed]) -> None:
    rows = [one.submission for one in fresh if one.submission]
    for row, citizen, receipt in zip(rows, _citizens([one.said for one in fresh]), _receipts(len(rows)), strict=True):
        row.citizen, row.receipt = citizen, receipt
    later = _like(rows)
    Submission.objects.bulk_create(rows)
    for row, first in later:
        row.like = first
    Submission.objects.bulk_update([row for row, _first in later], ["like"])


def _like(rows: list[Submission]) -> list[tuple[Submission, Submission]]:
    """Point each row at the first with the same words; those whose first comes in the same hand are told afterwards."""
    same = Submission.objects.filter(round=rows[0].round, words__in={row.words for row in rows})
    first = dict(same.order_by().values_list("words").annotate(first=Min("pk")))
    here: dict[str, Submission] = {}
    later = []
    for row in rows:
        if row.words in first:
            row.like_id = first[row.words]
        elif row.words in here:
            later.append((row, here[row.words]))
        else:
            here[row.words] = row
    return later


def _receipts(count: int) -> list[str]:
    """As many receipt codes as rows, none of which was ever given."""
    codes: set[str] = set()
    while len(codes) < count:
        codes |= {new_receipt() for _row in range(count - len(codes))}
        codes -= set(Submission.objects.filter(receipt__in=codes).values_list("receipt", flat=True))
    return list(codes)


def _citizens(said: list[Said]) -> list[Citizen]:
    """Who said it: the same phone under no other name is the same citizen; a whistle-blower is always apart."""
    known: dict[str, list[Citizen]] = {}
    indexes = {blind_index(one.phone) for one in said if one.phone and not one.confidential} - {""}
    for citizen in Citizen.objects.filter(phone_index__in=indexes).exclude(submissions__confidential=True) if indexes else ():
        known.setdefault(citizen.phone_index, []).append(citizen)
    found = [_citizen(one, known) for one in said]
    Citizen.objects.bulk_create({id(one): one for one in found if one.pk is None}.values())
    return found


def _citizen(said: Said, known: dict[str, list[Citizen]]) -> Citizen:
    fresh = Citizen(**said.identity, phone_index=blind_index(said.phone), agreed=said.agreed)
    if said.confidential or not fresh.phone_index:
        return fresh
    same = known.setdefault(fresh.phone_index, [])
    earlier = next((citizen for citizen in same if citizen.identity == fresh.identity and citizen.agreed == fresh.agreed), None)
    if earlier is None:
        same.append(fresh)
    return earlier or fresh


