"""办得怎样: what a round's public page counts, every share beside its denominator, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from mianduimian.ledger.models import Assignment, Extension, Glance, Matter, Reply, Settlement, Staging
from mianduimian.ledger.rules import Light, State, Unripe
from mianduimian.lookback.models import Answer, SendBack, Visit, exceptions
from mianduimian.lookback.rules import Scale, Share
from mianduimian.meeting.models import Meeting, Promise, Suggestion
from mianduimian.meeting.rules import Presence, SeatKind
from mianduimian.people.models import Region, Unit
from mianduimian.publication.figures import Counted, Figure, Kept, kept
from mianduimian.publication.models.drafts import Draft, promise_names
from mianduimian.publication.models.lines import Told, changes
from mianduimian.publication.rules import shield
from mianduimian.solicitation.models import Round
from mianduimian.triage.figures import Map, county_map
from mianduimian.triage.models import funnel
from mianduimian.triage.rules import Bucket, category_word


@dataclass(frozen=True)
class Flow:
    """One bucket of the funnel, as the shared part draws it."""

    key: str
    word: str
    number: int
    part: bool = True


@dataclass(frozen=True)
class Choice:
    """One value a reader may filter by, and how many matters it finds."""

    key: str
    word: str
    number: int


@dataclass(frozen=True)
class Outcome:
    """Everything counted of a round for everybody."""

    figures: dict[Figure, Counted]
    flow: tuple[Flow, ...]
    states: tuple[Choice, ...]
    lights: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    units: tuple[Choice, ...]
    scales: tuple[Choice, ...]
    unripe: tuple[Choice, ...]
    map: Map

    def some(self, *wanted: Figure) -> list[Counted]:
        """These figures, in this order."""
        return [self.figures[figure] for figure in wanted]

    @property
    def collected(self) -> int:
        """All submissions: the whole of the funnel."""
        return self.figures[Figure.COLLECTED].number

    @property
    def headline(self) -> list[Counted]:
        """What stands on top of the page."""
        return self.some(Figure.COLLECTED, Figure.APPEALS, Figure.ON_TIME, Figure.SETTLED, Figure.CLOSED, Figure.SATISFIED)

    @property
    def asked(self) -> list[Counted]:
        """回访: who answered, who was not reached, who waits, each apart."""
        return self.some(Figure.SATISFIED, Figure.UNREACHED, Figure.WAITING)

    @property
    def exceptions(self) -> list[Counted]:
        """例外: what did not go the straight way, counted in public."""
        return self.some(Figure.STAGED, Figure.EXTENDED, Figure.BACK, Figure.WAIVED, Figure.UNHEARD)


def outcome(round: Round, on: date) -> Outcome:
    """Count a round for its public page."""
    rows = list(Glance.objects.filter(round=round).values_list("state", "region", "category", "lead", "yellow_from", "red_from"))
    states = Counter(row[0] for row in rows)
    words = {unit.pk: unit.short for unit in Unit.objects.filter(pk__in={row[3] for row in rows})}
    names = dict(Region.objects.under(round.region).values_list("code", "name"))
    distilled = funnel(round)
    lights = Counter(_light(yellow, red, on) for *_rest, yellow, red in rows)
    classes = Counter(row[2].partition(".")[0] for row in rows if row[2])
    counties = Counter(row[1][:6] for row in rows if row[1])
    visits = Visit.objects.filter(matter__appeal__round=round).of_last_turn()
    return Outcome(
        figures={one.figure: one for one in _figures(round, states, distilled.collected, distilled.appeals, visits.share(), on)},
        flow=(
            Flow("", Bucket.DISTILLED.word, distilled.submissions[Bucket.DISTILLED], part=False),
            *(Flow(one.value, one.word, distilled.submissions[one]) for one in Bucket if one != Bucket.DISTILLED),
        ),
        states=tuple(Choice(one.value, one.word, states[one.value]) for one in State),
        lights=tuple(Choice(one.value, one.word, lights[one]) for one in Light),
        regions=_chosen(counties, names),
        categories=_chosen(classes, {key: category_word(key) for key in classes}),
        units=_chosen(Counter(row[3] for row in rows if row[3]), words),
        scales=_scales(visits),
        unripe=_unripe(round),
        map=county_map([row[1] for row in rows], names),
    )


def _light(yellow: date | None, red: date | None, on: date) -> Light:
    if red and red <= on:
        return Light.RED
    return Light.YELLOW if yellow and yellow <= on else Light.GREEN


def _chosen(found: Counter, words: dict) -> tuple[Choice, ...]:
    return tuple(Choice(str(key), words.get(key, str(key)), n) for key, n in found.most_common())


def _figures(round: Round, states: Counter, collected: int, appeals: int, visits: Share, on: date) -> Iterable[Counted]:
    matters = Matter.objects.of(round)
    given = Assignment.objects.filter(matter__in=matters)
    answered = given.exclude(replied_on=None).aggregate(turns=Count("pk"), matters=Count("matter", distinct=True))
    late = Reply.objects.filter(matter__in=matters, late=True).values("assignment").distinct().count()
    owing = given.filter(replied_on=None, ended_on=None, reply_due_on__lt=on).count()
    settled = Settlement.objects.filter(matter__in=matters).values("matter").distinct().count()
    back = SendBack.objects.filter(matter__in=matters).values("matter").distinct().count()
    closed = states[State.CLOSED.value]
    judged = Answer.objects.filter(visit__matter__in=matters.filter(state=State.CLOSED))
    heard = judged.values("visit__matter").distinct().count()
    done = states[State.SETTLED.value] + states[State.CLOSING.value] + closed
    return [
        Counted(Figure.COLLECTED, collected),
        Counted(Figure.APPEALS, appeals),
        Counted(Figure.REPLIED, answered["matters"], sum(states.values()) - states[State.OPEN.value]),
        Counted(Figure.ON_TIME, answered["turns"] - late, answered["turns"] + owing),
        Counted(Figure.SETTLED, done, appeals),
        Counted(Figure.CLOSED, closed, appeals),
        Counted(Figure.SATISFIED, visits.satisfied, visits.reached),
        Counted(Figure.UNREACHED, visits.unreached, visits.to_ask),
        Counted(Figure.WAITING, visits.waiting, visits.to_ask),
        Counted(Figure.STAGED, states[State.STAGED.value]),
        Counted(Figure.EXTENDED, Extension.objects.filter(assignment__in=given, granted=True).count()),
        Counted(Figure.BACK, back, settled),
        Counted(Figure.WAIVED, sum(exceptions(round).values()), closed),
        Counted(Figure.UNHEARD, closed - heard, closed),
    ]


def _scales(visits: QuerySet[Visit]) -> tuple[Choice, ...]:
    answers = Answer.objects.filter(visit__in=visits.values("pk")).order_by()
    found: dict[str, int] = dict(answers.values_list("scale").annotate(Count("pk")))
    return tuple(Choice(one.value, one.word, found.get(one.value, 0)) for one in Scale)


def _unripe(round: Round) -> tuple[Choice, ...]:
    """尚未解决: of the parked matters, why they are parked, each by the plan in force."""
    parked = Staging.objects.filter(matter__in=Matter.objects.of(round).in_state(State.STAGED), turn=F("matter__turn"))
    last = dict(parked.order_by("pk").values_list("matter", "kind"))
    found = Counter(last.values())
    return tuple(Choice(one.value, one.word, found[one.value]) for one in Unripe if found[one.value])


@dataclass(frozen=True)
class Vow:
    """承诺: what a unit promised in the hall, by which day, and what came of it; no words before a second hand released them."""

    unit: str
    text: str
    due_on: date
    done_on: date | None
    kept: Kept
    matter: int | None
    told: tuple[Told, ...] = ()


def vows(round: Round, on: date) -> list[Vow]:
    """The promises of a round's meeting and whether they were kept."""
    made = Promise.objects.filter(exchange__meeting__round=round).exclude(exchange__meeting__held_on=None)
    promises = list(made.select_related("unit", "exchange"))
    appeals = {promise.exchange.appeal_id for promise in promises}
    held = Matter.objects.filter(appeal__in=appeals).values_list("pk", "appeal", "turn")
    matters = {appeal: (pk, turn) for pk, appeal, turn in held}
    settled = Settlement.objects.filter(matter__in=[pk for pk, _turn in matters.values()])
    done = {(pk, turn): day for pk, turn, day in settled.values_list("matter", "turn", "on")}
    names = promise_names(promises)
    texts: dict[int, list[Draft]] = {}
    for draft in Draft.objects.of(round).told().filter(promise__isnull=False).order_by("version"):
        texts.setdefault(draft.promise_id or 0, []).append(draft)
    return [
        _vow(one, texts.get(one.pk, []), matters.get(one.exchange.appeal_id or 0), done, names[one.pk], on) for one in promises
    ]


