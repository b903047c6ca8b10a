"""What the house did in the year against what the slow calculation says it had to do."""

from collections import Counter
from datetime import date, timedelta

from bench.year import owed
from bench.year.diary import Diary
from bench.year.living import Lived
from bench.year.slow import Life, after, doubtful, number

type Found = tuple[int, list]


def check(lived: Lived) -> int:
    """Compare everything; print the figures; how many things were wrong."""
    print(f"{lived.diary.done} deeds of people; jobs on {len(lived.ran)} mornings, "
          f"killed and started again {lived.killed} times")  # fmt: skip
    results = compare(lived)
    for what, (looked, faults) in results.items():
        print(f"{what:28} {looked:7} compared, {len(faults)} wrong" + (f": {faults[:3]}" if faults else ""))
    print(_summed(results))
    return sum(len(faults) for _looked, faults in results.values())


SENT = ("reminders", "reminders of instructions", "drafted notices", "named in circulars", "messages to citizens")
CLOCKS = ("deadlines of assignments", "deadlines of notices", "deadlines of instructions", "lights")


def _summed(results: dict[str, Found]) -> str:
    """Everything that had to go out, and every clock, each in one number."""
    sent, clocks = [results[what] for what in SENT], [results[what] for what in CLOCKS]
    faults = [fault for _looked, found in sent for fault in found]
    missing, twice = (sum(fault[0] == word for fault in faults) for word in ("missing", "too many"))
    return (
        f"notices {sum(looked for looked, _found in sent)}, doubles {twice}, missing {missing}, "
        f"otherwise wrong {len(faults) - twice - missing}; "
        f"clocks compared {sum(looked for looked, _found in clocks)}, wrong {sum(len(found) for _looked, found in clocks)}"
    )


def compare(lived: Lived) -> dict[str, Found]:
    """By what it is about: how many were compared, and what was wrong."""
    lives = list(lived.diary.by_matter.values())
    return {
        "reminders": _reminders(lives, lived.ran),
        "reminders of instructions": _reports(lives, lived.ran),
        "drafted notices": _drafts(lives, lived.ran),
        "deadlines of assignments": _deadlines(lives),
        "deadlines of notices": _notices(lives),
        "deadlines of instructions": _instructions(lives),
        "lights": _lights(lives, lived.lights),
        "named in circulars": _circulars(lived.diary, lived.circulars),
        "messages to citizens": _messages(lives, lived.ran[-1]),
        "slots": _slots(lived.ran),
        "papers and journal": _papers(),
    }


def _differ(expected: list, found: list) -> Found:
    """What is twice, missing, or was not owed."""
    have, want = Counter(found), Counter(expected)
    return len(expected), [("missing", one) for one in want - have] + [("too many", one) for one in have - want]


def _reminders(lives: list[Life], ran: list[date]) -> Found:
    from mianduimian.supervision.models import Reminder

    found = Reminder.objects.filter(instruction=None).values_list("assignment__number", "stage", "due_on", "on")
    return _differ(owed.reminders(lives, ran), list(found))


def _reports(lives: list[Life], ran: list[date]) -> Found:
    from mianduimian.supervision.models import Reminder

    found = Reminder.objects.exclude(instruction=None).values_list("instruction", "stage", "due_on", "on")
    return _differ(owed.reports(lives, ran), list(found))


def _drafts(lives: list[Life], ran: list[date]) -> Found:
    from mianduimian.supervision.models import Draft

    found = Draft.objects.values_list("matter", "turn", "rung", "since", "on")
    return _differ(owed.drafts(lives, ran), list(found))


def _deadlines(lives: list[Life]) -> Found:
    from mianduimian.ledger.models import Assignment

    kept = {one.number: one for one in Assignment.objects.all()}
    faults = []
    for given in (given for life in lives for given in life.given):
        one, known = kept[given.number], given.dues[-1][0]
        counted = given.on if given.extended else known
        within = [after(given.on, number(what, "within"), counted) for what in ("accept", "contact")]
        doubt = not given.extended and doubtful(given.dues[-1][1], known)
        want = (given.dues[-1][1], doubt, *within)
        have = (one.reply_due_on, one.provisional, one.accept_due_on, one.contact_due_on)
        faults += [(given.number, have, want)] if have != want else []
    return 3 * len(kept), faults


def _notices(lives: list[Life]) -> Found:
    from mianduimian.supervision.models import Notice

    want = [(one.number, one.dues[-1][1], doubtful(*reversed(one.dues[-1]))) for life in lives for one in life.sent]
    return _differ(want, list(Notice.objects.values_list("number", "due_on", "provisional")))


def _instructions(lives: list[Life]) -> Found:
    from mianduimian.supervision.models import Instruction

    want = [(one.key, one.dues[-1][1], doubtful(*reversed(one.dues[-1]))) for life in lives for one in life.told]
    return _differ(want, list(Instruction.objects.values_list("pk", "due_on", "provisional")))


def _lights(lives: list[Life], seen: dict) -> Found:
    faults, looked = [], 0
    for day, shone in seen.items():
        for life in (life for life in lives if life.key in shone):
            if life.open(day):
                looked += 1
                faults += [(day, life.key, shone[life.key], life.light(day))] if shone[life.key] != life.light(day) else []
    return looked, faults


def _circulars(diary: Diary, circulars: list) -> Found:
    from mianduimian.ledger.models import Matter
    from mianduimian.supervision.models import Reminder

    rows = Reminder.objects.filter(stage="overdue", instruction=None).values_list("assignment__number", "due_on", "on")
    urged = {(number, due): on for number, due, on in rows}
    faults, looked = [], 0
    for round, day, named in circulars:
        mine = dict(Matter.objects.filter(appeal__round=round).values_list("pk", "number"))
        lives = [diary.by_matter[key] for key in mine if key in diary.by_matter]
        held = {life.held(day + timedelta(1)).number: mine[life.key] for life in lives if life.held(day + timedelta(1))}
        before = {key: on for key, on in urged.items() if on <= day}
        want = {held[number] for number in owed.silent(lives, before, day)}
        looked += len(want)
        faults += [(day, one) for one in want ^ named]
    return looked, faults


def _messages(lives: list[Life], last: date) -> Found:
    """What citizens are told: each step of each matter once, as soon as the job ran after it."""
    from mianduimian.publication.models import Message

    found = Message.objects.filter(line__subject_type="ledger.matter").values_list("line__subject_id", "step")
    want = [(str(life.key), step) for life in lives for on, step in life.steps if on < last]
    return _differ(want, list(found))


def _slots(ran: list[date]) -> Found:
    from mianduimian.clock.models import Run
    from mianduimian.clock.rules import Every
    from mianduimian.desks.jobs import JOBS

    daily = [job.key for job in JOBS if job.every == Every.DAY and job.key != "verify"]
    days = [ran[0] + timedelta(n) for n in range((ran[-1] - ran[0]).days + 1)]
    want = {(job, day.isoformat()): "done" if day in set(ran) else "made_up" for job in daily for day in days}
    have = {(job, slot): state for job, slot, state in Run.objects.filter(job__in=daily).values_list("job", "slot", "state")}
    return len(want), [(key, want.get(key), have.get(key)) for key in want.keys() | have.keys() if want.get(key) != have.get(key)]


def _papers() -> Found:
    from mianduimian.archive.models import Document, faults
    from mianduimian.journal import acts as journal
    from mianduimian.journal.models import Line

    broken = journal.verify()
    wrong = [(fault.number, fault.words) for fault in faults()] + ([("journal", broken.reason)] if broken else [])
    return Document.objects.count() + Line.objects.count(), wrong
