"""台账作业: what the clock does for the ledger; safe to run twice."""

from datetime import date

from mianduimian.ledger import acts
from mianduimian.ledger.models import unclosed
from mianduimian.people.models import Person


def follow(on: date) -> str:
    """Take over what earlier rooms changed; says how many lines it touched."""
    return f"更新 {acts.follow(by=Person.objects.clock(), on=on)} 件"


def relight(on: date) -> str:
    """Judge the light of whatever is not closed anew, once a day; says how many were kept wrongly."""
    clock = Person.objects.clock()
    wrong = sum(len(acts.relight(among=span, by=clock, on=on)) for span in unclosed())
    return f"核对亮灯，改正 {wrong} 件"
