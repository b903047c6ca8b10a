"""收件作业: reading a file to its end in the background; run twice it takes in nothing twice."""

from datetime import date

from django.tasks import task
from django.utils.timezone import localdate

from mianduimian.intake import acts
from mianduimian.intake.models import Batch
from mianduimian.people.models import Person


@task
def run(batch: int) -> str:
    """Take in what is left of a batch, in the name of the one who began it."""
    begun = Batch.objects.select_related("by").get(pk=batch)
    return str(acts.run_batch(begun, by=begun.by, on=localdate()).facts)


def forget(on: date) -> str:
    """到期抹去: contacts left on the web whose time is over; run twice it does nothing more."""
    clock, total = Person.objects.clock(), 0
    while gone := acts.forget(by=clock, on=on):
        total += gone
    return f"抹去 {total}"
