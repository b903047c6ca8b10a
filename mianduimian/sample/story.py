"""会上会后: the meeting, the work plan and what was watched afterwards, as data keyed by appeal."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mianduimian.sample.bank import places, problems, table
from mianduimian.sample.round import SHANGHAI, submissions
from mianduimian.sample.schedule import schedule


@dataclass(frozen=True)
class Seat:
    """席位: who sits in the hall; `unit` for a unit's seat, `source_number` for a citizen who spoke in the call."""

    kind: str
    name: str
    title: str
    unit: str = ""
    source_number: str = ""


@dataclass(frozen=True)
class Exchange:
    """一问一答: what was asked of which unit, the cause, the measure, the promise and what the asker said to it."""

    number: int
    appeal: str
    seat: Seat
    question: str
    unit: str
    speaker: str
    cause: str
    measure: str
    promise: str
    due_on: date
    handling: str
    reaction: str
    suggestion: str
    adopted: bool
    why: str


@dataclass(frozen=True)
class Meeting:
    """座谈会: host, place, time, seats and exchanges in order."""

    host: str
    place: str
    starts_at: datetime
    seats: tuple[Seat, ...]
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True)
class Milestone:
    """节点."""

    text: str
    starts_on: date
    due_on: date


@dataclass(frozen=True)
class Measure:
    """工作措施: what is done for some categories, by whom, by when; the first unit leads."""

    text: str
    units: tuple[str, ...]
    leader: str
    responsible: str
    categories: tuple[str, ...]
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class Plan:
    """工作方案."""

    basis: str
    goal: str
    measures: tuple[Measure, ...]


def _key(row: dict) -> str:
    """The appeal a row of the story speaks of; a misspelt problem or place is an error here."""
    return f"{problems()[row['problem']].key}@{places()[row['place']].name}"


def _speakers(today: date) -> dict[str, str]:
    """For each appeal the first submission that a named citizen sent in without asking for secrecy."""
    first: dict[str, str] = {}
    for one in submissions(today):
        for part in one.parts:
            if one.name and part.appeal and not one.confidential:
                first.setdefault(part.appeal, one.source_number)
    return first


def _people(today: date) -> list[Seat]:
    """Citizens sit for something they sent in: the first exchange they open names it."""
    rows = table("story/meeting.toml")
    opened: dict[int, str] = {}
    for row in rows["exchange"]:
        opened.setdefault(row["seat"], _key(row))
    first = _speakers(today)
    return [
        Seat(row["kind"], row["name"], row["title"], source_number=first[opened[n]] if row["kind"] == "citizen" else "")
        for n, row in enumerate(rows["seat"])
    ]


def _exchange(number: int, row: dict, seat: Seat, met_on: date) -> Exchange:
    kept = ("question", "unit", "speaker", "cause", "measure", "promise", "handling", "reaction")
    return Exchange(
        number=number,
        appeal=_key(row),
        seat=seat,
        due_on=met_on + timedelta(row["days"]),
        suggestion=row.get("suggestion", ""),
        adopted=row.get("adopted", False),
        why=row.get("why", ""),
        **{name: row[name] for name in kept},
    )


def meeting(today: date) -> Meeting:
    rows = table("story/meeting.toml")
    met_on = schedule(today).met_on
    people = _people(today)
    exchanges = [_exchange(n, row, people[row["seat"]], met_on) for n, row in enumerate(rows["exchange"], 1)]
    speakers = dict.fromkeys((exchange.unit, exchange.speaker) for exchange in exchanges)
    answering = [Seat("unit", "", title, unit=unit) for unit, title in speakers]
    starts_at = datetime.combine(met_on, time.fromisoformat(rows["starts"]), SHANGHAI)
    seats = (Seat("host", "", rows["host"]), *people, *answering)
    return Meeting(rows["host"], rows["place"], starts_at, seats, tuple(exchanges))


def _measure(row: dict, today: date) -> Measure:
    days = schedule(today)
    nodes = []
    starts_on = days.plan_on
    for after, text in row["milestones"]:
        due_on = days.met_on + timedelta(after)
        nodes.append(Milestone(text, min(starts_on, due_on), due_on))
        starts_on = due_on
    people = {name: row[name] for name in ("text", "leader", "responsible")}
    return Measure(units=tuple(row["units"]), categories=tuple(row["categories"]), milestones=tuple(nodes), **people)


def plan(today: date) -> Plan:
    rows = table("story/plan.toml")
    return Plan(rows["basis"], rows["goal"], tuple(_measure(row, today) for row in rows["measure"]))


@dataclass(frozen=True)
class Watched:
    """督办之后的事: an instruction, inspection or press item on one appeal, told on a day, perhaps answered later."""

    kind: str
    appeal: str
    on: date
    text: str
    source: str = ""
    due_on: date | None = None
    answer: str = ""


def _instruction(row: dict, met_on: date) -> Watched:
    due_on = met_on + timedelta(row["report_after"])
    on = met_on + timedelta(row["after"])
    return Watched("instruction", _key(row), on, row["text"], "市长", due_on, row["report"])


def _inspection(row: dict, met_on: date) -> Watched:
    return Watched("inspection", _key(row), met_on + timedelta(row["after"]), row["finding"], row["place"])


def _press(row: dict, met_on: date) -> Watched:
    on = met_on + timedelta(row["after"])
    return Watched("press", _key(row), on, row["title"], row["outlet"], answer=row["later"])


WATCHED = {"instruction": _instruction, "inspection": _inspection, "press": _press}


def watched(today: date) -> list[Watched]:
    """Instructions, inspections and press follow-ups in the order in which they came."""
    rows = table("story/watch.toml")
    met_on = schedule(today).met_on
    return sorted((make(row, met_on) for kind, make in WATCHED.items() for row in rows[kind]), key=lambda one: (one.on, one.kind))


@dataclass(frozen=True)
class Warned:
    """督办单和问责: what was failing and what is demanded, for a matter chosen by its fate."""

    kind: str
    on: date
    ground: str
    demand: str


def warned(today: date) -> list[Warned]:
    rows = table("story/watch.toml")
    met_on = schedule(today).met_on
    notices = [Warned("notice", met_on + timedelta(row["after"]), row["failing"], row["demand"]) for row in rows["notice"]]
    accounts = [Warned(row["kind"], met_on + timedelta(row["after"]), row["ground"], row["decision"]) for row in rows["account"]]
    return notices + accounts


@dataclass(frozen=True)
class ProblemClass:
    """一类问题: the root of many appeals, the standing remedy and who owns it."""

    name: str
    category: str
    owner: str
    root: str
    remedy: str
    due_on: date


def classes(today: date) -> list[ProblemClass]:
    met_on = schedule(today).met_on
    kept = ("name", "category", "owner", "root", "remedy")
    rows = table("story/watch.toml")["class"]
    return [ProblemClass(due_on=met_on + timedelta(row["days"]), **{name: row[name] for name in kept}) for row in rows]
