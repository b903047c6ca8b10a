"""办理记录: what happened to a matter, read back from the journal in words."""

from dataclasses import dataclass
from datetime import date

from mianduimian.journal.models import Line
from mianduimian.ledger.models.matters import Matter
from mianduimian.ledger.rules import word_of
from mianduimian.vocabulary import _, say


@dataclass(frozen=True)
class Told:
    """One step as the timeline shows it; `turn` begins a heading."""

    when: date
    who: str
    what: str
    why: str
    turn: str = ""
    now: bool = False


def history(matter: Matter) -> list[Told]:
    """The steps of the ledger on this matter, oldest first; later rooms tell their own."""
    lines = list(Line.objects.of(matter).filter(verb__startswith="ledger."))
    return [_told(line, last=line is lines[-1]) for line in lines]


def _told(line: Line, *, last: bool) -> Told:
    verb = line.verb.removeprefix("ledger.")
    turn = line.now.get("turn", 1) if verb in ("assign", "reassign") else None
    what = say(_("，")).join([word_of(verb), *_facts(line)])
    return Told(line.on, line.actor_name, what, line.why, say(_("第%(n)s轮")) % {"n": turn} if turn else "", last)


def _facts(line: Line) -> list[str]:
    """What changed, in words: the unit, the paper's number, the day; a late or vague reply is named so."""
    now, told = line.now, []
    if "lead" in now:
        told.append(f"{now['lead']} {now['number']}")
    if "milestone" in now:
        told.append(now["milestone"])
    if "reply_due_on" in now:
        told.append(say(_("书面反馈截止 %(day)s")) % {"day": now["reply_due_on"]})
    if now.get("provisional"):
        told.append(say(_("暂定")))
    if now.get("late"):
        told.append(say(_("逾期反馈")))
    if now.get("concrete") is False:
        told.append(say(_("未明确解决措施")))
    return told
