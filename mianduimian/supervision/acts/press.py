"""媒体跟踪报道: entering what was published, and what happened after it."""

from dataclasses import asdict
from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.supervision.acts.finding import check_reach
from mianduimian.supervision.models import Aftermath, PressItem
from mianduimian.supervision.rules import Cutting, check_cutting
from mianduimian.vocabulary import _


@act
def press(matter: Matter, cutting: Cutting, *, by: Person, on: date) -> PressItem:
    """媒体跟踪报道: enter what was published about a matter."""
    by.must("supervision.press")
    check_cutting(cutting, on)
    check_reach(matter, by)
    item = PressItem.objects.create(matter=matter, by=by, on=on, **asdict(cutting))
    record("supervision.press", matter, by=by, on=on, now=asdict(cutting))
    return item


@act
def follow_up(item: PressItem, *, text: str, by: Person, on: date) -> Aftermath:
    """报道之后: what happened after a report, as often as something happens."""
    by.must("supervision.press")
    item = PressItem.objects.select_for_update(of=("self",)).select_related("matter__appeal__round").get(pk=item.pk)
    check_reach(item.matter, by)
    if not text.strip():
        raise Refused(_("请写明报道之后怎样了。"))
    told = Aftermath.objects.create(item=item, text=text, by=by, on=on)
    record("supervision.follow_up", item.matter, by=by, on=on, now={"title": item.title, "after": text})
    return told
