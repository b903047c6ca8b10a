"""履责: what the units write, file and reach."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mianduimian.intake.models import copied
from mianduimian.ledger.models.assignments import Assignment
from mianduimian.ledger.rules import Moment, Way
from mianduimian.people.models import Person, Unit
from mianduimian.taskforce.models import Milestone


class Reply(models.Model):
    """书面反馈: the unit's written answer; internal account and public wording apart."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="replies")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    founded = models.BooleanField("诉求属实", default=True)
    solved = models.BooleanField("是否解决", default=False)
    account = models.TextField("办理情况（内部）")
    public = models.TextField("公开答复")
    measure = models.TextField("具体措施", blank=True)
    solve_by = models.DateField("完成时限", null=True)
    signed_by = models.CharField("审签人", max_length=40)
    contacted_on = models.DateField("联系群众日期", null=True)
    late = models.BooleanField("逾期反馈", default=False)
    on = models.DateField("反馈日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.public[:40]

    @property
    def concrete(self) -> bool:
        """Whether it names a measure with a date, or says it is solved."""
        return bool(self.solved or (self.measure.strip() and self.solve_by))


class Contact(models.Model):
    """联系群众: the day on which a unit spoke with the citizens of a matter, and what was said."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="contacts")
    spoke_on = models.DateField("联系日期")
    way = models.CharField("联系方式", max_length=8, choices=Way.choices)
    note = models.TextField("联系情况")
    on = models.DateField("登记日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(spoke_on__lte=models.F("on")), name="contact_is_not_ahead"),
        ]

    def __str__(self) -> str:
        return self.note[:40]

    @property
    def way_word(self) -> str:
        """How they spoke, in the reader's language."""
        return Way.word_of(self.way)


class Finish(models.Model):
    """配合单位报告办妥: an assisting unit says that its part is done."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="finishes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    note = models.TextField("办理情况")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["assignment", "unit"], name="unit_finishes_its_part_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}"


class Progress(models.Model):
    """进展: what the unit says has happened."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="progress")
    text = models.TextField("进展")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Evidence(models.Model):
    """佐证: a photo or paper before or after, with quantity and place."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="evidence")
    moment = models.CharField("时点", max_length=8, choices=Moment.choices)
    name = models.CharField("文件名", max_length=200)
    stored = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True)
    measure = models.CharField("单位", max_length=12, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity=None) | ~Q(measure=""), name="quantity_has_a_unit"),
            models.UniqueConstraint(fields=["matter", "digest"], name="evidence_filed_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown on the page."""
        return self.kind.startswith("image/")

    @property
    def moment_word(self) -> str:
        """The moment in the reader's language."""
        return Moment.word_of(self.moment)


class Passed(models.Model):
    """完成节点: the day a milestone was reached."""

    matter = models.ForeignKey("ledger.Matter", models.PROTECT, related_name="passed")
    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.milestone} {self.on}"

    @property
    def said(self) -> tuple[int, str, date]:
        """The key and words of the milestone, and the day."""
        return self.milestone_id, self.milestone.text, self.on


def reached(steps: Sequence[tuple[int, str]], passed: Iterable[tuple[int, str, date]]) -> list[date | None]:
    """The day each of these steps (key, words) was reached: itself, or under the same words in an earlier version of the plan."""
    done, keys = list(passed), {key for key, _text in steps}
    own = {key: on for key, _text, on in done}
    earlier = {text: on for key, text, on in done if key not in keys}
    return [own.get(key) or earlier.get(text) for key, text in steps]


copied(Reply, "account", "public", citizen="matter__appeal__parts__submission__citizen")
copied(Progress, "text", citizen="matter__appeal__parts__submission__citizen")
