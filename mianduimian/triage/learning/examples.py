"""例子: what people decided, as examples: texts with their class, and submissions that are one matter or are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mianduimian.text import when_asked
from mianduimian.text.redact import mask
from mianduimian.triage.models import Decision, Moved, Part, Proposal
from mianduimian.triage.rules import Answer, Bucket, Verb, taxonomy

if TYPE_CHECKING:
    from mianduimian.text import events
else:
    events = when_asked("events")

MOST = 500  # pairs that one decision teaches; a group of hundreds would drown the others
Pair = tuple[int, int]


@dataclass(frozen=True)
class Labelled:
    """Texts and the classes people gave them; `keys` tell which must stand on one side of a trial."""

    parts: list[int]
    texts: list[str]
    labels: list[str]
    keys: list[list[str]]
    sources: dict[str, int]


@dataclass(frozen=True)
class Matters:
    """Submissions and the matter people put each into; None where nobody did, but it is known not to be that of another row."""

    parts: list[int]
    rows: list[events.Words]
    matter: list[int | None]
    apart: list[Pair]
    keys: list[list[str]]
    sources: dict[str, int]


def labelled() -> Labelled:
    """Every part whose class a person gave: to itself, or to the appeal it was distilled into."""
    known = taxonomy().words
    rows = [(part, label) for part in _decided(~Q(labelled_by=None)) if (label := _label(part)) in known]
    own = sum(part.labelled_by_id is not None for part, _label in rows)
    return Labelled(
        parts=[part.pk for part, _label in rows],
        texts=[f"{_title(part)}\n{_said(part)}" for part, _label in rows],
        labels=[label for _part, label in rows],
        keys=[_keys(part) for part, _label in rows],
        sources={"texts": len(rows), "classes": len({label for _part, label in rows}), "relabel": own},
    )


def matters() -> Matters:
    """Every part that people put into a matter, and those they said do not belong together."""
    grouped = Proposal.parts.through.objects.filter(part=OuterRef("pk"))
    parts = {part.pk: part for part in _decided(Q(Exists(grouped), bucket=Bucket.UNDECIDED))}
    matter = {pk: part.appeal_id or part.earlier_id for pk, part in parts.items()}
    where = _groups_by_people() | {pk: ("matter", one) for pk, one in matter.items() if one}
    apart = sorted({pair for pair in _apart(matter) if where.get(pair[0], pair[0]) != where.get(pair[1], pair[1])})
    named = {pk for pair in apart for pk in pair}
    kept = [part for pk, part in parts.items() if matter[pk] is not None or pk in named]
    place = {part.pk: at for at, part in enumerate(kept)}
    keys = [_keys(part) for part in kept]
    for one, other in apart:
        for pk in (one, other):
            keys[place[pk]].append(f"apart {one} {other}")
    return Matters(
        parts=list(place),
        rows=[events.Words(part.pk, _title(part), _said(part), _when(part)) for part in kept],
        matter=[matter[part.pk] for part in kept],
        apart=[(place[one], place[other]) for one, other in apart],
        keys=keys,
        sources=_counted(matter, len(apart)),
    )


def _decided(other: Q) -> QuerySet[Part]:
    """Parts that a person decided on, and others that say something."""
    decided = Q(bucket=Bucket.DISTILLED) | Q(bucket=Bucket.REPEAT, earlier__isnull=False)
    return Part.objects.live().filter(decided | other).select_related("submission", "appeal", "earlier").order_by("pk")


def _label(part: Part) -> str:
    """The class a person gave: to its appeal, or that it repeats, or else to the part itself."""
    matter = part.appeal or part.earlier
    own = part.category if part.labelled_by_id else ""
    return (matter.category if matter else "") or own


def _keys(part: Part) -> list[str]:
    """What ties a part to others: its matter, its submission, the words of another."""
    matter = part.appeal_id or part.earlier_id
    return [f"said {part.submission.like_id or part.submission_id}", *([f"matter {matter}"] if matter else [])]


def _title(part: Part) -> str:
    return mask(part.submission.title)


def _said(part: Part) -> str:
    return mask(part.words)


def _when(part: Part) -> str:
    return part.submission.said_at.isoformat() if part.submission.said_at else ""


def _apart(matter: dict[int, int | None]) -> Iterator[Pair]:
    """Pairs that people said are different: by splitting an appeal, and by what they did with the machine's groups."""
    split = Moved.objects.filter(decision__verb=Verb.SPLIT, decision__undone_on=None).order_by("pk")
    stay: dict[int, list[int]] = defaultdict(list)
    for pk, appeal in matter.items():
        if appeal:
            stay[appeal].append(pk)
    for part, left in split.values_list("part", "from_appeal"):
        yield from _pairs([part], stay.get(left or 0, ()), matter)
    for answer, groups in _answered():
        if answer == Answer.REJECTED and sum(map(len, groups)) == 2:
            yield from _pairs(groups[0], groups[-1][-1:], matter)
        for other in groups[1:]:  # those who were taken out one by one may still be one matter among themselves
            yield from _pairs(groups[0], other, matter)


