"""点数: what a round's page shows, counted once for every state of the journal and remembered until the next act."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.core.cache import cache
from django.utils.translation import get_language

from mianduimian.journal.models import Head
from mianduimian.ledger.models import Matter
from mianduimian.publication.figures import Kept
from mianduimian.publication.models import Draft, Hall, Outcome, Told, Vow, changes, hall, names_of, outcome, vows
from mianduimian.solicitation.models import Round

MINUTES = 5 * 60  # seconds; what a job derives without an act of its own is seen after so long at the latest


@dataclass(frozen=True)
class Page:
    """Everything counted and told on a round's page, without anything personal."""

    outcome: Outcome
    hall: Hall | None
    vows: tuple[Vow, ...]
    told: tuple[Told, ...]

    @property
    def kept(self) -> list[tuple[Kept, int]]:
        """承诺兑现: how many promises stand how."""
        counted = Counter(vow.kept for vow in self.vows)
        return [(one, counted[one]) for one in Kept if counted[one]]

    @property
    def failed(self) -> list[Vow]:
        """The promises that came late or not at all: they stand in front."""
        return [vow for vow in self.vows if vow.kept in (Kept.LATE, Kept.BROKEN)]

    @property
    def fair(self) -> list[Vow]:
        """The others."""
        return [vow for vow in self.vows if vow.kept not in (Kept.LATE, Kept.BROKEN)]


def page(round: Round, on: date) -> Page:
    """The page of a round as the last act left it."""
    return remembered(
        f"page-{round.pk}-{on}", lambda: Page(outcome(round, on), hall(round), tuple(vows(round, on)), tuple(_told(round)))
    )


def remembered[T](name: str, make: Callable[[], T]) -> T:
    """What is made once for every state of the journal and every language."""
    last = Head.objects.values_list("hash", flat=True).first()
    key = f"public-{name}-{last}-{get_language()}"
    known: T | None = cache.get(key)
    if known is None:
        known = make()
        cache.set(key, known, MINUTES)
    return known


def _told(round: Round) -> list[Told]:
    """更正与撤回 of the whole round, the newest first, each with the title that is public now."""
    texts: dict[int, list[Draft]] = {}
    for one in Draft.objects.of(round).told().filter(matter__isnull=False).order_by("version"):
        texts.setdefault(one.matter_id or 0, []).append(one)
    changed = {pk: mine for pk, mine in texts.items() if any(one.why or one.withdrawn_on for one in mine)}
    names = names_of(Matter.objects.filter(pk__in=changed).only("pk", "appeal_id"))
    found = [replace(one, title=_title(mine[-1], names[pk])) for pk, mine in changed.items() for one in changes(mine, names[pk])]
    return sorted(found, key=lambda one: one.on, reverse=True)


def _title(last: Draft, names: set[str]) -> str:
    return last.words.shielded(names).title if last.withdrawn_on is None else ""
