"""回头看: verifications, visits with their attempts and answers, and what went back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from mianduimian.intake.models import Citizen, Submission
from mianduimian.ledger.models import Assignment, Matter, Reply
from mianduimian.ledger.rules import State
from mianduimian.lookback.rules import (
    Answered,
    Finding,
    Ground,
    Look,
    Outcome,
    Queue,
    Reached,
    Scale,
    Share,
    Solved,
    outcome,
    share,
)
from mianduimian.people.models import Person
from mianduimian.triage.models import Part

ANSWERED = [State.REPLIED, State.STAGED, State.SETTLED, State.CLOSING]


def matters_for(person: Person) -> models.QuerySet[Matter]:
    """Matters whose look-back the person may see: none that one of their units handles or ever handled."""
    handled = Assignment.objects.filter(Q(lead__in=person.units) | Q(assists__in=person.units))
    return Matter.objects.seen_by(person).exclude(pk__in=handled.values("matter"))


class Verification(models.Model):
    """核查: somebody other than the handler looked whether it is so, once a turn."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    finding = models.CharField("结论", max_length=8, choices=Finding.choices)
    note = models.TextField("核查情况")
    on_site = models.BooleanField("现场核查", default=True)
    on = models.DateField("核查日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn"], name="verified_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {self.finding_word}"

    @property
    def finding_word(self) -> str:
        """The finding in the reader's language."""
        return Finding.word_of(self.finding)


class VisitQuerySet(models.QuerySet["Visit"]):
    def seen_by(self, person: Person) -> Self:
        """Visits about matters whose look-back the person may see."""
        return self.filter(matter__in=matters_for(person))

    def of_this_turn(self) -> Self:
        """Visits of the turn in which their matter is now."""
        return self.filter(turn=models.F("matter__turn"))

    def of_last_turn(self) -> Self:
        """Of each matter the last turn in which anybody was asked: who was unsatisfied counts until asked again."""
        last = Visit.objects.filter(matter=OuterRef("matter")).order_by("-turn").values("turn")[:1]
        return self.filter(turn=Subquery(last))

    def reached(self) -> Self:
        """Visits with an answer."""
        return self.filter(Exists(Answer.objects.filter(visit=OuterRef("pk"))))

    def unanswered(self) -> Self:
        """Visits without an answer: still to be asked, or never reached."""
        return self.exclude(Exists(Answer.objects.filter(visit=OuterRef("pk"))))

    def with_rows(self) -> Self:
        """With everything a line of the call list shows, in a fixed number of queries."""
        return self.select_related("matter__appeal__round", "submission", "citizen", "answer").prefetch_related(
            Prefetch("attempts", Attempt.objects.select_related("by"))
        )

    def waiting(self) -> list["Visit"]:
        """The call list: who can be reached, has not answered and was not tried often enough."""
        return [visit for visit in self.unanswered().with_rows() if visit.outcome == Outcome.WAITING]

    def unreached(self) -> list["Visit"]:
        """Who was tried often enough, declined, left no way to be reached, or was not asked before the turn had passed."""
        return [visit for visit in self.unanswered().with_rows() if visit.outcome != Outcome.WAITING]

    def share(self) -> Share:
        """Reached, satisfied, unreached and waiting among these visits, which are of one rulebook."""
        visits = list(self.with_rows())
        return share([(v.outcome, v.scale) for v in visits], visits[0].matter.appeal.round.rules) if visits else Share()


class Visit(models.Model):
    """回访: asking one citizen about one matter, once a turn."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+", verbose_name="来件")
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="+", verbose_name="群众")
    planned_on = models.DateField("列入日期")
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "turn", "submission"], name="submission_asked_once_a_turn"),
            models.UniqueConstraint(
                fields=["matter", "turn", "citizen"], condition=Q(citizen__isnull=False), name="citizen_asked_once_a_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"回访{self.pk}"

    @property
    def reachable(self) -> bool:
        """Whether the citizen left a way to be reached, agreed to it and was not erased."""
        return self.citizen is not None and self.citizen.reachable

    @property
    def scale(self) -> str:
        """The step of the scale; empty without an answer."""
        return self.answer.scale if hasattr(self, "answer") else ""

    @property
    def outcome(self) -> Outcome:
        """Where this visit stands."""
        results = [attempt.result for attempt in self.attempts.all()]
        rules = self.matter.appeal.round.rules
        passed = self.turn != self.matter.turn
        return outcome(answered=bool(self.scale), reachable=self.reachable, results=results, rulebook=rules, passed=passed)

    @property
    def left(self) -> int:
        """How many attempts are still owed before the citizen counts as not reached."""
        return max(self.matter.appeal.round.rules.visit["attempts"] - len(self.attempts.all()), 0)

    @property
    def masked(self) -> str:
        """Who it is for those who may not see more; nothing at all of a whistle-blower."""
        return self.citizen.masked if self.citizen and not self.submission.confidential else ""


class Attempt(models.Model):
    """联系: one attempt to reach the citizen, with its result."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="attempts")
    at = models.DateTimeField("时间")
    result = models.CharField("结果", max_length=12, choices=Reached.choices)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.result_word

    @property
    def result_word(self) -> str:
        """The result in the reader's language."""
        return Reached.word_of(self.result)


