"""热点: which matters of a window many people speak of, in a round or in the whole intake, with the way to each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left
from django.urls import reverse
from django.utils.timezone import make_aware

from mianduimian.mechanism import Rulebook, rulebook, versions
from mianduimian.people.models import Region
from mianduimian.people.rules import Level
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Theme
from mianduimian.text.hot import Component, Counts, Hot, Weights, Window, rank
from mianduimian.text.redact import mask
from mianduimian.triage.models import Appeal, Part, Proposal
from mianduimian.triage.rules import Bucket, category_word, taxonomy, title_of

USUAL = 30  # days of a window nobody chose
SHOWN, FEW = 20, 10  # matters on the page: ranked ones, and those of too few
COUNTY = 6  # digits of a county's code
Key = Any  # ("appeal", 12): decided by people; ("proposal", 7): as the machine groups them


@dataclass(frozen=True)
class Asked:
    """What a person asks: rounds, window, county and class, empty is any; or only what lies outside its round's focus."""

    rounds: QuerySet[Round]
    window: Window
    region: Region | None = None
    category: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Issue:
    """热点: one matter with its numbers, its words and its place in the house."""

    hot: Hot
    title: str
    category: str
    region: str
    url: str
    decided: bool
    waiting: int = 0

    @property
    def category_word(self) -> str:
        """The words of its class."""
        return category_word(self.category) if self.category else ""

    @property
    def components(self) -> tuple[Component, ...]:
        """What its score is made of."""
        return self.hot.components


@dataclass(frozen=True)
class Found:
    """The issues of a window: those large enough by rank, those of too few behind; and how much was counted."""

    ranked: list[Issue]
    small: list[Issue]
    size: int
    ungrouped: int
    matters: int
    compared: bool
    weights: Weights

    @property
    def most(self) -> float:
        """The highest score, for the bars."""
        return max((issue.hot.score for issue in self.ranked + self.small), default=0.0)


def newest() -> Rulebook:
    """The rulebook in force where no round says which: the newest that is no test's."""
    return next(book for book in map(rulebook, reversed(versions())) if not book.test_only)


def usual_window(rounds: QuerySet[Round], round: Round | None, on: date) -> Window:
    """The window of a round's intake, from its call's first day to its last submission; else the last month."""
    if round is None:
        return Window(on - timedelta(USUAL - 1), on)
    call = round.call
    spoken = Part.objects.live().filter(submission__round=round).aggregate(
        first=Min("submission__received_on"), last=Max("submission__received_on")
    )
    begins = call.opens_on if call else spoken["first"] or round.opened_on
    ends = max(filter(None, (call.closes_on if call else None, spoken["last"], begins)))
    return Window(begins, ends)


def find(asked: Asked, rules: Rulebook) -> Found:
    """The hot issues of a window, in a fixed number of queries."""
    weights = Weights.of(rules.hot)
    rows, compared = _rows(asked), _spoken(asked.rounds, asked.window.before).exists()
    groups: dict[Key, dict[str, Any]] = {}
    alone = 0
    for row in rows:
        key = ("appeal", row["matter"]) if row["matter"] else ("proposal", row["grouped"]) if row["grouped"] else None
        if key is None:
            alone = row["size"]
        else:
            groups[key] = row
    counted = {
        key: Counts(row["size"], row["citizens"], max(row["towns"], row["counties"]), row["before"] if compared else None)
        for key, row in groups.items()
    }
    ranked = rank(counted, weights)
    shown = [one for one in ranked if not one.small][:SHOWN]
    small = [one for one in ranked if one.small and one.counts.size > 1][:FEW]
    named = _named([one.key for one in [*shown, *small]], groups)
    return Found(
        ranked=[_issue(one, named) for one in shown if one.key in named],
        small=[_issue(one, named) for one in small if one.key in named],
        size=sum(one.counts.size for one in ranked) + alone,
        ungrouped=alone,
        matters=len(ranked),
        compared=compared,
        weights=weights,
    )


def _rows(asked: Asked) -> QuerySet[Part, dict[str, Any]]:
    """Matter by matter: submissions, citizens and places of the window, submissions of the window before."""
    now = _within(asked.window)
    parts = _spoken(asked.rounds, asked.window, asked.window.before)
    if asked.region:
        parts = parts.filter(submission__region__in=Region.objects.under(asked.region))
    parts = _grouped(parts)
    if asked.category:
        parts = parts.filter(Q(sort=asked.category) | Q(sort__startswith=f"{asked.category}."))
    if asked.outside:
        parts = parts.exclude(_of_the_focus()).exclude(bucket=Bucket.REPEAT)
    return parts.order_by().values("matter", "grouped").annotate(  # type: ignore[misc]
        size=Count("submission", distinct=True, filter=now),
        citizens=Count(_speaker(), distinct=True, filter=now),
        towns=Count("submission__region", distinct=True, filter=now & Q(submission__region__level=Level.TOWN)),
        counties=Count(Left("submission__region", COUNTY), distinct=True, filter=now),
        before=Count("submission", distinct=True, filter=_within(asked.window.before)),
        waiting=Count("submission", distinct=True, filter=now & Q(bucket=Bucket.UNDECIDED)),
    )


