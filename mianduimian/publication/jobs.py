"""告知: the outbox, read and emptied; safe to run twice."""

from datetime import date

from mianduimian.people.models import Person
from mianduimian.publication import acts
from mianduimian.publication.gateways import gateway


def tell(on: date) -> str:
    """Queue what the journal's new lines owe to citizens and hand it to the gateway; says how many were sent."""
    clock = Person.objects.clock()
    while acts.gather(by=clock, on=on):
        pass
    sent = 0
    while handed := acts.deliver(gateway(), by=clock, on=on):
        sent += handed
    return f"发出 {sent}"


def alert(on: date) -> str:
    """Write to subscribers what became public and hand it to the gateway; says how many letters were sent."""
    clock = Person.objects.clock()
    acts.forget_unconfirmed(by=clock, on=on)
    while acts.gather_alerts(by=clock, on=on):
        pass
    sent = 0
    while handed := acts.deliver_alerts(gateway(), by=clock, on=on):
        sent += handed
    return f"发出 {sent} 封"
