"""交回的表: an Excel file that came back, what was changed in it, and what became of each changed cell."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from mianduimian.ledger.models.matters import Matter
from mianduimian.ledger.rules.returning import FILLS, Cell, Verdict, judge
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say

NOW: dict[str, Callable[[Matter], str]] = {
    "progress": lambda matter: matter.all_progress[-1].text if matter.all_progress else "",
    "leader": lambda matter: "、".join(dict.fromkeys(matter.leaders)),
    "responsible": lambda matter: "、".join(dict.fromkeys(matter.responsibles)),
    "overseer": lambda matter: matter.overseer,
}


@dataclass(frozen=True)
class Judged:
    """One changed cell with what the ledger says now, what becomes of it, and why."""

    cell: Cell
    verdict: Verdict
    now: str = ""
    why: str = ""
    matter: Matter | None = None

    @property
    def head(self) -> str:
        """The column in the reader's language."""
        return say(self.cell.head)

    @property
    def facts(self) -> dict[str, str]:
        """What is kept of it once it is decided."""
        return {"verdict": self.verdict.value, "now": self.now, "why": self.why}


class ReturnQuerySet(models.QuerySet["Return"]):
    def of(self, person: Person) -> Self:
        """The files a person gave back; nobody sees another's."""
        return self.filter(by=person)


class Return(models.Model):
    """交回: a filled-in ledger: its changed cells; until it is written back, nothing in the ledger has changed."""

    name = models.CharField("文件名", max_length=200)
    lines = models.PositiveIntegerField("行数")
    cells = models.JSONField("改动", default=list)
    broken = models.JSONField("读不出的行", default=list)
    results = models.JSONField("结果", default=list)
    on = models.DateField("交回日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_on = models.DateField("写入日期", null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(written_on=None) | Q(written_on__gte=models.F("on")), name="written_after_it_came"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def changed(self) -> list[Cell]:
        """The cells that were changed in the file, in its order."""
        return [Cell(**cell) for cell in self.cells]

    def judged(self, person: Person) -> list[Judged]:
        """What would become of each changed cell now; after it was written, what became of it."""
        if self.written_on:
            return [_kept(cell, result) for cell, result in zip(self.changed, self.results, strict=True)]
        numbers = {cell.number for cell in self.changed}
        matters = {matter.number: matter for matter in Matter.objects.seen_by(person).filter(number__in=numbers).lines()}
        return [_judged(cell, matters.get(cell.number), person) for cell in self.changed]


def _kept(cell: Cell, result: dict[str, Any]) -> Judged:
    return Judged(cell, Verdict(result["verdict"]), result["now"], result["why"])


def _judged(cell: Cell, matter: Matter | None, person: Person) -> Judged:
    if matter is None:
        return Judged(cell, Verdict.REFUSED, why=say(_("台账里没有您能看到的这个编号。")))
    if cell.key not in FILLS:
        return Judged(cell, Verdict.REFUSED, why=say(_("这一栏由系统算出，不能在表里改。")), matter=matter)
    now = NOW[cell.key](matter)
    refusal = _refusal(cell, matter, person)
    verdict = judge(cell, now, refusal)
    return Judged(cell, verdict, now, _why(verdict, refusal, cell, matter), matter)


def _refusal(cell: Cell, matter: Matter, person: Person) -> str:
    """Why this person may not write this into that cell; empty when they may."""
    verb, longest = FILLS[cell.key]
    if not cell.text:
        return say(_("这一格不能清空。"))
    if len(cell.text) > longest:
        return say(_("最多%(n)s个字。")) % {"n": longest}
    try:
        matter.check_for(verb, person)
    except Refused as refused:
        return str(refused)
    return ""


def _why(verdict: Verdict, refusal: str, cell: Cell, matter: Matter) -> str:
    if verdict == Verdict.REFUSED:
        return refusal
    if verdict == Verdict.CONFLICT:
        words = {"then": cell.version, "now": matter.version}
        return say(_("导出之后（第%(then)s版）有人改过这一格，现在是第%(now)s版；请看过现在的内容再定。")) % words
    return ""
