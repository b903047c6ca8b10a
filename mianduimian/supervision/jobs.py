"""督办作业: what the clock does every day; safe to run twice, and when it was killed it goes on where it stood."""

from datetime import date

from mianduimian.people.models import Person
from mianduimian.supervision import acts

AT_ONCE = 20  # each a paper of its own: short acts let others write in between


def remind(on: date) -> str:
    """Urge every reply and report that is nearly or already due; says how many were urged anew."""
    clock, told = Person.objects.clock(), 0
    while made := acts.remind(most=AT_ONCE, by=clock, on=on):
        told += len(made)
    return f"提醒 {told} 件"


def draft(on: date) -> str:
    """Draft the notices that the lights call for, and take back those no longer needed."""
    clock, drafted = Person.objects.clock(), 0
    lapsed = len(acts.lapse(by=clock, on=on))
    while made := acts.draft(most=AT_ONCE, by=clock, on=on):
        drafted += len(made)
    return f"拟稿 {drafted} 份，撤稿 {lapsed} 份"