class Answer(models.Model):
    """评价: what the citizen answered: five steps, solved or not, and why; `by` is empty when the citizen answered alone."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="answer")
    scale = models.CharField("满意度", max_length=1, choices=Scale.choices)
    solved = models.CharField("是否解决", max_length=8, choices=Solved.choices)
    contacted = models.BooleanField("承办单位是否联系过", null=True)
    reason = models.TextField("原因", blank=True)
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.scale_word

    @property
    def scale_word(self) -> str:
        """The step in the reader's language."""
        return Scale.word_of(self.scale)

    @property
    def solved_word(self) -> str:
        """Solved or not, in the reader's language."""
        return Solved.word_of(self.solved)

    @property
    def said(self) -> Answered:
        """What the citizen said."""
        return Answered(self.scale, self.solved, self.contacted, self.reason)


class SendBack(models.Model):
    """退回重办: why a matter went back, from which turn, to which assignment."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    grounds = models.JSONField("理由")
    why = models.TextField("说明", blank=True)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="+")
    on = models.DateField("日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "turn"], name="sent_back_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.matter} {self.turn}"

    @property
    def ground_words(self) -> str:
        """The grounds in the reader's language."""
        return "、".join(Ground.word_of(ground) for ground in self.grounds)


def sources(matters: Iterable[Matter]) -> dict[int, dict[str, Submission]]:
    """Matter → who spoke for it, each citizen once, by the first submission; who left no name counts once a submission."""
    of_appeal = {matter.appeal_id: matter.pk for matter in matters}
    found: dict[int, dict[str, Submission]] = {pk: {} for pk in of_appeal.values()}
    parts = Part.objects.filter(appeal__in=of_appeal).select_related("submission__citizen").order_by("submission", "number")
    for part in parts:
        if part.appeal_id:
            found[of_appeal[part.appeal_id]].setdefault(speaker(part.submission), part.submission)
    return found


def speaker(submission: Submission) -> str:
    """By what a voice is counted once: the citizen, or the submission itself where nobody is known."""
    return f"citizen {submission.citizen_id}" if submission.citizen_id else f"submission {submission.pk}"


def looks(matters: Iterable[Matter]) -> dict[int, Look]:
    """How the look-back on each of these matters stands, in a fixed number of queries."""
    matters = list(matters)
    turns = {matter.pk: matter.turn for matter in matters}
    voices = sources(matters)
    findings = {v.matter_id: v.finding for v in Verification.objects.filter(matter__in=turns) if v.turn == turns[v.matter_id]}
    replies = {r.matter_id: r for r in Reply.objects.filter(matter__in=turns).select_related("assignment").order_by("pk")}
    visits: dict[int, list[Visit]] = {pk: [] for pk in turns}
    for visit in Visit.objects.filter(matter__in=turns).of_this_turn().with_rows():
        visits[visit.matter_id].append(visit)
    found = {}
    for matter in matters:
        mine, reply, rules = visits[matter.pk], replies.get(matter.pk), matter.appeal.round.rules
        found[matter.pk] = Look(
            finding=findings.get(matter.pk, ""),
            concrete=bool(reply and reply.assignment.turn == matter.turn and reply.concrete),
            sources=len(voices[matter.pk]),
            share=share([(visit.outcome, visit.scale) for visit in mine], rules),
            scales=tuple(visit.scale for visit in mine if visit.scale),
            rulebook=rules,
        )
    return found


def look(matter: Matter) -> Look:
    """How the look-back on one matter stands."""
    return looks([matter])[matter.pk]


@dataclass(frozen=True)
class Line:
    """One line of a queue: the matter, how its look-back stands, and the visit where one citizen is to be asked."""

    matter: Matter
    look: Look
    visit: Visit | None = None


def queues(person: Person) -> dict[Queue, list[Line]]:
    """What waits for those who look back, queue by queue, in a fixed number of queries."""
    matters = list(matters_for(person).filter(state__in=ANSWERED).select_related("appeal__round"))
    seen = looks(matters)
    lines = [Line(matter, seen[matter.pk]) for matter in matters]
    agreed = [line for line in lines if line.matter.state in (State.SETTLED, State.CLOSING)]
    calls = Visit.objects.filter(matter__in=seen).of_this_turn().waiting()
    by_pk = {line.matter.pk: line for line in lines}
    return {
        Queue.VERIFY: [line for line in agreed if not line.look.finding],
        Queue.VISIT: [Line(by_pk[visit.matter_id].matter, by_pk[visit.matter_id].look, visit) for visit in calls],
        Queue.BACK: [line for line in lines if line.look.grounds],
        Queue.CLOSE: [line for line in agreed if not line.look.missing],
    }
