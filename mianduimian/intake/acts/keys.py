"""换钥: every seal is made anew under the key of today, some at a time; interrupted, it goes on where it was."""

from datetime import date

from mianduimian.intake.models import Citizen
from mianduimian.intake.rules import IDENTITY
from mianduimian.intake.sealing import mark
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person

AT_ONCE = 500


@act
def reseal(*, by: Person, on: date) -> int:
    """Seal the next citizens under the key of today; says how many. None left is zero."""
    by.must("intake.reseal")
    stale = list(Citizen.objects.sealed_before(mark()).select_for_update(of=("self",)).order_by("pk")[:AT_ONCE])
    Citizen.objects.bulk_update(stale, IDENTITY)
    if stale:
        record("intake.reseal", by, by=by, on=on, now={"citizens": len(stale), "key": mark()})
    return len(stale)
