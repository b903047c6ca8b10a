"""办理记录: what happened to a matter, read back from the journal in words: who, what, when, was → is, and the document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mianduimian.journal.models import Line
from mianduimian.ledger.models.answers import Evidence
from mianduimian.ledger.models.matters import Matter
from mianduimian.ledger.rules import SettleRule, State, Way, word_of
from mianduimian.vocabulary import _, say


@dataclass(frozen=True)
class Change:
    """改动: one thing that is now another."""

    word: str
    was: str
    now: str


@dataclass(frozen=True)
class Document:
    """文件: what a step left, and where it is handed out."""

    word: str
    to: str
    key: int


@dataclass(frozen=True)
class Told:
    """One step as the timeline shows it; `turn` begins a heading."""

    when: date
    who: str
    what: str
    why: str
    turn: str = ""
    now: bool = False
    changes: tuple[Change, ...] = ()
    document: Document | None = None
    provisional: bool = False


# Fact of the journal → its word, and how its value is said.
FACTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "state": (_("状态"), State.word_of),
    "turn": (_("轮次"), str),
    "lead": (_("牵头单位"), str),
    "reply_due_on": (_("书面反馈截止"), str),
    "new_due_on": (_("申请延至"), str),
    "solve_by": (_("完成时限"), str),
    "overseer": (_("分管领导"), str),
    "leader": (_("责任领导"), str),
    "responsible": (_("责任人"), str),
    "rule": (_("办结规则"), SettleRule.word_of),
}
NEEDS_WAS = ("state", "solve_by")  # said only where they changed, not where they were first set
NUMBERED = ("assign", "reassign", "uphold")


def history(matter: Matter) -> list[Told]:
    """The steps of the ledger on this matter, oldest first; later rooms tell their own. Needs `lines`."""
    lines = list(Line.objects.of(matter).filter(verb__startswith="ledger."))
    documents = _Documents(matter)
    return [_told(line, documents, last=line is lines[-1]) for line in lines]


class _Documents:
    """What was issued, answered, filed and said in the life of a matter, by what the journal knows of it."""

    def __init__(self, matter: Matter) -> None:
        self.papers = {given.number: given.pk for given in matter.all_assignments}
        self.replies = {reply.pk for reply in matter.all_replies}
        self.said = {said.pk: said.text for said in matter.all_progress}
        self.files = dict(Evidence.objects.filter(matter=matter).values_list("pk", "name"))

    def of(self, verb: str, now: dict[str, Any]) -> Document | None:
        """The document of a step, where it left one."""
        if verb in NUMBERED and now.get("number") in self.papers:
            return Document(now["number"], "ledger:assignment_paper", self.papers[now["number"]])
        if verb == "reply" and now.get("reply") in self.replies:
            return Document(say(_("书面反馈（Word）")), "ledger:reply_paper", now["reply"])
        if verb == "evidence" and now.get("evidence") in self.files:
            return Document(self.files[now["evidence"]], "ledger:file", now["evidence"])
        return None


def _told(line: Line, documents: _Documents, *, last: bool) -> Told:
    verb, now = line.verb.removeprefix("ledger."), line.now
    turn = now.get("turn", 1) if verb in ("assign", "reassign") else None
    what = say(_("，")).join([word_of(verb), *_facts(now)])
    return Told(
        when=line.on,
        who=line.actor_name,
        what=what,
        why=line.why or documents.said.get(now.get("progress", 0), ""),
        turn=say(_("第%(n)s轮")) % {"n": turn} if turn else "",
        now=last,
        changes=tuple(_changes(line)),
        document=documents.of(verb, now),
        provisional=bool(now.get("provisional")),
    )


def _changes(line: Line) -> list[Change]:
    """What is now another than it was, for the facts that have a word; what was first named counts too."""
    was = {"lead": line.was.get("was_lead", line.now.get("was_lead", "")), **line.was}
    told = []
    for name, (word, said) in FACTS.items():
        before, after = str(was.get(name) or ""), str(line.now.get(name) or "")
        if name in line.now and after and before != after and (before or name not in NEEDS_WAS):
            told.append(Change(say(word), said(before) if before else "", said(after)))
    return told


def _facts(now: dict[str, Any]) -> list[str]:
    """What the step says beside its changes; a late or vague reply is named so."""
    told = []
    if "milestone" in now:
        told.append(now["milestone"])
    if "spoke_on" in now:
        told.append(f"{now['spoke_on']} {Way.word_of(now['way'])}")
    if "unit" in now:
        told.append(now["unit"])
    if "name" in now:
        told.append(now["name"])
    if now.get("late"):
        told.append(say(_("逾期反馈")))
    if now.get("concrete") is False:
        told.append(say(_("未明确解决措施")))
    return told