def _vow(
    one: Promise,
    texts: list[Draft],
    matter: tuple[int, int] | None,
    done: dict[tuple[int, int], date],
    names: set[str],
    on: date,
) -> Vow:
    done_on = done.get(matter) if matter else None
    last = texts[-1] if texts else None
    text = shield(last.wording, names) if last and last.withdrawn_on is None else ""
    standing = kept(one.due_on, done_on, on, tracked=matter is not None)
    return Vow(one.unit.short, text, one.due_on, done_on, standing, matter[0] if matter else None, changes(texts, names))


@dataclass(frozen=True)
class Hall:
    """座谈会: when, where and with whom, as everybody may know it: seats by kind, never by name."""

    meeting: Meeting
    seats: tuple[tuple[str, int], ...]
    exchanges: int
    suggestions: int
    adopted: int


def hall(round: Round) -> Hall | None:
    """The meeting of a round, once it was held."""
    meeting = Meeting.objects.filter(round=round).exclude(held_on=None).first()
    if meeting is None:
        return None
    sat = Counter(meeting.seats.exclude(presence=Presence.ABSENT).values_list("kind", flat=True))
    told = Suggestion.objects.filter(meeting=meeting).values_list("adopted", flat=True)
    return Hall(
        meeting,
        tuple((one.word, sat[one.value]) for one in SeatKind if sat[one.value]),
        meeting.exchanges.count(),
        len(told),
        sum(adopted is True for adopted in told),
    )
