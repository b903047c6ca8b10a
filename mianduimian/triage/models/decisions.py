"""决定: every step of a person in triage and what it moved, so that it can be undone."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models.appeals import Appeal, Part
from mianduimian.triage.rules import Verb
from mianduimian.vocabulary import _


class DecisionQuerySet(models.QuerySet["Decision"]):
    def seen_by(self, person: Person) -> Self:
        """Decisions in the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def about(self, appeal: Appeal) -> Self:
        """The decisions that moved a part into this appeal or out of it."""
        moved = Moved.objects.filter(Q(from_appeal=appeal) | Q(to_appeal=appeal))
        return self.filter(pk__in=moved.values("decision"))

    def last_of(self, person: Person, round: Round) -> "Decision":
        """The latest step of a person in a round that still stands."""
        last = self.filter(round=round, by=person, undone_on=None).order_by("-pk").first()
        if last is None:
            raise Refused(_("您在这一期没有可以撤销的步骤。"))
        return last

    def with_sizes(self) -> Self:
        """Each with `size`, the number of parts it moved."""
        mine = Moved.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
        return self.annotate(size=Subquery(mine.annotate(n=Count("pk")).values("n"), output_field=models.IntegerField()))


class Decision(models.Model):
    """决定: one step of a person in triage, with everything it moved, so that it can be undone."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=24, choices=Verb.choices)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_on = models.DateField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_on=None) | Q(undone_by__isnull=False, undone_on__isnull=False),
                name="decision_undone_by_someone_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"决定{self.pk} {Verb.word_of(self.verb)}"

    @property
    def word(self) -> str:
        """What was decided, in words."""
        return Verb.word_of(self.verb)


class Moved(models.Model):
    """移动: one part moved by a decision: where it was, where it went."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="moves")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    was = models.JSONField()
    now = models.JSONField()
    from_appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="+")
    to_appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["decision", "part"], name="part_moved_once_a_decision")]

    def __str__(self) -> str:
        return f"{self.part}: {self.was} → {self.now}"
