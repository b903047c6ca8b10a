"""找到: the matter that is supervised, locked, and whether it is within reach."""

from django.conf import settings

from mianduimian.ledger.models import Assignment, Matter
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.vocabulary import _
from mianduimian.workdays import Calendar, calendar


def known() -> Calendar:
    """The calendar as it is known today."""
    return calendar(settings.CALENDARS)


def check_reach(matter: Matter, by: Person) -> None:
    """Refuse who has no post in the matter's region."""
    if matter.appeal.round.region_id not in by.region_codes:
        raise NotYours(_("这件事项不在您岗位所在的区划。"))


def in_hand(matter: Matter, by: Person) -> tuple[Matter, Assignment]:
    """The matter, locked, with the assignment in force: whoever is supervised must have been given it."""
    check_reach(matter, by)
    matter = Matter.objects.select_for_update(of=("self",)).select_related("appeal__round__region").get(pk=matter.pk)
    if matter.assignment is None:
        raise Refused(_("事项还没有交办，谈不上督办。"))
    return matter, matter.assignment
