"""包案: putting somebody in charge of a long-standing or hard matter."""

from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.people.rules import Role
from mianduimian.refusal import NotYours, Refused
from mianduimian.supervision.acts.finding import check_reach
from mianduimian.supervision.models import Charge
from mianduimian.vocabulary import _

OWNERS = frozenset({Role.LEADER, Role.SUPERVISOR, Role.OFFICE})


@act
def put_in_charge(matter: Matter, *, owner: Person, by: Person, on: date) -> Charge:
    """包案: one person sees to it from now on; whoever did before is relieved."""
    by.must("supervision.charge")
    check_reach(matter, by)
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if not owner.roles & OWNERS or matter.appeal.round.region_id not in owner.region_codes:
        raise NotYours(_("%(name)s的岗位不能包这件事项。"), name=owner.name)
    before = Charge.objects.current().filter(matter=matter).select_related("owner").first()
    if before and before.owner_id == owner.pk:
        raise Refused(_("这件事项已由%(name)s包案。"), name=owner.name)
    if before:
        before.ended_on = on
        before.save()
    made = Charge.objects.create(matter=matter, owner=owner, by=by, on=on)
    was = {"owner": before.owner.name} if before else {}
    record("supervision.put_in_charge", matter, by=by, on=on, was=was, now={"owner": owner.name})
    return made
