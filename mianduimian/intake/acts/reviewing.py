"""复核: looking at who opened seals in a month."""

from datetime import date

from mianduimian.intake.models import Review, opened_in
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _


@act
def review(month: date, *, note: str, by: Person, on: date) -> Review:
    """Say of a month that is over what came of looking at its opened seals; never by one who opened one."""
    by.must("intake.review")
    month = month.replace(day=1)
    if month >= on.replace(day=1):
        raise Refused(_("这个月还没有过完，下月再复核。"))
    lines = list(opened_in(month))
    if by.pk in {line.actor_id for line in lines}:
        raise NotYours(_("本月查看过身份的人不能复核，请换一个人。"))
    made, fresh = Review.objects.get_or_create(month=month, defaults={"opened": len(lines), "note": note, "by": by, "on": on})
    if not fresh:
        raise Refused(_("%(month)s已由%(who)s复核。"), month=made, who=made.by.name)
    record("intake.review", made, by=by, on=on, now={"opened": len(lines)}, why=note)
    return made
