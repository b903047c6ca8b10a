"""回头看: how it stands on each matter, and what waits for those who look back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from mianduimian.intake.models import Submission
from mianduimian.ledger.models import Matter, Reply
from mianduimian.lookback.models.backs import Exemption, Reading, Recurrence
from mianduimian.lookback.models.campaigns import Task
from mianduimian.lookback.models.verifying import AGREED, ANSWERED, Verification, matters_for
from mianduimian.lookback.models.visits import Visit
from mianduimian.lookback.rules import Look, Queue, share, worst
from mianduimian.people.models import Person
from mianduimian.triage.models import Part


def sources(matters: Iterable[Matter]) -> dict[int, dict[str, Submission]]:
    """Matter → who spoke for it, each citizen once, by the first submission; who left no name counts once a submission."""
    of_appeal = {matter.appeal_id: matter.pk for matter in matters}
    found: dict[int, dict[str, Submission]] = {pk: {} for pk in of_appeal.values()}
    parts = Part.objects.filter(appeal__in=of_appeal).select_related("submission__citizen").order_by("submission", "number")
    for part in parts:
        if part.appeal_id:
            found[of_appeal[part.appeal_id]].setdefault(speaker(part.submission), part.submission)
    return found


def heard(matters: Iterable[Matter]) -> dict[int, int]:
    """Matter → how many are its `sources`, counted without reading what they said or who they are."""
    of_appeal = {matter.appeal_id: matter.pk for matter in matters}
    found: dict[int, set[str]] = {pk: set() for pk in of_appeal.values()}
    parts = Part.objects.filter(appeal__in=of_appeal).order_by().distinct()
    for appeal, submission, citizen in parts.values_list("appeal", "submission", "submission__citizen"):
        found[of_appeal[appeal]].add(_speaker(submission, citizen))
    return {pk: len(speakers) for pk, speakers in found.items()}


def speaker(submission: Submission) -> str:
    """By what a voice is counted once: the citizen, or the submission itself where nobody is known."""
    return _speaker(submission.pk, submission.citizen_id)


def _speaker(submission: int, citizen: int | None) -> str:
    return f"citizen {citizen}" if citizen else f"submission {submission}"


@dataclass
class _Rows:
    """The rows of the present turn from which a look is made, matter by matter."""

    voices: dict[int, int]
    findings: dict[int, list[str]]
    replies: dict[int, Reply]
    readings: dict[int, Reading]
    visits: dict[int, list[Visit]]
    rechecks: list[int]
    waivers: dict[int, str]

    @classmethod
    def of(cls, matters: list[Matter]) -> "_Rows":
        """Read them in a fixed number of queries."""
        keys, here = [matter.pk for matter in matters], {"turn": F("matter__turn")}
        findings: dict[int, list[str]] = {pk: [] for pk in keys}
        for pk, finding in Verification.objects.filter(matter__in=keys, **here).values_list("matter", "finding"):
            findings[pk].append(finding)
        visits: dict[int, list[Visit]] = {pk: [] for pk in keys}
        for visit in Visit.objects.filter(matter__in=keys).of_this_turn().with_rows():
            visits[visit.matter_id].append(visit)
        replies = Reply.objects.filter(matter__in=keys).select_related("assignment").order_by("pk")
        return cls(
            voices=heard(matters),
            findings=findings,
            replies={reply.matter_id: reply for reply in replies},
            readings={read.reply_id: read for read in Reading.objects.filter(matter__in=keys, **here)},
            visits=visits,
            rechecks=list(Task.objects.filter(matter__in=keys, again=True).open().values_list("matter", flat=True)),
            waivers=dict(Exemption.objects.filter(matter__in=keys, **here).values_list("matter", "waiver")),
        )

    def look(self, matter: Matter) -> Look:
        """How the look-back on one of them stands."""
        mine, reply, rules = self.visits[matter.pk], self.replies.get(matter.pk), matter.appeal.round.rules
        current = reply if reply and reply.assignment.turn == matter.turn else None
        read = self.readings.get(current.pk) if current else None
        return Look(
            finding=worst(self.findings[matter.pk]),
            concrete=bool(current and current.concrete and not (read and read.holds)),
            sources=self.voices[matter.pk],
            share=share([(visit.outcome, visit.scale) for visit in mine], rules),
            scales=tuple(visit.scale for visit in mine if visit.scale),
            rulebook=rules,
            rechecks=self.rechecks.count(matter.pk),
            waiver=self.waivers.get(matter.pk, ""),
            vague=read.machine if read and read.doubted else "",
        )


def looks(matters: Iterable[Matter]) -> dict[int, Look]:
    """How the look-back on each of these matters stands, in a fixed number of queries."""
    matters = list(matters)
    rows = _Rows.of(matters)
    return {matter.pk: rows.look(matter) for matter in matters}


def look(matter: Matter) -> Look:
    """How the look-back on one matter stands."""
    return looks([matter])[matter.pk]


@dataclass(frozen=True)
class Line:
    """One line of a queue: the matter, how its look-back stands, and the visit where one citizen is to be asked."""

    matter: Matter
    look: Look
    visit: Visit | None = None
    again: bool = False
    recurrence: Recurrence | None = None


def queues(person: Person) -> dict[Queue, list[Line]]:
    """What waits for those who look back, queue by queue, in a fixed number of queries."""
    matters = list(matters_for(person).filter(state__in=ANSWERED).select_related("appeal__round"))
    seen = looks(matters)
    lines = [Line(matter, seen[matter.pk]) for matter in matters]
    agreed = [line for line in lines if line.matter.state in AGREED]
    calls = Visit.objects.filter(matter__in=seen).of_this_turn().waiting()
    by_pk = {line.matter.pk: line for line in lines}
    return {
        Queue.VERIFY: [Line(line.matter, line.look, again=bool(line.look.finding)) for line in agreed if _to_look(line.look)],
        Queue.VISIT: [Line(by_pk[visit.matter_id].matter, by_pk[visit.matter_id].look, visit) for visit in calls],
        Queue.DOUBT: [line for line in lines if line.look.vague],
        Queue.BACK: [line for line in lines if line.look.grounds],
        Queue.CLOSE: [line for line in agreed if not line.look.missing],
        Queue.RECUR: _recurring(person),
    }


def _to_look(look: Look) -> bool:
    return not look.finding or look.rechecks > 0


def _recurring(person: Person) -> list[Line]:
    """Closed matters about which something new came in, and nobody has decided what it is."""
    found = Recurrence.objects.open().filter(matter__in=matters_for(person))
    rows = list(found.select_related("matter__appeal__round", "part__submission"))
    seen = looks([row.matter for row in rows])
    return [Line(row.matter, seen[row.matter_id], recurrence=row) for row in rows]