def _pairs(some: Iterable[int], others: Iterable[int], matter: dict[int, int | None]) -> Iterator[Pair]:
    """Each with each, of those that are known here."""
    known = ((one, other) for one, other in product(some, others) if one != other and one in matter and other in matter)
    return ((min(pair), max(pair)) for pair in islice(known, MOST))


def _groups_by_people() -> dict[int, tuple[str, int]]:
    """Undecided parts that a person put into one group, which still waits."""
    link = Proposal.parts.through.objects.filter(proposal__born_of__isnull=False, proposal__answer="")
    return {part: ("group", proposal) for part, proposal in link.order_by("proposal").values_list("part", "proposal")}


def _answered() -> Iterator[tuple[str, list[list[int]]]]:
    """Each answered group as people left it: first those they kept together, then those they parted from them."""
    touched = Q(proposal__answer__gt="") | Q(proposal__born_of__isnull=False)
    link = Proposal.parts.through.objects.filter(touched).order_by("proposal", "part")
    members: dict[int, list[int]] = defaultdict(list)
    for proposal, part in link.values_list("proposal", "part"):
        members[proposal].append(part)
    born: dict[int, list[list[int]]] = defaultdict(list)
    for proposal, step in Proposal.objects.filter(born_of__isnull=False).order_by("pk").values_list("pk", "born_of"):
        born[step].append(members[proposal])
    rows = Proposal.objects.filter(answer__gt="", decision__undone_on=None).order_by("pk")
    moved: dict[int, set[int]] = defaultdict(set)
    kept = Moved.objects.filter(decision__in=rows.order_by().values("decision"), to_appeal__isnull=False)
    for step, part in kept.values_list("decision", "part"):
        moved[step].add(part)
    for proposal, answer, step in rows.values_list("pk", "answer", "decision"):
        yield answer, _left(members[proposal], answer, born.get(step or 0, []), moved.get(step or 0, set()))


def _left(members: Sequence[int], answer: str, born: Sequence[Sequence[int]], moved: set[int]) -> list[list[int]]:
    if answer == Answer.REJECTED:
        return [list(members)]
    groups = [[pk for pk in members if pk in moved], *([pk for pk in group if pk in members] for group in born)]
    return [group for group in groups if group]


def _counted(matter: dict[int, int | None], apart: int) -> dict[str, int]:
    """What people did that teaches: decisions by verb, submissions and matters, pairs told apart."""
    taught = (Verb.CONFIRM, Verb.MERGE, Verb.SPLIT, Verb.TAKE_OUT, Verb.DIVIDE, Verb.BRING_IN, Verb.REJECT)
    steps = Decision.objects.filter(undone_on=None, verb__in=taught).order_by().values_list("verb").annotate(n=Count("pk"))
    put = [one for one in matter.values() if one is not None]
    return {"texts": len(put), "matters": len(set(put)), "apart": apart} | dict(steps)
