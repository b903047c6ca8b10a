"""督办作业: what the clock does every day; safe to run twice, and when it was killed it goes on where it stood."""

from datetime import date
from itertools import batched

from mianduimian.people.models import Person
from mianduimian.supervision import acts
from mianduimian.supervision.models import shining

AT_ONCE = 20  # each a paper of its own: short acts let others write in between
READ_AT_ONCE = 100  # matters that are looked at in one act


def remind(on: date) -> str:
    """Urge every reply and report that is nearly or already due; says how many were urged anew."""
    clock, told = Person.objects.clock(), 0
    while made := acts.remind(most=AT_ONCE, by=clock, on=on):
        told += len(made)
    return f"提醒 {told} 件"


def draft(on: date) -> str:
    """Draft the notices that the lights call for, and take back those no longer needed."""
    clock = Person.objects.clock()
    lapsed = len(acts.lapse(by=clock, on=on))
    bright = list(shining(clock, on).order_by("pk").values_list("pk", flat=True))
    drafted = sum(len(acts.draft(among=some, by=clock, on=on)) for some in batched(bright, READ_AT_ONCE))
    return f"拟稿 {drafted} 份，撤稿 {lapsed} 份"
