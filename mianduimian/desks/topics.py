"""下一期选题: what the next round could be about, from what people said outside the present focus, with its figures."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode

from mianduimian.desks.hot import Asked, Issue, find
from mianduimian.desks.rules import Basis, Calls, Ground, Topic, topics
from mianduimian.desks.wall import ledger_url
from mianduimian.lookback.models import SendBack
from mianduimian.mechanism import Rulebook
from mianduimian.outcomes.models import HotlineCount
from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Theme
from mianduimian.text.hot import Trend, Window
from mianduimian.triage.models import Part
from mianduimian.triage.rules import Bucket, Reason, category_word, theme_of

KINDS = 4  # classes named under a topic
ISSUES = 3  # hot issues named under a topic
FOCUS = 60  # signs of a focus


@dataclass(frozen=True)
class Candidate:
    """A topic on the page: its words, the classes most spoken of, the hottest issues, and whether it is talked of already."""

    topic: Topic
    kinds: list[tuple[str, int]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    talked: Round | None = None

    @property
    def theme(self) -> str:
        """The 难 under which a round on it would be opened."""
        return self.topic.key if self.topic.key in list(Theme) else Theme.OTHER.value

    @property
    def word(self) -> str:
        """What it is called: a 难, or a class that belongs to none."""
        return Theme.word_of(self.topic.key) if self.topic.key in list(Theme) else category_word(self.topic.key)

    @property
    def opening(self) -> str:
        """Where a round on it is opened, the focus filled in."""
        return f"{reverse('solicitation:open')}?{urlencode({'focus': self.word[:FOCUS], 'theme': self.theme})}"

    @property
    def trend(self) -> Trend:
        """Whether the hotline's calls rose or fell."""
        return self.topic.calls.growth.trend

    @property
    def grounds(self) -> list[tuple[Basis, str]]:
        """Each ground with where it can be looked at; empty where there is no such list."""
        return [(basis, self._url(basis.ground)) for basis in self.topic.bases]

    def _url(self, ground: Ground) -> str:
        if ground == Ground.BACK:
            return ledger_url(again="on", **({} if self.topic.key in list(Theme) else {"category": self.topic.key}))
        return ""


@dataclass(frozen=True)
class Advice:
    """选题建议: the ranked candidates, those of too little, and those that a running round talks of already."""

    ranked: list[Candidate]
    small: list[Candidate]
    talked: list[Candidate]
    window: Window

    @property
    def most(self) -> float:
        """The highest score, for the bars."""
        return max((one.topic.score for one in self.ranked + self.small), default=0.0)


def advise(person: Person, rules: Rulebook, on: date) -> Advice:
    """What the next round of the person's region could be about, in a fixed number of queries."""
    window = Window(on - timedelta(rules.topics["days"] - 1), on)
    rounds = Round.objects.seen_by(person)
    counted, kinds = _counted(rounds, window)
    issues = _outside(rounds, window, rules)
    for key, some in issues.items():
        counted[key][Ground.HOT] = sum(issue.hot.counts.size for issue in some)
    calls = _calls(person, on)
    running = {round.theme: round for round in rounds.running().filter(region__in=person.regions).order_by("pk")}
    keys = [*counted, *(theme for theme in calls if theme not in counted)]
    keys = [key for key in keys if key.split(".")[0] != "other"]  # nobody can meet on the rest
    weights = dict(rules.topics)
    found = topics(Topic(key, counted.get(key, {}), calls.get(key, Calls()), weights) for key in keys)
    named = [
        Candidate(one, _most(kinds[one.key]), issues[one.key][:ISSUES], running.get(one.key)) for one in found
    ]
    fresh = [one for one in named if one.talked is None]
    return Advice(
        ranked=[one for one in fresh if not one.topic.small],
        small=[one for one in fresh if one.topic.small and one.topic.score > 0],
        talked=[one for one in named if one.talked],
        window=window,
    )


def topic_of(category: str) -> str:
    """The topic to which a class belongs: its 难, or the upper class where it belongs to none."""
    theme = theme_of(category)
    return theme if theme != Theme.OTHER else category.partition(".")[0]


def _counted(
    rounds: QuerySet[Round], window: Window
) -> tuple[dict[str, dict[Ground, int]], dict[str, Counter[str]]]:
    """Topic → ground → how much was counted in the window, and topic → class → how much."""
    span = (window.begins, window.ends)
    parts = Part.objects.live().filter(submission__round__in=rounds, submission__received_on__range=span)
    parts = parts.annotate(sort=Coalesce("earlier__category", "category")).order_by()
    outside = parts.filter(bucket=Bucket.ELSEWHERE, reason=Reason.OTHER_FOCUS)
    back = SendBack.objects.filter(on__range=span, matter__appeal__round__in=rounds).order_by()
    rows = {
        Ground.ELSEWHERE: outside.values_list("sort").annotate(n=Count("submission", distinct=True)),
        Ground.REPEAT: parts.filter(bucket=Bucket.REPEAT).values_list("sort").annotate(n=Count("submission", distinct=True)),
        Ground.BACK: back.values_list("matter__appeal__category").annotate(n=Count("matter", distinct=True)),
    }
    counted: dict[str, dict[Ground, int]] = defaultdict(lambda: defaultdict(int))
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for ground, found in rows.items():
        for category, n in found:
            if category:
                counted[topic_of(category)][ground] += n
                kinds[topic_of(category)][category] += n
    return counted, kinds


def _outside(rounds: QuerySet[Round], window: Window, rules: Rulebook) -> dict[str, list[Issue]]:
    """Topic → the hot issues of the window that lie outside the focus of their own round."""
    found: dict[str, list[Issue]] = defaultdict(list)
    for issue in find(Asked(rounds, window, outside=True), rules).ranked:
        if issue.category:
            found[topic_of(issue.category)].append(issue)
    return found


def _calls(person: Person, on: date) -> dict[str, Calls]:
    """Theme → calls of the latest three months counted by the hotline of the person's region, and of a year earlier."""
    counts = HotlineCount.objects.filter(Q(region__in=person.regions[:1]), month__lte=on).by_theme()
    return {theme: _latest(months) for theme, months in counts.items() if theme != Theme.OTHER}


def _latest(months: dict[tuple[int, int], int], several: int = 3) -> Calls:
    both = [(year, month) for year, month in sorted(months) if (year - 1, month) in months][-several:]
    now, before = sum(months[one] for one in both), sum(months[year - 1, month] for year, month in both)
    return Calls(now, before, len(both))


def _most(kinds: Iterable[str] | Counter[str]) -> list[tuple[str, int]]:
    known = [(category_word(key), n) for key, n in Counter(kinds).most_common(KINDS)]
    return known if len(known) > 1 else []
