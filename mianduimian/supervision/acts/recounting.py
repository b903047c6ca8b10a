"""期限重算: what supervision set beyond the known calendar is counted anew once the year is loaded."""

from datetime import date

from mianduimian.archive.acts import keep
from mianduimian.archive.rules import Kind
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.supervision import papers
from mianduimian.supervision.acts.finding import known
from mianduimian.supervision.models import Instruction, Notice
from mianduimian.workdays import Deadline


@act
def recompute(*, most: int | None = None, by: Person, on: date) -> list[Notice | Instruction]:
    """期限重算: count the provisional days of unanswered notices and instructions anew; `most` leaves the rest for later."""
    by.must("ledger.calendar")
    calendar = known()
    changed: list[Notice | Instruction] = []
    for notice in _provisional(Notice):
        if len(changed) == most:
            break
        if _put_right(notice, calendar.add(notice.on, notice.step.within), by=by, on=on):
            region = notice.matter.appeal.round.region
            keep(papers.notice_paper(notice), notice, kind=Kind.NOTICE, region=region, by=by, on=on)
            changed.append(notice)
    for given in _provisional(Instruction):
        within = given.matter.appeal.round.rules.instruction["within"]
        if _put_right(given, calendar.add(given.on, within), by=by, on=on):
            changed.append(given)
    return changed


def _provisional[T: (Notice, Instruction)](model: type[T]) -> list[T]:
    waiting = model.objects.waiting().filter(provisional=True).select_for_update(of=("self",))
    return list(waiting.select_related("matter__appeal__round__region").order_by("pk"))


def _put_right(one: Notice | Instruction, due: Deadline, *, by: Person, on: date) -> bool:
    """Write the day as it is known now; false where it was known as well before."""
    if (due.on, due.provisional) == (one.due_on, one.provisional):
        return False
    was = {"due_on": one.due_on, "provisional": one.provisional}
    one.due_on, one.provisional = due.on, due.provisional
    one.save()
    now = {"due_on": due.on, "provisional": due.provisional}
    now |= {"number": one.number} if isinstance(one, Notice) else {"instruction": one.pk}
    record("supervision.recompute", one.matter, by=by, on=on, was=was, now=now)
    return True
