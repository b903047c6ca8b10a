"""梳理作业: the machine reads a round in the background; run twice it proposes nothing twice."""

from datetime import date

from django.tasks import task
from django.utils.timezone import localdate

from mianduimian.people.models import Person
from mianduimian.triage import acts
from mianduimian.triage.models import Lesson, Reading


@task
def read(reading: int) -> str:
    """Take up what is new and read it, in the name of the one who asked, from where the last worker left it."""
    asked = Reading.objects.select_related("asked_by").get(pk=reading)
    done = acts.go_on(asked, by=asked.asked_by, on=localdate())
    return f"{done.texts} {done.proposals} {done.state}"


def revive(on: date) -> str:
    """接着梳理: queue again the readings whose worker died."""
    left = acts.revive(by=Person.objects.clock(), on=on)
    for reading in left:
        read.enqueue(reading.pk)
    return f"{len(left)}次"


@task
def learn(lesson: int) -> str:
    """Learn from the city's decisions, in the name of the one who asked."""
    asked = Lesson.objects.select_related("asked_by").get(pk=lesson)
    done = acts.study(asked, by=asked.asked_by, on=localdate())
    return f"{done.rows} {done.state}"