def _of_the_focus() -> Q:
    """In a class of its round's theme, or in none."""
    inside = Q(sort="")
    for theme in Theme:
        classes = [key for key, one in taxonomy().words.items() if one.theme == theme]
        inside |= Q(submission__round__theme=theme, sort__in=classes)
    return inside


def _spoken(rounds: QuerySet[Round], *windows: Window) -> QuerySet[Part]:
    """Parts of these windows that stand for a matter: what is invalid, elsewhere or withdrawn speaks of none here."""
    within = Q()
    for window in windows:
        within |= _within(window)
    stand = [Bucket.UNDECIDED, Bucket.DISTILLED, Bucket.REPEAT]
    return Part.objects.live().filter(within, bucket__in=stand, submission__round__in=rounds.order_by().values("pk"))


def _within(window: Window) -> Q:
    """Said in the window; where nobody knows when it was said, received in it."""
    begins, ends = (make_aware(datetime.combine(day, time())) for day in (window.begins, window.ends + timedelta(1)))
    said = Q(submission__said_at__gte=begins, submission__said_at__lt=ends)
    received = Q(submission__said_at=None, submission__received_on__range=(window.begins, window.ends))
    return said | received


def _grouped(parts: QuerySet[Part]) -> QuerySet[Part]:
    """Each with its matter: the appeal it is in, repeats, or seems to join; else the group the machine sees it in."""
    link = Proposal.parts.through.objects.filter(part=OuterRef("pk"), proposal__answer="").order_by("-proposal")
    return parts.annotate(
        matter=Coalesce("appeal", "earlier", _if_waiting(link.values("proposal__appeal")), output_field=BigIntegerField()),
        group=_if_waiting(link.values("proposal")),
        grouped=Case(When(Q(("matter", None)), then=F("group")), output_field=BigIntegerField()),
        sort=Coalesce("appeal__category", "earlier__category", "category"),
    )


def _if_waiting(found: QuerySet[Any, Any]) -> Case:
    """What is found for a part nobody has decided yet."""
    return Case(When(bucket=Bucket.UNDECIDED, then=Subquery(found[:1])), output_field=BigIntegerField())


def _speaker() -> Case:
    """By what a citizen is counted once, still sealed: the phone's keyed fingerprint, the citizen, or the submission."""
    phone = Q(submission__confidential=False) & ~Q(submission__citizen__phone_index="") & ~Q(submission__citizen=None)
    return Case(
        When(phone, then=F("submission__citizen__phone_index")),
        When(~Q(submission__citizen=None), then=Concat(Value("c"), Cast("submission__citizen", CharField()))),
        default=Concat(Value("s"), Cast("submission", CharField())),
        output_field=CharField(),
    )


def _named(keys: list[Key], groups: Mapping[Key, dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    """The words and the place of each matter shown."""
    by_kind = {kind: [pk for one, pk in keys if one == kind] for kind in ("appeal", "proposal")}
    named: dict[Key, dict[str, Any]] = {}
    for appeal in Appeal.objects.filter(pk__in=by_kind["appeal"]).select_related("region"):
        named["appeal", appeal.pk] = {
            "title": appeal.title,
            "category": appeal.category,
            "region": appeal.region.name if appeal.region else "",
            "url": reverse("triage:appeal", args=[appeal.pk]),
            "decided": True,
            "waiting": groups["appeal", appeal.pk]["waiting"],
        }
    proposals = Proposal.objects.filter(pk__in=by_kind["proposal"])
    for proposal in proposals.select_related("round", "representative__submission__region"):
        said = proposal.representative.submission
        hidden = said.confidential
        named["proposal", proposal.pk] = {
            "title": "" if hidden else mask(title_of(said.title, proposal.representative.words)),
            "category": proposal.category,
            "region": said.region.name if said.region else "",
            "url": reverse("triage:round", args=[proposal.round.code]),
            "decided": False,
            "waiting": groups["proposal", proposal.pk]["waiting"],
        }
    return named


def _issue(one: Hot, named: Mapping[Key, dict[str, Any]]) -> Issue:
    return Issue(one, **named[one.key])
