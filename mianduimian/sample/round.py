"""一期来件: the 881 submissions of the sample round, each with the truth about its parts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from random import Random
from zoneinfo import ZoneInfo

from mianduimian.sample.bank import Place, dice, lines, table
from mianduimian.sample.schedule import schedule
from mianduimian.sample.speakers import Speaker, meet, stranger, weighted
from mianduimian.sample.truth import SEED, Spot, Truth, appeals, spare_pairs, spots
from mianduimian.sample.voice import Deck, Subject, letter, titled, written

__all__ = ["Part", "Said", "Truth", "appeals", "submissions"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
REPEATS, RESENT, BOTH_DISTILLED = 16, 7, 5
GLUE = ("另外，", "还有一个事，", "\n再说一个：", "第二件，", "顺带反映：")
HOURS = dict(enumerate([1, 0, 0, 0, 0, 0, 1, 3, 8, 10, 9, 7, 5, 3, 7, 8, 7, 6, 6, 7, 9, 8, 5, 2]))
DESK_HOURS = {9: 8, 10: 8, 11: 5, 14: 6, 15: 7, 16: 6, 17: 2}
AT_A_DESK = ("letter", "visit", "phone", "deputy", "petition_bureau")
NUMBERS = {
    "hotline": "RX{day:%y%m%d}{n:05d}",
    "web": "WZ-{day:%Y}-{n:04d}",
    "letter": "信〔{day:%Y}〕{n}号",
    "visit": "访{day:%Y%m%d}-{n:02d}",
    "phone": "电{day:%m%d}-{n:03d}",
    "deputy": "代表委员转〔{day:%Y}〕{n}号",
    "wechat": "gzh{day:%Y%m%d}{n:04d}",
    "petition_bureau": "信访转〔{day:%Y}〕{n:03d}号",
}


@dataclass(frozen=True)
class Part:
    """来件的一段: its words and the bucket it belongs in."""

    text: str
    bucket: str
    reason: str = ""
    appeal: str = ""
    repeats: str = ""


@dataclass(frozen=True)
class Said:
    """一宗来件: what one citizen said once, as it arrived."""

    source_number: str
    channel: str
    said_on: datetime
    title: str
    body: str
    name: str
    phone: str
    email: str
    address: str
    region: str
    confidential: bool
    parts: tuple[Part, ...]


@dataclass
class Desk:
    """执笔: everything one writing of the round needs: its dice, its sentences and what is already said."""

    today: date
    rng: Random
    deck: Deck
    bodies: set[str]

    def fresh(self, write: Callable[[], str]) -> str:
        """A text nobody in this round has written yet."""
        body = write()
        while body in self.bodies:
            body = write()
        self.bodies.add(body)
        return body

    def subject(self, spot: Spot) -> Subject:
        return Subject(spot.problem, spot.place, spot.months, schedule(self.today).call_from)


def _moment(rng: Random, today: date, channel: str) -> datetime:
    """A minute of the call's window: more at its beginning and at its end, desks in office hours."""
    days = schedule(today)
    window = [days.call_from + timedelta(n) for n in range((days.call_to - days.call_from).days + 1)]
    day = rng.choices(window, weights=[5, 4, 3, 2, 3, 4])[0]
    hour = weighted(rng, DESK_HOURS if channel in AT_A_DESK else HOURS)
    return datetime.combine(day, time(hour, rng.randint(0, 59), rng.randint(0, 59)), SHANGHAI)


def _region(rng: Random, place: Place) -> str:
    """The town where it is known, else only the county."""
    county = place.region if place.region.startswith("4416A") else place.town[:6]
    return rng.choice([place.town, place.town, county])


def _said(desk: Desk, speaker: Speaker, title: str, region: str, parts: list[Part], glue: str = "") -> Said:
    anonymous = speaker.anonymous
    return Said(
        source_number="",
        channel=speaker.channel,
        said_on=_moment(desk.rng, desk.today, speaker.channel),
        title=title,
        body=glue.join(part.text for part in parts),
        name="" if anonymous else speaker.name,
        phone="" if anonymous else speaker.phone,
        email="" if anonymous else speaker.email,
        address="" if anonymous else speaker.address,
        region=region,
        confidential=desk.rng.random() < 0.06,
        parts=tuple(parts),
    )


def _about(desk: Desk, spot: Spot, speaker: Speaker) -> Part:
    text = desk.fresh(partial(written, desk.rng, desk.deck, desk.subject(spot), speaker))
    return Part(text, "distilled", appeal=spot.key)


def _distilled(desk: Desk, spot: Spot) -> Said:
    speaker = meet(desk.rng, spot.place)
    title = titled(desk.rng, desk.subject(spot), speaker)
    return _said(desk, speaker, title, _region(desk.rng, spot.place), [_about(desk, spot, speaker)])


def _by_hand(desk: Desk, row: dict, spot: Spot) -> Said:
    speaker = replace(meet(desk.rng, spot.place, persona=row["persona"], channel=row["channel"]), anonymous=False)
    text = desk.fresh(partial(letter, desk.rng, row["text"], spot.place, speaker))
    title = titled(desk.rng, desk.subject(spot), speaker)
    return _said(desk, speaker, title, _region(desk.rng, spot.place), [Part(text, "distilled", appeal=spot.key)])


