"""回访: visits with their attempts, links and answers."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, NamedTuple, Self

from django.db import models
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from mianduimian.intake.models import Citizen, Submission, copied
from mianduimian.ledger.models import Matter
from mianduimian.lookback.models.verifying import ANSWERED, matters_for
from mianduimian.lookback.rules import (
    Answered,
    LinkStand,
    Outcome,
    Period,
    Reached,
    Scale,
    Share,
    Solved,
    code_word,
    link_stand,
    next_period,
    outcome,
    reason_words,
    share,
)
from mianduimian.mechanism import Rulebook, rulebook
from mianduimian.people.models import Person
from mianduimian.text.redact import shield

REACHABLE = Q(citizen__agreed=True, citizen__erased_on=None) & (~Q(citizen__phone_index="") | ~Q(citizen__email=""))


class Standing(NamedTuple):
    """Where one visit stands, of which matter, by which rulebook, and its step of the scale where it was answered."""

    matter: int
    rules: Rulebook
    outcome: Outcome
    scale: str


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
        return self.filter(scale__gt="")

    def unanswered(self) -> Self:
        """Visits without an answer: still to be asked, or never reached."""
        return self.filter(scale="")

    def with_rows(self) -> Self:
        """With everything a line of the call list shows, in a fixed number of queries."""
        return self.select_related("matter__appeal__round", "submission", "citizen", "answer", "caller").prefetch_related(
            Prefetch("attempts", Attempt.objects.select_related("by"))
        )

    def waiting(self) -> list["Visit"]:
        """The call list: who can be reached, has not answered and was not tried often enough."""
        return [visit for visit in self.unanswered().with_rows() if visit.outcome == Outcome.WAITING]

    def unreached(self) -> list["Visit"]:
        """Who was tried often enough, declined, left no way to be reached, or was not asked before the turn had passed."""
        return [visit for visit in self.unanswered().with_rows() if visit.outcome != Outcome.WAITING]

    def standings(self) -> Iterator[Standing]:
        """What `Visit.outcome` says of each, in one query that opens nobody's name."""
        mine = Attempt.objects.filter(visit=OuterRef("pk")).order_by()
        told = self.order_by().annotate(
            can_be_reached=Case(When(REACHABLE, then=Value(True)), default=Value(False), output_field=BooleanField()),
            tried=Coalesce(Subquery(mine.values("visit").annotate(n=Count("pk")).values("n")), 0),
            declined=Exists(mine.filter(result=Reached.REFUSED)),
        )
        known = ("matter", "matter__appeal__round__rulebook", "scale", "turn", "matter__turn")
        rows = told.values_list(*known, "can_be_reached", "tried", "declined")
        for matter, key, scale, turn, now, reachable, tried, declined in rows:
            results = [Reached.REFUSED.value] * declined + [Reached.NO_ANSWER.value] * (tried - declined)
            stand = {"answered": bool(scale), "reachable": reachable, "results": results, "passed": turn != now}
            rules = rulebook(key)
            yield Standing(matter, rules, outcome(rulebook=rules, **stand), scale)

    def share(self) -> Share:
        """Reached, satisfied, unreached and waiting among these visits, which are of one rulebook."""
        found = list(self.standings())
        return share([(one.outcome, one.scale) for one in found], found[0].rules) if found else Share()


class Visit(models.Model):
    """回访: asking one citizen about one matter, once a turn."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+", verbose_name="来件")
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="+", verbose_name="群众")
    planned_on = models.DateField("列入日期")
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    caller = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="回访人")
    scale = models.CharField("满意度", max_length=1, blank=True)  # as its answer says, kept here so that visits are found by it

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["scale", "matter", "turn", "citizen"], name="visit_scale")]
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
    def next_time(self) -> Period | None:
        """When to try next: another time of day than the last; nothing once nobody is to be tried any more."""
        hours = [localtime(attempt.at).hour for attempt in self.attempts.all()]
        return next_period(hours, self.matter.appeal.round.rules) if self.outcome == Outcome.WAITING else None

    @property
    def told(self) -> str:
        """What the citizen said of the result, with what is personal starred and their own name cut to the surname."""
        return shield(self.answer.reason, [self.citizen.name] if self.citizen else []) if self.scale else ""

    @property
    def masked(self) -> str:
        """Who it is for those who may not see more; nothing at all of a whistle-blower."""
        return self.citizen.masked if self.citizen and not self.submission.confidential else ""


class Attempt(models.Model):
    """联系: one attempt to reach the citizen, with its result."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="attempts")
    at = models.DateTimeField("时间")
    result = models.CharField("结果", max_length=12, choices=Reached.choices)
    code = models.CharField("结果代码", max_length=24, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.result_word

    @property
    def result_word(self) -> str:
        """The result in the city's own words, in the reader's language."""
        rules = self.visit.matter.appeal.round.rules
        return code_word(self.code, rules) if self.code else Reached.word_of(self.result)


class Answer(models.Model):
    """评价: what the citizen answered: five steps, solved or not, and why; `by` is empty when the citizen answered alone."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="answer")
    scale = models.CharField("满意度", max_length=1, choices=Scale.choices)
    solved = models.CharField("是否解决", max_length=8, choices=Solved.choices)
    contacted = models.BooleanField("承办单位是否联系过", null=True)
    reasons = models.JSONField("原因（选项）", default=list)
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
    def reason_words(self) -> str:
        """The reasons given, in the reader's language."""
        return reason_words(self.reasons, self.visit.matter.appeal.round.rules)

    @property
    def said(self) -> Answered:
        """What the citizen said."""
        return Answered(self.scale, self.solved, self.contacted, self.reason, tuple(self.reasons))


class LinkQuerySet(models.QuerySet["Link"]):
    def with_visit(self) -> Self:
        """With everything the citizen's page asks of it."""
        return self.select_related("visit__matter__appeal__round", "visit__answer", "visit__submission")


class Link(models.Model):
    """评价链接: lets one citizen answer one visit without logging in, within its window; only the hash of its secret is kept."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    until = models.DateField("有效期至")
    on = models.DateField("发出日期")

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.visit} {self.until}"

    def stand(self, on: date) -> LinkStand:
        """Whether it may be used that day."""
        visit = self.visit
        current = visit.turn == visit.matter.turn and visit.matter.state in ANSWERED
        return link_stand(answered=bool(visit.scale), current=current, until=self.until, on=on)


copied(Answer, "reason", citizen="visit__submission__citizen")
