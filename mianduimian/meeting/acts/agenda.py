"""议程: which appeals are discussed, in which order."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.step import check_standing, opened
from mianduimian.meeting.models import Exchange, Item, Meeting
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


@act
def put_on_agenda(meeting: Meeting, appeals: Iterable[Appeal], *, by: Person, on: date) -> list[Item]:
    """Put chosen appeals on the agenda, in the order given, behind those already there."""
    meeting = opened(meeting, "meeting.prepare", by)
    there = set(Item.objects.filter(meeting=meeting).values_list("appeal", flat=True))
    fresh = [appeal for appeal in dict.fromkeys(appeals) if appeal.pk not in there]
    check_standing(meeting.round, fresh)
    last = Item.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"] or 0
    items = Item.objects.bulk_create(Item(meeting=meeting, appeal=one, place=last + n) for n, one in enumerate(fresh, 1))
    record("meeting.put_on_agenda", meeting, by=by, on=on, now={"appeals": [appeal.number for appeal in fresh]})
    return items


@act
def move(item: Item, *, up: bool, by: Person, on: date) -> None:
    """Move an item one place up or down the agenda; at the end it stays where it is."""
    meeting = opened(item.meeting, "meeting.prepare", by)
    item = Item.objects.get(pk=item.pk)
    others = Item.objects.filter(meeting=meeting)
    beside = others.filter(place__lt=item.place).last() if up else others.filter(place__gt=item.place).first()
    if beside is None:
        return
    was, now = item.place, beside.place
    _place(item, (others.aggregate(last=Max("place"))["last"] or 0) + 1)
    _place(beside, was)
    _place(item, now)
    record("meeting.move", meeting, by=by, on=on, was={"place": was}, now={"place": now})


@act
def take_off(item: Item, *, by: Person, on: date) -> None:
    """Take an item off the agenda, unless it has been discussed."""
    meeting = opened(item.meeting, "meeting.prepare", by)
    if Exchange.objects.filter(meeting=meeting, appeal=item.appeal_id).exists():
        raise Refused(_("这件诉求已经在会上讨论，不能撤下。"))
    record("meeting.take_off", meeting, by=by, on=on, was={"appeal": item.appeal.number})
    item.delete()


def _place(item: Item, place: int) -> None:
    item.place = place
    item.save(update_fields=["place"])
