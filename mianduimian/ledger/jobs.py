"""台账作业: what the clock does for the ledger; safe to run twice."""

from datetime import date

from mianduimian.ledger import acts
from mianduimian.people.models import Person


def follow(on: date) -> str:
    """Take over what earlier rooms changed; says how many lines it touched."""
    return f"更新 {acts.follow(by=Person.objects.clock(), on=on)} 件"


def relight(on: date) -> str:
    """Judge every light anew, once a day; says how many were kept wrongly."""
    return f"核对亮灯，改正 {len(acts.relight(by=Person.objects.clock(), on=on))} 件"
