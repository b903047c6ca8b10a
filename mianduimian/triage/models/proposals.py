"""机器建议: what the machine read and proposed, and what a person answered."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from mianduimian.people.models import Person
from mianduimian.solicitation.models import Round
from mianduimian.triage.models.appeals import Appeal, Part
from mianduimian.triage.models.decisions import Decision
from mianduimian.triage.rules import Answer, Bucket, category_word


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def seen_by(self, person: Person) -> Self:
        """Proposals in the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def open(self) -> Self:
        """Proposals that wait for a person: unanswered, and with a part nobody has decided otherwise."""
        waiting = Proposal.parts.through.objects.filter(proposal=OuterRef("pk"), part__bucket=Bucket.UNDECIDED)
        return self.filter(Exists(waiting.filter(part__joined_on=None)), answer="")

    def with_members(self) -> Self:
        """Each with `members`, its parts that nobody has decided yet."""
        waiting = Part.objects.undecided().select_related("submission__region").order_by("pk")
        return self.prefetch_related(models.Prefetch("parts", queryset=waiting, to_attr="members"))

    def by_doubt(self) -> Self:
        """The most doubtful first."""
        return self.order_by("sure", "pk")

    def behind(self, sure: float, pk: int) -> Self:
        """Those that follow a place in that order."""
        return self.filter(Q(sure__gt=sure) | Q(sure=sure, pk__gt=pk))


class Proposal(models.Model):
    """机器建议: parts that seem to be about one event; a person confirms or rejects it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    parts = models.ManyToManyField(Part, related_name="proposals")
    representative = models.ForeignKey(Part, models.PROTECT, related_name="+")
    sure = models.FloatField("把握")
    why = models.CharField("依据", max_length=200)
    category = models.CharField("类别", max_length=60, blank=True)
    appeal = models.ForeignKey(Appeal, models.PROTECT, null=True, related_name="+", verbose_name="归入")
    made_on = models.DateField()
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sure", "pk"]
        indexes: ClassVar = [models.Index(fields=["round", "answer", "sure", "id"], name="proposal_by_doubt")]

    def __str__(self) -> str:
        return f"建议{self.pk}"

    @property
    def category_word(self) -> str:
        """The words of the class the machine read."""
        return category_word(self.category)

    @property
    def place(self) -> str:
        """Its place in the order of doubt, for the next page."""
        return f"{self.sure!r}_{self.pk}"


class Reading(models.Model):
    """机器梳理: one reading of a round's parts: asked for by a person, done in the background."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    texts = models.PositiveIntegerField(default=0)
    proposals = models.PositiveIntegerField(default=0)
    finished_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"机器梳理{self.pk}"
