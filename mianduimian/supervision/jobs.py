"""督办作业: what the clock does every day; safe to run twice."""

from datetime import date

from mianduimian.people.models import Person
from mianduimian.supervision import acts


def remind(on: date) -> str:
    """Urge every written reply that is nearly or already due; says how many were urged anew."""
    return f"提醒 {len(acts.remind(by=Person.objects.clock(), on=on))} 件"
