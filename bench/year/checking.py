"""What the house did in the year against what the slow calculation says it had to do."""

from collections import Counter
from datetime import date, timedelta

from bench.year import slow
from bench.year.diary import Diary


def check(diary: Diary, ran: list[date], killed: int, seen: dict, circulars: list) -> int:
    """Compare everything; print the figures; how many things were wrong."""
    lives = list(diary.by_matter.values())
    print(f"{diary.done} deeds of people; jobs on {len(ran)} mornings, killed and started again {killed} times")
    wrong = {
        "reminders": _reminders(lives, ran),
        "reminders of instructions": _reports(lives, ran),
        "drafted notices": _drafts(lives, ran),
        "deadlines": _deadlines(lives),
        "lights": _lights(lives, seen),
        "named in circulars": _circulars(diary, circulars),
        "slots": _slots(ran),
        "papers and journal": _papers(),
    }
    for what, (looked, faults) in wrong.items():
        print(f"{what:28} {looked:7} compared, {len(faults)} wrong" + (f": {faults[:3]}" if faults else ""))
    return sum(len(faults) for _looked, faults in wrong.values())


def _differ(expected: list, found: list) -> tuple[int, list]:
    """What is twice, missing, or was not owed."""
    have, want = Counter(found), Counter(expected)
    return len(expected), [("missing", one) for one in want - have] + [("too many", one) for one in have - want]


def _reminders(lives, ran):
    from mianduimian.supervision.models import Reminder

    found = Reminder.objects.filter(instruction=None).values_list("assignment__number", "stage", "due_on", "on")
    return _differ(slow.reminders(lives, ran), list(found))


def _reports(lives, ran):
    from mianduimian.supervision.models import Reminder

    found = Reminder.objects.exclude(instruction=None).values_list("instruction", "stage", "on")
    return _differ(slow.reports(lives, ran), list(found))


def _drafts(lives, ran):
    from mianduimian.supervision.models import Draft

    found = Draft.objects.values_list("matter", "turn", "rung", "since", "on")
    return _differ(slow.drafts(lives, ran), list(found))


def _deadlines(lives):
    from mianduimian.ledger.models import Assignment

    kept = {one.number: one for one in Assignment.objects.all()}
    faults = []
    for given in (given for life in lives for given in life.given):
        one = kept[given.number]
        days = (
            given.dues[-1][1],
            slow.after(given.on, slow.number("accept", "within")),
            slow.after(given.on, slow.number("contact", "within")),
        )
        if (one.reply_due_on, one.accept_due_on, one.contact_due_on) != days:
            faults.append((given.number, one.reply_due_on, days))
    return 3 * len(kept), faults


def _lights(lives, seen):
    faults, looked = [], 0
    for day, shone in seen.items():
        for life in (life for life in lives if life.key in shone):
            looked += 1
            if life.open(day) and shone[life.key] != life.light(day):
                faults.append((day, life.key, shone[life.key], life.light(day)))
    return looked, faults


def _circulars(diary, circulars):
    from mianduimian.ledger.models import Matter
    from mianduimian.supervision.models import Reminder

    urged = {}
    for number, due, on in Reminder.objects.filter(stage="overdue", instruction=None).values_list(
        "assignment__number", "due_on", "on"
    ):
        urged[number, due] = on
    faults, looked = [], 0
    for round, day, named in circulars:
        mine = dict(Matter.objects.filter(appeal__round=round).values_list("pk", "number"))
        lives = [diary.by_matter[key] for key in mine if key in diary.by_matter]
        held = {life.held(day + timedelta(1)).number: mine[life.key] for life in lives if life.held(day + timedelta(1))}
        before = {key: on for key, on in urged.items() if on <= day}
        want = {held[number] for number in slow.silent(lives, before, day)}
        looked += len(want)
        faults += [(day, one) for one in want ^ named]
    return looked, faults


def _slots(ran):
    from mianduimian.clock.models import Run
    from mianduimian.clock.rules import Every
    from mianduimian.desks.jobs import JOBS

    daily = [job.key for job in JOBS if job.every == Every.DAY and job.key != "verify"]
    days = [ran[0] + timedelta(n) for n in range((ran[-1] - ran[0]).days + 1)]
    want = {(job, day.isoformat()): "done" if day in set(ran) else "made_up" for job in daily for day in days}
    have = {(job, slot): state for job, slot, state in Run.objects.filter(job__in=daily).values_list("job", "slot", "state")}
    return len(want), [(key, want.get(key), have.get(key)) for key in want.keys() | have.keys() if want.get(key) != have.get(key)]


def _papers():
    from mianduimian.archive.models import Document, faults
    from mianduimian.journal import acts as journal
    from mianduimian.journal.models import Line

    broken = journal.verify()
    wrong = [(fault.number, fault.words) for fault in faults()] + ([("journal", broken.reason)] if broken else [])
    return Document.objects.count() + Line.objects.count(), wrong
