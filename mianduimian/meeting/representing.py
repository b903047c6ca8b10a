"""选代表: which appeals come before the meeting and who is invited: for as many citizens as can be, fair, by lot where equal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from random import Random

from mianduimian.meeting.rules import Invitation, Voice
from mianduimian.vocabulary import _, say

FINE = 10**9  # the lot is drawn as one of so many parts


@dataclass(frozen=True)
class Candidate:
    """An appeal that could come before the meeting: its county, its kind, and the citizens who spoke for it."""

    appeal: int
    title: str
    region: str
    kind: str
    citizens: frozenset[str]


@dataclass(frozen=True)
class Share:
    """What a county is due: how many of its citizens spoke, the exact share of the places, the places it has after the lot."""

    region: str
    citizens: int
    exact: Fraction
    places: int

    @property
    def due(self) -> float:
        """The exact share, for reading."""
        return round(float(self.exact), 2)


@dataclass(frozen=True)
class Chosen:
    """An appeal that is proposed: how many citizens it speaks for that no other proposed one did, and why in one sentence."""

    candidate: Candidate
    fresh: int
    reason: str


@dataclass(frozen=True)
class Choice:
    """A proposal for the agenda, drawn with a seed that anybody can draw it with again."""

    seed: str
    chosen: tuple[Chosen, ...]
    shares: tuple[Share, ...]
    covered: int
    citizens: int


def apportion(weights: Mapping[str, int], places: int, dice: Random) -> dict[str, Share]:
    """Places by exact share, rounded by one lot for all: each gets its share rounded down or up, on average exactly its share."""
    total = sum(weights.values())
    order = sorted(name for name in weights if weights[name])
    dice.shuffle(order)
    start, before, shares = Fraction(dice.randrange(FINE), FINE), 0, {}
    for name in order:
        exact = Fraction(places * weights[name], total)
        low, before = Fraction(places * before, total), before + weights[name]
        seats = floor(start + low + exact) - floor(start + low)
        shares[name] = Share(name, weights[name], exact, seats)
    return shares


def choose(candidates: Iterable[Candidate], places: int, seed: str, covered: frozenset[str] = frozenset()) -> Choice:
    """选议题: each county its places, within them what speaks for most citizens not yet spoken for, kinds mixed."""
    left = sorted(candidates, key=lambda one: one.appeal)
    dice = Random(seed)  # noqa: S311 a lot that everybody can draw again, no secret
    weights = {name: len(set().union(*(one.citizens for one in group))) for name, group in _by_region(left).items()}
    shares = apportion(weights, places, dice)
    dice.shuffle(left)
    most = _caps(left, places)
    everybody = set().union(*(one.citizens for one in left)) | covered
    heard, taken = set(covered), Counter[str]()
    kinds, chosen = Counter[str](), list[Chosen]()
    while left and len(chosen) < places:
        open_to = [one for one in left if taken[one.region] < _places(shares, one.region)] or left
        mixed = [one for one in open_to if kinds[one.kind] < most[one.kind]] or open_to
        best = max(mixed, key=lambda one: len(one.citizens - heard))
        chosen.append(Chosen(best, len(best.citizens - heard), _why(best, heard, shares.get(best.region), taken[best.region])))
        heard |= best.citizens
        taken[best.region] += 1
        kinds[best.kind] += 1
        left.remove(best)
    in_order = sorted(shares.values(), key=lambda share: (-share.citizens, share.region))
    return Choice(seed, tuple(chosen), tuple(in_order), len(heard), len(everybody))


def draw(agenda: Sequence[int], voices: Iterable[Voice], seats: int, seed: str) -> list[Invitation]:
    """抽签: one for each appeal in turn, by lot among its own; further seats where most spoke for each seat taken."""
    dice = Random(f"{seed}/citizens")  # noqa: S311 a lot that everybody can draw again, no secret
    by_appeal: dict[int, list[Voice]] = {appeal: [] for appeal in agenda}
    for voice in sorted(voices, key=lambda one: (one.appeal, one.submission)):
        by_appeal.get(voice.appeal, []).append(voice)
    for among in by_appeal.values():
        dice.shuffle(among)
    invited: list[Invitation] = []
    seated, got = set[str](), Counter[int]()
    while len(invited) < seats:
        free = {appeal: [one for one in among if one.citizen not in seated] for appeal, among in by_appeal.items()}
        waiting = [appeal for appeal in agenda if free[appeal]]
        if not waiting:
            break
        first = [appeal for appeal in waiting if not got[appeal]]
        appeal = first[0] if first else max(waiting, key=lambda one: free[one][0].voices / (1 + got[one]))
        voice = free[appeal][0]
        invited.append(Invitation(voice, _lot(len({one.citizen for one in free[appeal]}), got[appeal])))
        seated.add(voice.citizen)
        got[appeal] += 1
    return invited


def _by_region(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.region, []).append(one)
    return groups


def _places(shares: Mapping[str, Share], region: str) -> int:
    return shares[region].places if region in shares else 0


def _caps(candidates: Sequence[Candidate], places: int) -> dict[str, int]:
    """How many places a kind may have at most: its share of the citizens, rounded up."""
    spoke: dict[str, set[str]] = {}
    for one in candidates:
        spoke.setdefault(one.kind, set()).update(one.citizens)
    total = sum(len(citizens) for citizens in spoke.values()) or 1
    return {kind: ceil(Fraction(places * len(citizens), total)) for kind, citizens in spoke.items()}


def _why(one: Candidate, heard: set[str], share: Share | None, before: int) -> str:
    words = {"citizens": len(one.citizens), "fresh": len(one.citizens - heard), "region": one.region or say(_("区划不明"))}
    told = say(_("代表 %(citizens)s 名群众，其中 %(fresh)s 名还没有别的议题代表")) % words
    if share is None or before >= share.places:
        return say(_("；")).join([told, say(_("其他区划没有可选的了，由此补足"))])
    due = {**words, "due": f"{share.due:.2f}", "places": share.places, "nth": before + 1}
    lot = say(_("%(region)s按人数应得 %(due)s 件，抽签取整为 %(places)s 件，这是第 %(nth)s 件")) % due
    return say(_("；")).join([told, lot])


def _lot(among: int, before: int) -> str:
    if before:
        return say(_("在这件诉求其余 %(n)s 名可邀请的群众中抽签产生；已有 %(before)s 席")) % {"n": among, "before": before}
    return say(_("在这件诉求 %(n)s 名可邀请的群众中抽签产生")) % {"n": among}
