"""告知: the outbox, read and emptied; safe to run twice."""

from datetime import date
from pathlib import Path

from django.conf import settings

from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.gateways import gateways
from mianduimian.publication.rules import Delivery


def tell(on: date) -> str:
    """Queue what the journal's new lines owe to citizens and hand it to the gateways; says how many were sent."""
    clock = Person.objects.clock()
    while acts.gather(by=clock, on=on):
        pass
    told = acts.deliver(gateways(settings.CHANNELS, Path(settings.DATA)), by=clock, on=on)
    return f"发出 {told[Delivery.SENT]}" + "".join(
        f"，{state.word} {told[state]}" for state in (Delivery.QUEUED, Delivery.UNKNOWN, Delivery.FAILED) if told[state]
    )


def alert(on: date) -> str:
    """Write to subscribers what became public and hand it to the mail gateway; says how many letters were sent."""
    clock = Person.objects.clock()
    acts.forget_unconfirmed(by=clock, on=on)
    while acts.gather_alerts(by=clock, on=on):
        pass
    ways = [way for way in gateways(settings.CHANNELS, Path(settings.DATA)) if way.name in ("email", "file")]
    sent = acts.deliver_alerts(ways[0], by=clock, on=on) if ways else 0
    return f"发出 {sent} 封"
