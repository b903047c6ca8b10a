"""成效: hotline counts are registered, problem classes are named with root cause and standing remedy."""

from collections.abc import Iterable
from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.outcomes.models import HotlineCount, ProblemClass
from mianduimian.outcomes.rules import Cause, check_count
from mianduimian.people.models import Person, Region, Unit
from mianduimian.refusal import Refused
from mianduimian.solicitation.rules import Theme
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


@act
def count(region: Region, figures: dict[str, int], *, month: date, source: str, by: Person, on: date) -> list[HotlineCount]:
    """Register a month's calls by theme; a corrected month keeps its earlier figures in the journal."""
    by.must("outcomes.record")
    rows = [_count(region, theme, month.replace(day=1), calls, source, on) for theme, calls in figures.items()]
    was = {theme: before for theme, before, _row in rows if before is not None}
    record("outcomes.count", region, by=by, on=on, was=was, now={"month": f"{month:%Y-%m}", **figures}, why=source)
    return [row for _theme, _before, row in rows]


def _count(region: Region, theme: str, month: date, calls: int, source: str, on: date) -> tuple[str, int | None, HotlineCount]:
    check_count(month, calls, on)
    known = HotlineCount.objects.select_for_update().filter(region=region, theme=Theme(theme), month=month).first()
    before = known.calls if known else None
    row = known or HotlineCount(region=region, theme=Theme(theme), month=month)
    row.calls, row.source, row.on = calls, source, on
    row.save()
    return theme, before, row


@act
def register(cause: Cause, appeals: Iterable[Appeal], *, by: Person, on: date) -> ProblemClass:
    """Name a class of problems with its root cause, its standing remedy and who owns it."""
    by.must("outcomes.record")
    if ProblemClass.objects.filter(name=cause.name).exists():
        raise Refused(_("“%(name)s”已经登记过。"), name=cause.name)
    made = ProblemClass.objects.create(
        name=cause.name,
        category=cause.category,
        root=cause.root,
        remedy=cause.remedy,
        owner=Unit.objects.get(key=cause.owner),
        due_on=cause.due_on,
        on=on,
        by=by,
    )
    made.appeals.set(appeals)
    facts = {
        "name": cause.name,
        "root": cause.root,
        "remedy": cause.remedy,
        "owner": cause.owner,
        "appeals": made.appeals.count(),
    }
    record("outcomes.register", made, by=by, on=on, now=facts)
    return made


@act
def put_in_force(problem: ProblemClass, *, note: str, by: Person, on: date) -> ProblemClass:
    """The standing remedy is in force from this day."""
    by.must("outcomes.record")
    problem = ProblemClass.objects.select_for_update().get(pk=problem.pk)
    if problem.in_force_on:
        raise Refused(_("这项长效机制已于%(on)s生效。"), on=problem.in_force_on)
    problem.in_force_on = on
    problem.save()
    record("outcomes.put_in_force", problem, by=by, on=on, now={"in_force_on": on}, why=note)
    return problem
