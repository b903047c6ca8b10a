"""机器梳理: reading a round's parts: which say the same, in which class they are, how an appeal of them could be worded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Max, Q, QuerySet

from mianduimian.people.models import Unit
from mianduimian.people.rules import UnitKind
from mianduimian.solicitation.models import Round
from mianduimian.text import when_asked
from mianduimian.text.redact import mask
from mianduimian.triage import learning
from mianduimian.triage.models import Decision, Part, Proposal
from mianduimian.triage.rules import Bucket, Verb, Wording, taxonomy, title_of, usual_units

if TYPE_CHECKING:
    from mianduimian.text import events
else:
    events = when_asked("events")

LONGEST = 500


@dataclass(frozen=True)
class Suggestion:
    """Undecided parts that seem to be one matter, of an appeal that exists already or of a new one."""

    parts: tuple[int, ...]
    representative: int
    sure: float
    why: str
    category: str
    appeal: int | None
    reasons: dict[int, str] = field(default_factory=dict)
    wording: str = ""


@dataclass(frozen=True)
class Findings:
    """What one reading found: suggestions, and the class of each undecided part with how sure it is."""

    suggestions: tuple[Suggestion, ...]
    classes: dict[int, tuple[str, float]]
    texts: int = 0


def read(round: Round) -> Findings:
    """Read the undecided parts of a round beside those already distilled; writes nothing."""
    return group(round, classes(list(unread(round))))


def unread(round: Round, after: int = 0) -> QuerySet[Part]:
    """The undecided parts that a machine may class, in the order in which a reading takes them."""
    fresh = Part.objects.of(round).undecided().filter(labelled_by=None, pk__gt=after)
    return fresh.select_related("submission").order_by("pk")


def classes(parts: Sequence[Part]) -> dict[int, tuple[str, float]]:
    """The class of each part, with how sure the machine is; one that the table of classes does not know counts as none."""
    if not parts:
        return {}
    labels = learning.classifier().read([f"{part.submission.title}\n{part.words}" for part in parts])
    known = taxonomy().words
    return {
        part.pk: (label.label, label.confidence) if label.label in known else ("", 0.0)
        for part, label in zip(parts, labels, strict=True)
    }


def group(round: Round, fresh: dict[int, tuple[str, float]] | None = None) -> Findings:
    """Which undecided parts say the same, or the same as an appeal; their classes as just read, or as they stand in the table."""
    rows = Part.objects.of(round).filter(bucket__in=[Bucket.UNDECIDED, Bucket.DISTILLED])
    parts = {part.pk: part for part in rows.select_related("submission").order_by("pk")}
    kept = {pk: (part.category, part.confidence or 0.0) for pk, part in parts.items() if part.bucket == Bucket.UNDECIDED}
    read = kept | (fresh or {})
    if not read:
        return Findings((), {})
    words = [events.Words(pk, part.submission.title, part.words, _when(part)) for pk, part in parts.items()]
    suggestions = (_suggestion(one, parts, read) for one in events.propose(words, pairs=learning.pairs()))
    return Findings(tuple(one for one in suggestions if one), fresh or {}, len(read))


def suggest(parts: Sequence[Part], representative: Part, category: str) -> Wording:
    """How an appeal of these parts could be worded, for a person to mend: masked, with the usual unit of its class."""
    said = representative.submission
    region = most(part.submission.region_id for part in parts)
    unit = next(iter(usual_units(category)), "")
    return Wording(
        title=mask(title_of(said.title, representative.words)),
        wording=mask(representative.words)[:LONGEST],
        category=category,
        region=region,
        place=mask(said.place or most(part.submission.place for part in parts)),
        unit=unit,
    )


def worded(proposal: Proposal, members: Sequence[Part]) -> Wording:
    """How the appeal of a proposed group could be worded; a class the machine is unsure of is left to the person."""
    representative = next((part for part in members if part.pk == proposal.representative_id), members[0])
    category, sure = class_of(members)
    words = suggest(members, representative, category)
    if proposal.wording:
        words = replace(words, wording=mask(proposal.wording)[:LONGEST])
    return words if sure >= proposal.round.rules.reading["sure_from"] else replace(words, category="", unit="")


def class_of(members: Sequence[Part]) -> tuple[str, float]:
    """The class most of a group's members are read in, and how sure the surest of them is."""
    weight: dict[str, float] = defaultdict(float)
    surest: dict[str, float] = defaultdict(float)
    for part in members:
        weight[part.category] += part.confidence or 0.0
        surest[part.category] = max(surest[part.category], part.confidence or 0.0)
    best = max(weight, key=lambda key: weight[key])
    return best, surest[best]


def likely_units(category: str, region: str) -> list[Unit]:
    """The units usually responsible for a class, and the government of the county where it is."""
    usual = usual_units(category)
    found = Unit.objects.filter(Q(key__in=usual) | Q(region=region[:6], kind__in=[UnitKind.GOVERNMENT, UnitKind.COMMITTEE]))
    return sorted(found, key=lambda unit: (usual.index(unit.key) if unit.key in usual else len(usual), unit.pk))


def likest(round: Round, text: str, most_parts: int = 20) -> list[Part]:
    """The parts of a round that say something most like a text, best first, each with its `likeness`."""
    parts = Part.objects.of(round)
    cuts = Decision.objects.filter(round=round, verb=Verb.CUT)
    stamp = (parts.count(), parts.aggregate(last=Max("pk"))["last"], cuts.aggregate(last=Max("pk"))["last"])
    found = dict(_index(round.pk, stamp).likest(text, most_parts))
    near = parts.filter(pk__in=found).select_related("submission__region", "appeal")
    for part in near:
        part.likeness = found[part.pk]  # type: ignore[attr-defined]
    return sorted(near, key=lambda part: -found[part.pk])


@lru_cache(maxsize=4)
def _index(round: int, stamp: tuple[int | None, ...]) -> events.Index:
    """The round's parts as the index knows them; the stamp changes whenever a part is added, cut or joined."""
    rows = Part.objects.live().filter(submission__round=round).select_related("submission").order_by("pk")
    return events.Index([events.Words(part.pk, part.submission.title, part.words) for part in rows])


def most(values: Iterable[str | None]) -> str:
    """What is said most often, nothing left out; the first of equals."""
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else ""


def _when(part: Part) -> str:
    return part.submission.said_at.isoformat() if part.submission.said_at else ""


def _suggestion(
    group: events.Group, parts: dict[int, Part], classes: dict[int, tuple[str, float]]
) -> Suggestion | None:
    members = [parts[pk] for pk in group.members]
    fresh = tuple(part.pk for part in members if part.pk in classes)
    if not fresh:
        return None
    appeals = Counter(part.appeal_id for part in members if part.appeal_id)
    appeal = appeals.most_common(1)[0][0] if appeals else None
    representative = group.representative if group.representative in classes else fresh[0]
    return Suggestion(fresh, representative, group.sure, _why(group, members), _category(fresh, classes), appeal)


def _why(group: events.Group, members: Sequence[Part]) -> str:
    same = sum(part.submission.like_id is not None for part in members)
    return (f"含同文来件{same}宗；{group.why}" if same else group.why)[:200]


def _category(fresh: Sequence[int], classes: dict[int, tuple[str, float]]) -> str:
    weight: dict[str, float] = defaultdict(float)
    for pk in fresh:
        key, confidence = classes[pk]
        weight[key] += confidence
    return max(weight, key=lambda key: weight[key])
