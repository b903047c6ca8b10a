"""行动: a campaign goes over every settled matter of a round; a draw asks some of them to be looked at a second time."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mianduimian.ledger.models import Matter
from mianduimian.lookback.models.verifying import Verification
from mianduimian.people.models import Person, Unit
from mianduimian.solicitation.models import Round


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def seen_by(self, person: Person) -> Self:
        """Campaigns of the rounds the person sees."""
        return self.filter(round__in=Round.objects.seen_by(person))

    def with_tally(self) -> Self:
        """With `total` and `left`, the tasks of each and those nobody has done yet."""
        open_ones = Task.objects.open().filter(campaign=OuterRef("pk")).order_by().values("campaign").annotate(n=Count("pk"))
        told = self.annotate(total=Count("tasks", distinct=True), left=Coalesce(Subquery(open_ones.values("n")), 0))
        return told.select_related("round__region", "head").order_by("-pk")


class Campaign(models.Model):
    """回头看行动: organised by a lead unit (牵头单位), over a round, between two days; never over a part of it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("第几次")
    head = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    plan = models.TextField("工作安排", blank=True)
    begins_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="campaign_number_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="campaign_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class Draw(models.Model):
    """抽查: seed, population and size; the numbers drawn follow from them, and anybody can repeat it. No draw is ever removed."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="draws")
    seed = models.CharField("种子", max_length=64)
    size = models.PositiveIntegerField("抽查件数")
    by_unit = models.BooleanField("按单位分层", default=False)
    population = models.JSONField("总体")
    on = models.DateField("抽取日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.seed} {self.size}"


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        """Tasks nobody has done yet in the turn they were planned for; a turn that has passed leaves nothing to do."""
        return self.filter(turn=F("matter__turn")).exclude(self._done())

    def done(self) -> Self:
        """Tasks whose verification is there."""
        return self.filter(self._done())

    def _done(self) -> Any:
        same = Verification.objects.filter(matter=OuterRef("matter"), turn=OuterRef("turn"), again=OuterRef("again"))
        return Exists(same)

    def of(self, person: Person) -> Self:
        """Tasks given to this person."""
        return self.filter(verifier=person)

    def with_done(self) -> Self:
        """With `is_done`."""
        return self.annotate(is_done=self._done())

    def with_rows(self) -> Self:
        """With everything a line of the plan shows."""
        return self.select_related("matter__appeal__round", "verifier", "campaign", "draw")


class Task(models.Model):
    """核查任务: one matter to be looked at, by whom and by when; `again`: drawn for a second look by somebody else."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="tasks")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("轮次")
    again = models.BooleanField("抽查复核", default=False)
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, related_name="tasks")
    verifier = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="核查人")
    due_on = models.DateField("期限")

    is_done: bool

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "turn", "again"], name="task_once_a_turn"),
            models.CheckConstraint(
                condition=Q(again=False, draw=None) | Q(again=True, draw__isnull=False), name="second_look_is_drawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.turn}"
