"""参会证与签到: each seat gets its card, and whoever comes with it is let in once."""

from datetime import date, datetime

from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.step import opened
from mianduimian.meeting.models import Arrival, Card, Meeting, Seat
from mianduimian.meeting.rules import Presence, check_arrival, new_code, new_token
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _


@act
def issue_cards(meeting: Meeting, *, by: Person, on: date) -> list[Card]:
    """制发参会证: every seat without a card gets one; those already printed stay good."""
    meeting = opened(meeting, "meeting.prepare", by)
    taken = set(Card.objects.filter(meeting=meeting).values_list("code", flat=True))
    cards = []
    for seat in Seat.objects.filter(meeting=meeting, card=None):
        card = Card(seat=seat, meeting=meeting, token=new_token(), code=new_code(taken), issued_on=on)
        taken.add(card.code)
        cards.append(card)
    if cards:
        Card.objects.bulk_create(cards)
        record("meeting.issue_cards", meeting, by=by, on=on, now={"seats": [card.seat_id for card in cards]})
    return cards


@act
def check_in(card: Card, *, at: datetime, by: Person, on: date) -> tuple[Arrival, bool]:
    """签到: the first time counts; told whether this was it."""
    meeting = opened(card.meeting, "meeting.record", by)
    if not Card.objects.filter(pk=card.pk).exists():
        raise Refused(_("这张参会证已作废：席位已经撤回。"))
    known = Arrival.objects.filter(card=card).select_related("by").first()
    if known:
        return known, False
    check_arrival(meeting.day, on)
    arrival = Arrival.objects.create(card=card, at=at, by=by)
    Seat.objects.filter(pk=card.seat_id).update(presence=Presence.PRESENT)
    record("meeting.check_in", meeting, by=by, on=on, now={"seat": card.seat_id, "at": at})
    return arrival, True
