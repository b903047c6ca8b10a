"""回头看作业: tasks for what was settled, replies for the machine to read, and what comes again; safe to run twice."""

from datetime import date

from mianduimian.lookback import acts
from mianduimian.lookback.models import Campaign
from mianduimian.people.models import Person

READ_AT_ONCE = 100  # replies read in one act


def gather(on: date) -> str:
    """Every matter settled since becomes a task of the campaign that is under way."""
    clock = Person.objects.clock()
    running = Campaign.objects.filter(begins_on__lte=on, ends_on__gte=on)
    made = sum(len(acts.gather(campaign, by=clock, on=on)) for campaign in running)
    return f"新增核查任务 {made} 件"


def read(on: date) -> str:
    """The machine reads the replies it has not read yet."""
    clock, read = Person.objects.clock(), 0
    while made := acts.read_replies(most=READ_AT_ONCE, by=clock, on=on):
        read += len(made)
    return f"读答复 {read} 份"


def find(on: date) -> str:
    """What came in about something that was closed."""
    return f"疑似复发 {len(acts.find_recurrences(by=Person.objects.clock(), on=on))} 件"
