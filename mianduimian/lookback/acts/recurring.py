"""复发: a new submission about what was closed opens the question again; a person decides."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Closing, Matter
from mianduimian.ledger.rules import State
from mianduimian.lookback.acts.apart import held_apart
from mianduimian.lookback.acts.backing import give_back
from mianduimian.lookback.models import Recurrence
from mianduimian.lookback.rules import Ground, Said, Verdict, recurs, within
from mianduimian.people.models import Person
from mianduimian.refusal import Overtaken, Refused
from mianduimian.text.normalise import plain
from mianduimian.triage.models import Part
from mianduimian.triage.rules import Bucket
from mianduimian.vocabulary import _, say

LONGEST = 366  # days beyond which no rulebook looks back: bounds what is read
COUNTED = [Bucket.UNDECIDED, Bucket.DISTILLED, Bucket.REPEAT]


@act
def find_recurrences(*, by: Person, on: date) -> list[Recurrence]:
    """找复发: what came in after a closing about the same place and class; run again it finds nothing twice."""
    by.must("lookback.find")
    closed = defaultdict(list)
    for closing in _closings(on):
        closed[closing.matter.appeal.category].append(closing)
    known = set(Recurrence.objects.values_list("part", "matter", "turn"))
    made = []
    for part in _parts(on) if closed else ():
        for closing, place in _again(part, closed):
            if (part.pk, closing.matter_id, closing.turn) not in known:
                made.append(_open(part, closing, place, by=by, on=on))
    return made


def _closings(on: date) -> Iterator[Closing]:
    """The closings whose window may still be open, of matters that are closed now."""
    found = Closing.objects.filter(closed_on__gte=on - timedelta(days=LONGEST), matter__state=State.CLOSED)
    for closing in found.select_related("matter__appeal__round"):
        if closing.turn == closing.matter.turn:
            yield closing


def _parts(on: date) -> Iterator[Part]:
    since = on - timedelta(days=LONGEST)
    parts = Part.objects.live().filter(submission__received_on__gt=since, bucket__in=COUNTED)
    yield from parts.select_related("submission", "appeal").order_by("pk").iterator(chunk_size=500)


def _again(part: Part, closed: dict[str, list[Closing]]) -> Iterator[tuple[Closing, str]]:
    """The closings that a part comes back to, each with the place that both name."""
    category = part.appeal.category if part.appeal else part.category
    candidates = [*closed.get(category, []), *_named(part, category, closed)]
    here = _said(category, part) if candidates else None
    for closing in candidates:
        appeal, day = closing.matter.appeal, closing.closed_on
        if here is None or day is None or not within(day, part.submission.received_on, appeal.round.rules):
            continue
        words = plain(f"{appeal.place}。{appeal.title}。{appeal.wording}")
        place = recurs(Said(appeal.category, appeal.region_id or "", words), here)
        if _same_appeal(part, appeal.pk):
            yield closing, place or say(_("梳理时已认定为同一诉求"))
        elif place:
            yield closing, place


def _said(category: str, part: Part) -> Said:
    submission = part.submission
    return Said(category, submission.region_id or "", plain(f"{submission.place}。{submission.title}。{part.words}"))


def _same_appeal(part: Part, appeal: int) -> bool:
    return appeal in (part.earlier_id, part.appeal_id)


def _named(part: Part, category: str, closed: dict[str, list[Closing]]) -> list[Closing]:
    """Closings of the appeal that the triage named, where it is of another class."""
    others = [one for key, rows in closed.items() if key != category for one in rows] if part.earlier_id else []
    return [one for one in others if one.matter.appeal_id == part.earlier_id]


def _open(part: Part, closing: Closing, place: str, *, by: Person, on: date) -> Recurrence:
    made = Recurrence.objects.create(part=part, matter=closing.matter, turn=closing.turn, place=place[:200], found_on=on)
    now = {"turn": closing.turn, "submission": part.submission_id, "place": place}
    record("lookback.find_recurrence", closing.matter, by=by, on=on, now=now)
    return made


@act
def judge_recurrence(found: Recurrence, *, verdict: str, why: str, by: Person, on: date) -> Recurrence:
    """认定复发: the same problem again goes back as the next turn; a new one or a different one is left to the triage."""
    by.must("lookback.send_back")
    matter = held_apart(found.matter, by)
    found.refresh_from_db(from_queryset=Recurrence.objects.select_for_update(of=("self",)))
    if found.verdict:
        raise Overtaken(_("已于%(on)s认定为：%(word)s。"), on=found.decided_on, word=found.verdict_word)
    if not why.strip():
        raise Refused(_("请写明认定的理由。"))
    found.verdict, found.why, found.decided_on, found.decided_by = Verdict(verdict), why, on, by
    found.save()
    record("lookback.judge_recurrence", matter, by=by, on=on, now={"turn": found.turn, "verdict": verdict}, why=why)
    if verdict == Verdict.SAME and _is_closed(matter, found):
        give_back(matter, [Ground.RECURRED], why=why, by=by, on=on)
    return found


def _is_closed(matter: Matter, found: Recurrence) -> bool:
    """Whether it still stands as it was closed; where another submission has reopened it already, nothing more goes back."""
    return matter.state == State.CLOSED and matter.turn == found.turn
