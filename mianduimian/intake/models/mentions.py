"""提及: every place of the house that still names somebody who was erased, to be mended by hand one by one."""

from collections.abc import Iterable, Iterator
from json import dumps
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.functional import cached_property

from mianduimian.intake.models.copies import indexes
from mianduimian.intake.models.submissions import Citizen, Submission
from mianduimian.intake.rules import How
from mianduimian.intake.sealing import SealedField
from mianduimian.people.models import Person

TEXTS = (models.CharField, models.TextField, models.JSONField)
FIXED = ("journal", "people", "clock")  # a line of the journal is never changed; officials and units keep their names
AROUND = 40  # characters shown on each side


class MentionQuerySet(models.QuerySet["Mention"]):
    def open(self) -> Self:
        """Places at which nobody has looked yet."""
        return self.filter(settled_on=None)

    def seen_by(self, person: Person) -> Self:
        """Those of citizens who spoke in rounds the person sees."""
        return self.filter(citizen__in=Submission.objects.seen_by(person).exclude(citizen=None).values("citizen"))


class Mention(models.Model):
    """提及: one column of one row that named an erased citizen; the name is kept under seal until somebody has settled it."""

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="mentions")
    table = models.CharField(max_length=64)
    row = models.CharField(max_length=64)
    column = models.CharField(max_length=64)
    named = SealedField(blank=True)
    found_on = models.DateField("发现日期")
    how = models.CharField("处理", max_length=12, choices=How.choices, blank=True)
    why = models.CharField("理由", max_length=200, blank=True)
    settled_on = models.DateField("处理日期", null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "table", "row", "column"], name="mention_once_a_place"),
            models.CheckConstraint(
                condition=Q(settled_on=None, by=None, how="")
                | Q(settled_on__isnull=False, by__isnull=False, named="") & ~Q(how=""),
                name="mention_settled_by_somebody_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}"

    @property
    def words(self) -> list[str]:
        """What is looked for, the longest first; nothing once it is settled."""
        return sorted(filter(None, self.named.split("\n")), key=len, reverse=True)

    @property
    def model(self) -> type[models.Model]:
        """The table in which it stands."""
        return apps.get_model(self.table)

    @property
    def where(self) -> str:
        """The table and the column as people call them."""
        table, column = (self.model.__doc__ or "").partition(":")[0], self.model._meta.get_field(self.column)
        return f"{table} {self.row} · {getattr(column, 'verbose_name', self.column)}"

    @property
    def how_word(self) -> str:
        """What became of it, in the reader's language."""
        return How.word_of(self.how)

    @cached_property
    def text(self) -> Any:
        """What stands there now; nothing where the row is gone."""
        return self.model._default_manager.filter(pk=self.row).values_list(self.column, flat=True).first()

    @property
    def still(self) -> bool:
        """Whether the name stands there still."""
        return any(word in spoken(self.text) for word in self.words)

    @property
    def fixed(self) -> bool:
        """Whether nobody may change what stands there."""
        return self.model._meta.app_label in FIXED

    @property
    def around(self) -> tuple[str, str, str]:
        """What stands before the name, the name, and what stands after it."""
        text = spoken(self.text)
        for word in self.words:
            before, found, after = text.partition(word)
            if found:
                return before[-AROUND:], found, after[:AROUND]
        return text[:AROUND], "", ""


def laid_open(mentions: Iterable[Mention]) -> list[Mention]:
    """Each with what stands at its place now, every table asked once."""
    shown = list(mentions)
    asked: dict[str, list[Mention]] = {}
    for one in shown:
        asked.setdefault(one.table, []).append(one)
    for same in asked.values():
        rows = {str(row.pk): row for row in same[0].model._default_manager.filter(pk__in=[one.row for one in same])}
        for one in same:
            one.text = getattr(rows.get(one.row), one.column, "")
    return shown


def spoken(value: Any) -> str:
    """A value of any text column as one text."""
    return value if isinstance(value, str) else dumps(value, ensure_ascii=False)


def texts() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every table of the house with its columns in which words may stand, whichever room it is in."""
    derived = [index.model for index in indexes()]
    for model in apps.get_models():
        if model.__module__.startswith("mianduimian.") and model not in (Citizen, Mention, *derived):
            columns = [field.name for field in model._meta.concrete_fields if _wordy(field)]
            if columns:
                yield model, columns


def _wordy(field: models.Field[Any, Any]) -> bool:
    """Whether people write into a column: no key, no word of a closed list, nothing sealed."""
    closed = field.is_relation or field.unique or field.choices or isinstance(field, SealedField)
    return isinstance(field, TEXTS) and not closed


def naming(known: Iterable[str]) -> Iterator[tuple[models.Model, str, list[str]]]:
    """Every place where one of these words stands: the row, the column, the words."""
    known = list(known)
    for model, columns in texts() if known else ():
        any_of = Q()
        for column in columns:
            for written in {one for word in known for one in (word, dumps(word)[1:-1])}:
                any_of |= Q(**{f"raw_{column}__contains": written})
        raw = {f"raw_{column}": Cast(column, models.TextField()) for column in columns}
        for row in model._default_manager.annotate(**raw).filter(any_of).only("pk", *columns).order_by("pk"):
            for column in columns:
                found = [word for word in known if word in spoken(getattr(row, column))]
                if found:
                    yield row, column, found
