"""新情况: what became public on which day, of all rounds, of one, of a region or of a theme; for feeds and letters alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from django.db.models import Q

from mianduimian.ledger.models import Closing, Matter
from mianduimian.people.models import Region
from mianduimian.publication.models.drafts import Draft, DraftQuerySet, names_of
from mianduimian.publication.models.releases import Release
from mianduimian.publication.wording import Change, Words
from mianduimian.vocabulary import _, say

MOST = 60


@dataclass(frozen=True)
class Scope:
    """Whose news: of one round, of a region and all below it, of a theme, since a day, before another; empty means all."""

    round: str = ""
    region: str = ""
    theme: str = ""
    after: date | None = None
    before: date | None = None

    def of_round(self, name: str) -> Q:
        """The rounds, seen from a row that points to one under this name."""
        found = Q(**{f"{name}__in": Release.objects.filter(withdrawn_on=None).values("round")})
        found &= Q(**{f"{name}__code": self.round}) if self.round else Q()
        return found & (Q(**{f"{name}__theme": self.theme}) if self.theme else Q())

    def in_region(self, matter: str, round: str) -> Q:
        """What happened there, or in a round held there; a round of the whole city is everybody's only by its matters."""
        if not self.region:
            return Q()
        below = Region.objects.filter(Q(pk=self.region) | Q(parent=self.region) | Q(parent__parent=self.region)).values("pk")
        return Q(**{f"{matter}__appeal__region__in": below}) | Q(**{f"{round}__region": self.region})

    def on(self, name: str) -> Q:
        """The days."""
        after = Q(**{f"{name}__gt": self.after}) if self.after else Q()
        return after & (Q(**{f"{name}__lt": self.before}) if self.before else Q())


@dataclass(frozen=True)
class News:
    """One thing that became public: the day, what it is, of which round and matter, and its words."""

    on: date
    key: str
    what: str
    round: str
    focus: str
    matter: int | None
    title: str
    text: str = field(default="")


def news(scope: Scope, most: int = MOST) -> list[News]:
    """The newest first."""
    found = [*_opened(scope, most), *_texts(scope, most), *_withdrawn(scope, most), *_closed(scope, most)]
    return sorted(found, key=attrgetter("on", "key"), reverse=True)[:most]


def _opened(scope: Scope, most: int) -> Iterator[News]:
    rounds = Release.objects.filter(scope.of_round("round"), scope.on("on"), withdrawn_on=None).select_related("round")
    rounds = rounds.filter(round__region=scope.region) if scope.region else rounds
    for one in rounds.order_by("-pk")[:most]:
        what = say(_("一期公开"))
        yield News(one.on, f"release-{one.pk}", what, one.round.code, one.round.focus, None, one.round.focus)


# what of a text is told
SEEN = (
    "on", "title", "wording", "answer", "change", "why", "released_on", "withdrawn_on", "withdrawn_why",
    "round__code", "round__focus", "matter__number", "matter__appeal",
)  # fmt: skip


def _drafts(drafts: DraftQuerySet, scope: Scope, name: str, most: int) -> list[Draft]:
    """The newest of these by one of their days; those without that day are left out before they are counted."""
    mine = drafts.filter(scope.of_round("round"), scope.on(name), scope.in_region("matter", "round"), matter__isnull=False)
    wanted = mine.filter(**{f"{name}__isnull": False}).select_related("round", "matter").only(*SEEN)
    return list(wanted.order_by(f"-{name}", "-pk")[:most])


def _texts(scope: Scope, most: int) -> Iterator[News]:
    drafts = _drafts(Draft.objects.shown(), scope, "released_on", most)
    names = names_of(one.matter for one in drafts if one.matter)
    for one in drafts:
        words = Words(one.title, one.wording, answer=one.answer).shielded(names[one.matter_id or 0])
        what = say(_("更正")) if one.change == Change.CORRECTION else say(_("公开答复")) if words.answer else say(_("公开事项"))
        why = Words(one.why).shielded(names[one.matter_id or 0]).title
        text = "\n".join(filter(None, (why, words.wording, words.answer)))
        yield _item(one, one.released_on, f"draft-{one.pk}", what, words.title, text)


def _withdrawn(scope: Scope, most: int) -> Iterator[News]:
    drafts = _drafts(Draft.objects.told(), scope, "withdrawn_on", most)
    names = names_of(one.matter for one in drafts if one.matter)
    for one in drafts:
        why = Words(one.withdrawn_why).shielded(names[one.matter_id or 0]).title
        number = one.matter.number if one.matter else ""
        yield _item(one, one.withdrawn_on, f"withdrawal-{one.pk}", say(_("撤回")), number, why)


def _item(one: Draft, on: date | None, key: str, what: str, title: str, text: str) -> News:
    return News(on or one.on, key, what, one.round.code, one.round.focus, one.matter_id, title, text)


def _closed(scope: Scope, most: int) -> Iterator[News]:
    mine = Closing.objects.filter(scope.of_round("matter__appeal__round"), scope.on("closed_on"), closed_on__isnull=False)
    mine = mine.filter(scope.in_region("matter", "matter__appeal__round")).select_related("matter__appeal__round")
    seen = ("on", "closed_on", "matter__number", "matter__appeal__round__code", "matter__appeal__round__focus")
    rows = list(mine.only(*seen).order_by("-closed_on", "-pk")[:most])
    titles = _titles([row.matter for row in rows])
    for row in rows:
        round, what = row.matter.appeal.round, say(_("销号"))
        title = titles.get(row.matter_id) or row.matter.number
        yield News(row.closed_on or row.on, f"closing-{row.pk}", what, round.code, round.focus, row.matter_id, title)


def _titles(matters: Iterable[Matter]) -> dict[int, str]:
    """Matter → its public title; none where its words are not public."""
    matters = list(matters)
    names = names_of(matters)
    shown = Draft.objects.shown().filter(matter__in=[matter.pk for matter in matters]).only("matter", "title")
    return {one.matter_id or 0: Words(one.title).shielded(names[one.matter_id or 0]).title for one in shown}
