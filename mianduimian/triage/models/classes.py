"""分类表的版本与对照表: what people made of the shipped classes, version by version, and what other tables' codes mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any, ClassVar, Self

from django.db import models

from mianduimian.people.models import Person, Region
from mianduimian.triage.taxonomy import Change, Changed, Shelf, Taxonomy, category_word, plain, shipped

LOOKED_AGAIN = 2.0  # seconds after which a process asks whether another one has made a new version


class TaxonomyVersion(models.Model):
    """分类表版本: the whole table as it stood from a day on; none is ever changed."""

    key = models.CharField("版本", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    source = models.CharField("来源", max_length=300)
    goods = models.JSONField("七有", default=dict)
    rows = models.JSONField("类别", default=list)
    changed = models.JSONField("变动", default=list)
    note = models.CharField("说明", max_length=200, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField("日期")

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def taxonomy(self) -> Taxonomy:
        """The table of this version."""
        return Taxonomy.of_rows(self.key, self.name, self.source, self.goods, self.rows)

    @property
    def changes(self) -> list[Changed]:
        """What this version changed."""
        return [Changed(Change(one["change"]), one["key"], one["was"], one["now"]) for one in self.changed]


class CodeTableQuerySet(models.QuerySet["CodeTable"]):
    def in_force(self) -> Self:
        """The latest version of each table of codes."""
        latest = self.order_by().values("name").annotate(last=models.Max("version")).values("name", "last")
        kept = [models.Q(name=one["name"], version=one["last"]) for one in latest]
        return self.filter(_any(kept)) if kept else self.none()


class CodeTable(models.Model):
    """对照表: the codes of another table (a hotline's, a website's) and what they mean here; a new file is a new version."""

    name = models.CharField("名称", max_length=60)
    version = models.PositiveIntegerField("版本", default=1)
    taxonomy_key = models.CharField("对应的分类表", max_length=40)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    left_out = models.JSONField("未收的行", default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField("日期")

    objects = CodeTableQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "version"], name="code_table_version_once")]

    def __str__(self) -> str:
        return f"{self.name} 第{self.version}版"


class CodeRow(models.Model):
    """对照: one code of such a table, and the class of ours that it means."""

    table = models.ForeignKey(CodeTable, models.PROTECT, related_name="codes")
    code = models.CharField("编码", max_length=60)
    name = models.CharField("名称", max_length=120, blank=True)
    category = models.CharField("类别", max_length=60)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "code"], name="code_once_a_table")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def category_word(self) -> str:
        """The words of our class."""
        return category_word(self.category)


def classed_by(person: Person) -> bool:
    """Whether a person may change the classes: every level sorts by them, so they are the whole city's."""
    beyond = Region.objects.filter(parent=None).exclude(pk__in=person.region_codes)
    return person.may("triage.classify") and not beyond.exists()


def codes() -> dict[str, str]:
    """What every code and name of the tables in force means here; one that means two things in two tables means nothing."""
    meant: dict[str, set[str]] = {}
    rows = CodeRow.objects.filter(table__in=CodeTable.objects.in_force())
    for code, name, category in rows.values_list("code", "name", "category"):
        for said in {plain(code), plain(name)} - {""}:
            meant.setdefault(said, set()).add(category)
    return {said: next(iter(one)) for said, one in meant.items() if len(one) == 1}


@dataclass
class Known:
    """What this process knows of the version in force, and until when it need not ask again."""

    version: int | None = None
    taxonomy: Taxonomy | None = None
    until: float = 0.0


_known = Known()


def in_force() -> Taxonomy:
    """The version in force: the latest that people made, else the shipped one."""
    if _known.taxonomy is None or monotonic() >= _known.until:
        last = TaxonomyVersion.objects.order_by("-pk").values_list("pk", flat=True).first()
        if _known.taxonomy is None or last != _known.version:
            _known.taxonomy = TaxonomyVersion.objects.get(pk=last).taxonomy if last else shipped()
            _known.version = last
        _known.until = monotonic() + LOOKED_AGAIN
    return _known.taxonomy


def forget() -> None:
    """Ask again at the next look: a new version was made here."""
    _known.until = 0.0


def _any(conditions: Iterable[models.Q]) -> models.Q:
    found = models.Q()
    for condition in conditions:
        found |= condition
    return found


def plainly(changes: Iterable[Changed]) -> list[dict[str, Any]]:
    """Changes as they are kept."""
    return [{"change": one.change.value, "key": one.key, "was": one.was, "now": one.now} for one in changes]


Shelf.in_force = staticmethod(in_force)