def _two_parts(desk: Desk, spot: Spot, second: Callable[[Speaker], Part]) -> Said:
    """One person, two things: one submission, two parts."""
    speaker = meet(desk.rng, spot.place, persona="resident")
    parts = [_about(desk, spot, speaker), second(speaker)]
    return _said(desk, speaker, "反映两个问题", _region(desk.rng, spot.place), parts, desk.rng.choice(GLUE))


def _spot_for(row: dict, tickets: list[Spot]) -> Spot:
    """Of the spots with this problem the one most is said about."""
    kind = row.get("place_kind")
    fitting = [spot for spot in tickets if spot.problem.key == row["problem"] and kind in (None, spot.place.kind)]
    return max(fitting, key=lambda spot: (spot.parts, spot.key))


def _letters(desk: Desk, tickets: list[Spot]) -> list[Said]:
    said = []
    for row in table("voices/letters.toml")["letter"]:
        spot = _spot_for(row, tickets)
        tickets.remove(spot)
        said.append(_by_hand(desk, row, spot))
    return said


def _take_other(tickets: list[Spot], than: Spot) -> Spot:
    index = next(n for n, spot in enumerate(tickets) if spot.key != than.key)
    return tickets.pop(index)


def _as_known(part: Part, speaker: Speaker) -> Part:
    """A part that is the same whoever says it."""
    return part


def _doubles(desk: Desk, tickets: list[Spot]) -> list[Said]:
    """The eight submissions that say two things."""
    said = []
    for _ in range(BOTH_DISTILLED):
        first = tickets.pop()
        other = _take_other(tickets, first)
        said.append(_two_parts(desk, first, partial(_about, desk, other)))
    rows = table("voices/elsewhere.toml")["second"]
    arbitration, noise = lines(rows["court_or_focus"])
    for text, bucket, reason in (
        (arbitration, "elsewhere", "arbitration"),
        (noise, "elsewhere", "other_focus"),
        (rows["no_fact"], "invalid", "no_fact"),
    ):
        said.append(_two_parts(desk, tickets.pop(), partial(_as_known, Part(text, bucket, reason))))
    return said


def _repeats(desk: Desk) -> list[Said]:
    """Things an earlier round has already taken up, told again."""
    rows = table("voices/elsewhere.toml")["again"]
    said = []
    for problem, place in spare_pairs()[:REPEATS]:
        speaker = meet(desk.rng, place, persona="resident")
        subject = desk.subject(Spot(problem, place, 1, 24))
        before, after = desk.rng.choice(lines(rows["before"])), desk.rng.choice(lines(rows["after"]))
        told = desk.fresh(partial(written, desk.rng, desk.deck, subject, speaker))
        part = Part(f"{before}{told.rstrip('。')}。{after}", "repeat", repeats=f"{problem.key}@{place.name}")
        said.append(_said(desk, speaker, titled(desk.rng, subject, speaker), _region(desk.rng, place), [part]))
    return said


def _set_aside(desk: Desk, bucket: str) -> list[Said]:
    """What is invalid, belongs elsewhere or was withdrawn, each written out by hand."""
    said = []
    for row in table("voices/elsewhere.toml")[bucket]:
        speaker = stranger(desk.rng, row.get("channel", ""))
        if row.get("reason") == "anonymous_unverifiable":
            speaker = replace(speaker, anonymous=True)
        text = desk.fresh(partial(str, row["text"]))
        said.append(_said(desk, speaker, "", "441602", [Part(text, bucket, row.get("reason", ""))]))
    return said


def _resent(desk: Desk, said: list[Said]) -> list[Said]:
    """The same words from the same person once more: three to the letter, the others announced."""
    openings = ["", "", "", *lines(table("voices/elsewhere.toml")["again"]["resend"])]
    last = datetime.combine(schedule(desk.today).call_to, time(22), SHANGHAI)
    whole = [one for one in said if one.name and len(one.parts) == 1 and one.said_on < last - timedelta(1)]
    chosen = desk.rng.sample(whole, RESENT)
    again = []
    for one, opening in zip(chosen, openings, strict=True):
        body = opening + one.body
        later = one.said_on + timedelta(minutes=desk.rng.randint(2, 900))
        part = Part(body, "invalid", "duplicate_send")
        again.append(replace(one, body=body, said_on=later, parts=(part,)))
    return again


def _numbered(said: list[Said]) -> list[Said]:
    """In the order of arrival, with the number each channel gives."""
    counts: Counter[str] = Counter()
    result = []
    for one in sorted(said, key=lambda one: (one.said_on, one.body)):
        counts[one.channel] += 1
        number = NUMBERS[one.channel].format(day=one.said_on, n=counts[one.channel])
        result.append(replace(one, source_number=number))
    return result


@lru_cache(maxsize=8)
def _round(today: date, seed: str) -> tuple[Said, ...]:
    rng = dice(seed, "round")
    desk = Desk(today, rng, Deck(rng), set())
    tickets = [spot for spot in spots() for _ in range(spot.parts)]
    rng.shuffle(tickets)
    said = _letters(desk, tickets) + _doubles(desk, tickets)
    said += [_distilled(desk, spot) for spot in tickets]
    again = _resent(desk, said)
    said += again + _repeats(desk)
    for bucket in ("invalid", "elsewhere", "withdrawn"):
        said += _set_aside(desk, bucket)
    return tuple(_numbered(said))


def submissions(today: date, seed: str = SEED) -> list[Said]:
    """The whole call, oldest first."""
    return list(_round(today, seed))
