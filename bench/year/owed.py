"""What had to go out on which day: reminders, drafts and names in circulars, from the diary and the slow days alone."""

from datetime import date

from bench.year.slow import ONE, SILENCE, SOON, SOON_REPORT, STEPS, Life, between, standing


def _stage(day: date, due: date, soon: int) -> str:
    return "overdue" if day > due else "due_soon" if between(day, due, day - ONE) <= soon else ""


def reminders(lives: list[Life], ran: list[date]) -> list[tuple[str, str, date, date]]:
    """Which reminders of written replies must have gone out, and on which day."""
    expected = []
    for life in lives:
        told: set[tuple[str, str, date]] = set()
        for day in ran:
            held = life.held(day)
            if held is None or (held.replied and held.replied < day) or not life.open(day):
                continue
            due = held.due(day)
            stage = _stage(day, due, SOON)
            if stage and (held.number, stage, due) not in told:
                told.add((held.number, stage, due))
                expected.append((held.number, stage, due, day))
    return expected


def reports(lives: list[Life], ran: list[date]) -> list[tuple[int, str, date, date]]:
    """Which reminders of instructions must have gone out, and on which day."""
    expected = []
    for told in (told for life in lives for told in life.told):
        known: set[tuple[str, date]] = set()
        for day in (day for day in ran if day > told.on and not (told.reported and told.reported < day)):
            due = standing(told.dues, day)
            stage = _stage(day, due, SOON_REPORT)
            if stage and (stage, due) not in known:
                known.add((stage, due))
                expected.append((told.key, stage, due, day))
    return expected


def step(light: str, missed: list[date], sent: list[tuple[str, date, date]], day: date) -> str:
    """The step of notice that is owed, written out at length."""
    if light == "green" or not missed:
        return ""
    keys = [one["key"] for one in STEPS]
    begins = next((n for n, one in enumerate(STEPS) if one["light"] == light), 0)
    about = [(key, until) for key, since, until in sent if since in missed]
    if not about:
        return keys[begins]
    key, until = about[-1]
    at = keys.index(key)
    if begins > at:
        return keys[begins]
    if day > until and at + 1 < len(keys):
        return keys[at + 1]
    return ""


def drafts(lives: list[Life], ran: list[date]) -> list[tuple[int, int, str, date, date]]:
    """Which notices must have been drafted, and on which day."""
    return [(life.key, *what, day) for life in lives for what, day in _drafts(life, ran)]


def _drafts(life: Life, ran: list[date]) -> list[tuple[tuple[int, str, date], date]]:
    drafted: list[tuple[tuple[int, str, date], date]] = []
    waiting: tuple[int, str, date] | None = None
    for day in ran:
        if waiting and any(on < day and what == waiting for on, what in life.decided):
            waiting = None
        light, missed, held = life.light(day), life.missed(day), life.held(day)
        shines = life.open(day) and light != "green"
        if waiting and not (shines and held.turn == waiting[0] and waiting[2] in missed):
            waiting = None
        if waiting or not shines:
            continue
        sent = [one for one in life.sent if one.on < day and one.turn == held.turn]
        key = step(light, missed, [(one.rung, one.since, standing(one.dues, day)) for one in sent], day)
        what = (held.turn, key, missed[-1])
        if key and what not in [earlier for earlier, _day in drafted]:
            waiting = what
            drafted.append((what, day))
    return drafted


def silent(lives: list[Life], urged: dict[tuple[str, date], date], day: date) -> set[str]:
    """Which assignments a circular of a day must name."""
    named = set()
    for life in lives:
        held = life.held(day + ONE)
        if held is None or (held.replied and held.replied <= day):
            continue
        on = urged.get((held.number, held.due(day + ONE)))
        if on and between(on, day, day) > SILENCE:
            named.add(held.number)
    return named
