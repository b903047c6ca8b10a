"""梳理作业: the machine reads a round in the background; run twice it proposes nothing twice."""

from django.tasks import task
from django.utils.timezone import localdate

from mianduimian.triage import acts, machine
from mianduimian.triage.models import Reading


@task
def read(reading: int) -> int:
    """Take up what is new and read it, in the name of the one who asked; nothing is locked while the machine reads."""
    asked = Reading.objects.select_related("round", "asked_by").get(pk=reading)
    acts.take_up(asked.round, by=asked.asked_by, on=localdate())
    findings = machine.read(asked.round)
    return len(acts.propose(asked.round, findings=findings, by=asked.asked_by, on=localdate()))
