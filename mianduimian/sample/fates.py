"""事项的下落: for every appeal what became of it by today, so that the ledger shows every state and every light."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from mianduimian.sample.bank import dice, lines, places, table
from mianduimian.sample.round import SHANGHAI, Said, submissions
from mianduimian.sample.schedule import schedule
from mianduimian.sample.speakers import invented_name, weighted
from mianduimian.sample.story import meeting
from mianduimian.sample.truth import SEED, Truth, appeals
from mianduimian.workdays import calendar

REPLY_WITHIN, OBJECTION_WITHIN = 15, 5
ENDS = {
    "closed": 30,
    "closing": 4,
    "settled": 14,
    "replied": 12,
    "vague": 7,
    "sent_back": 9,
    "staged": 9,
    "extended": 4,
    "objected": 2,
    "upheld": 2,
    "overdue": 5,
    "unaccepted": 3,
    "waiting": 7,
}
DUE_IN = (0, 0, 1, 1, 2, 3, 5)
ANSWERED = {"closed", "closing", "settled", "replied", "vague", "sent_back", "staged"}
VISITED = {"closed", "closing", "settled", "sent_back", "vague"}


@dataclass(frozen=True)
class Reply:
    """书面反馈: what the unit wrote, the internal account apart from the public wording."""

    on: date
    account: str
    public: str
    measure: str
    solve_by: date | None
    solved: bool
    signed_by: str
    contacted_on: date | None


@dataclass(frozen=True)
class Visit:
    """回访: the attempts made to ask one citizen, and the answer where there was one."""

    source_number: str
    attempts: tuple[tuple[datetime, str], ...]
    scale: str = ""
    solved: str = ""
    contacted: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class Fate:
    """一件事项的下落: the steps that were taken, each with its day; what did not happen is None or empty."""

    appeal: str
    end: str
    assigned_on: date
    accepted_on: date | None
    objection: str = ""
    objected_on: date | None = None
    extension: str = ""
    extended_to: date | None = None
    progress: str = ""
    reply: Reply | None = None
    staging: str = ""
    settled_on: date | None = None
    verified_on: date | None = None
    visits: tuple[Visit, ...] = ()
    back_on: date | None = None
    second: Reply | None = None
    closed_on: date | None = None


def _due(assigned_on: date) -> date:
    return calendar().add(assigned_on, REPLY_WITHIN).on


def _workday(on: date, n: int) -> date:
    return calendar().add(on, n).on


def _back(on: date, n: int) -> date:
    """So many working days before a day."""
    while n:
        on -= timedelta(1)
        n -= calendar().is_workday(on)
    return on


def _handed_over(rng: Random, end: str, today: date) -> date:
    """Most were handed over the day after the meeting; some of those still open in a later lot, so that today matters to them."""
    first = schedule(today).assigned_on
    if end == "waiting":
        next_due = today if calendar().is_workday(today) else _workday(today, 1)
        return max(first, _back(next_due, REPLY_WITHIN - rng.choice(DUE_IN)))
    if end == "unaccepted":
        return max(first, _back(today, rng.randint(1, 3)))
    return max(first, _back(today, 6)) if end == "objected" else first


def _good(rng: Random, truth: Truth, on: date, *, solved: bool, today: date) -> Reply:
    """A reply with a cause, a measure and a date."""
    cause, measure = table("story/replies.toml")["good"][truth.problem]
    solve_by = on if solved else today + timedelta(rng.randint(3, 40))
    account = f"经现场核查，{places()[truth.place].full}所反映情况属实。原因：{cause}。措施：{measure}。"
    tail = "目前已完成，欢迎监督。" if solved else f"其余工作于{solve_by.year}年{solve_by.month}月{solve_by.day}日前完成。"
    public = f"您反映的问题属实。{cause}。{measure}。{tail}"
    return Reply(on, account, public, measure, solve_by, solved, invented_name(rng), on - timedelta(rng.randint(0, 3)))


def _vague(rng: Random, on: date) -> Reply:
    """A reply that says nothing: no measure, no date, nobody asked."""
    text = rng.choice(lines(table("story/replies.toml")["words"]["vague"]))
    return Reply(on, text, text, "", None, False, invented_name(rng), None)


def _reply(rng: Random, truth: Truth, end: str, accepted_on: date, today: date) -> Reply:
    latest = min(_due(schedule(today).assigned_on), today)
    span = max((latest - accepted_on).days - (9 if end in VISITED else 0), 1)
    on = accepted_on + timedelta(rng.randint(1, span))
    while not calendar().is_workday(on) and on > accepted_on:
        on -= timedelta(1)
    if end == "vague" or (end == "sent_back" and rng.random() < 0.5):
        return _vague(rng, on)
    return _good(rng, truth, on, solved=end in ("closed", "closing", "settled"), today=today)


def _attempts(rng: Random, results: list[str], on: date, today: date) -> tuple[tuple[datetime, str], ...]:
    made = []
    for n, result in enumerate(results):
        day = min(_workday(on, n), today)
        made.append((datetime.combine(day, time(9 + 3 * n, rng.randint(0, 59)), SHANGHAI), result))
    return tuple(made)


def _answer(rng: Random, end: str) -> dict:
    """Citizens of a closed matter are content, of one sent back at least one is not."""
    fitting = [row for row in table("story/visits.toml")["answer"] if (row["scale"] >= "3") == (end != "sent_back")]
    return rng.choices(fitting, weights=[row["weight"] for row in fitting])[0]


def _reason(rng: Random, row: dict, problem: str) -> str:
    """What was said beside the mark: about the thing itself, about the handling, or nothing."""
    own = table("story/visits.toml")["unhappy"].get(problem)
    if own and row["scale"] < "3" and rng.random() < 0.5:
        return own
    return rng.choice(row["reason"].split("\n")[:-1])


def _visit(rng: Random, one: Said, truth: Truth, end: str, days: tuple[date, date]) -> Visit:
    on, today = days
    rows = table("story/visits.toml")
    kind = weighted(rng, {"reached": 100 - rows["unreached"]["weight"], "unreached": rows["unreached"]["weight"]})
    if kind == "unreached":
        return Visit(one.source_number, _attempts(rng, rng.choice(rows["unreached"]["results"]), on, today))
    first = rng.choice(rows["before"]["results"]) if rng.randint(1, 100) <= rows["before"]["weight"] else []
    row = _answer(rng, end)
    reason = _reason(rng, row, truth.problem)
    attempts = _attempts(rng, [*first, "answered"], on, today)
    return Visit(one.source_number, attempts, row["scale"], row["solved"], row["scale"] > "1", reason)


def _unanswered(rng: Random, truth: Truth, end: str, today: date) -> Fate:
    """Still with the unit: not signed for, objected, extended or silent past its day."""
    assigned_on = _handed_over(rng, end, today)
    words = table("story/replies.toml")["words"]
    accepted_on = None if end == "unaccepted" else _workday(assigned_on, rng.randint(1, 3))
    steps: dict = {}
    if end in ("objected", "upheld"):
        steps = {"objection": rng.choice(lines(words["objection"])), "objected_on": _workday(assigned_on, 4)}
    if end == "extended" or (end == "waiting" and rng.random() < 0.4):
        steps = {"extension": rng.choice(lines(words["extension"]))}
        steps["extended_to"] = _workday(_due(assigned_on), rng.randint(5, 12))
    if end in ("extended", "overdue", "waiting"):
        steps["progress"] = rng.choice(lines(words["progress"]))
    return Fate(truth.key, end, assigned_on, accepted_on, **steps)


def _answered(rng: Random, truth: Truth, end: str, said: list[Said], today: date) -> Fate:
    """Replied, and what followed."""
    days = schedule(today)
    accepted_on = _workday(days.assigned_on, rng.randint(1, 2))
    reply = _reply(rng, truth, end, accepted_on, today)
    steps: dict = {"reply": reply, "progress": rng.choice(lines(table("story/replies.toml")["words"]["progress"]))}
    after = [min(_workday(reply.on, n), today) for n in range(7)]
    visits = [_visit(rng, one, truth, end, (after[3], today)) for one in said if one.phone]
    if end == "staged":
        steps |= {"staging": rng.choice(lines(table("story/replies.toml")["words"]["staging"]))}
    if end in ("closed", "closing", "settled"):
        steps |= {"settled_on": after[1]}
    if end in ("closed", "closing"):
        steps |= {"verified_on": after[2], "visits": tuple(visits)}
    if end == "closed":
        steps |= {"closed_on": after[6]}
    if end == "sent_back":
        if not any(visit.scale for visit in visits):
            steps["reply"] = _vague(rng, reply.on)
        back_on = max([after[4], *(attempts[-1][0].date() for attempts in (visit.attempts for visit in visits))])
        steps |= {"visits": tuple(visits), "back_on": back_on, "second": _second(rng, truth, _workday(back_on, 3), today)}
    return Fate(truth.key, end, days.assigned_on, accepted_on, **steps)


def _second(rng: Random, truth: Truth, on: date, today: date) -> Reply | None:
    """In its second turn the unit answers properly, if it has answered yet."""
    if on >= today or rng.random() < 0.5:
        return None
    return _good(rng, truth, on, solved=False, today=today)


def _end_of(rng: Random, truth: Truth, promised: dict[str, date], today: date) -> str:
    """What was promised in the hall for a day that has come is done, but for one in seven; the rest as it falls."""
    due_on = promised.get(truth.key)
    if due_on is None:
        return weighted(rng, ENDS)
    kept = "closed" if due_on < today - timedelta(8) else "settled" if due_on < today - timedelta(3) else "staged"
    return "sent_back" if rng.random() < 1 / 7 else kept


def fates(today: date, seed: str = SEED) -> list[Fate]:
    """One for each of the appeals, in their order."""
    rng = dice(seed, "fates")
    said: dict[str, list[Said]] = {}
    for one in submissions(today, seed):
        for key in {part.appeal for part in one.parts if part.appeal}:
            said.setdefault(key, []).append(one)
    promised = {exchange.appeal: exchange.due_on for exchange in meeting(today).exchanges}
    result = []
    for truth in appeals(today, seed):
        end = _end_of(rng, truth, promised, today)
        tell = _answered(rng, truth, end, said[truth.key], today) if end in ANSWERED else _unanswered(rng, truth, end, today)
        result.append(tell)
    return result
