"""告诉群众的话: what a visit is about, what was answered in public and who promised what; nobody's name or number in it."""

from dataclasses import dataclass

from mianduimian.ledger.models import Matter
from mianduimian.meeting.models import Promise
from mianduimian.text.redact import shield
from mianduimian.triage.models import Part


@dataclass(frozen=True)
class Told:
    """What everybody may read about a matter: title, wording, unit, public answer, and promises with unit and day."""

    title: str
    wording: str
    unit: str
    answer: str
    promises: list[Promise]


def told(matter: Matter) -> Told:
    """The public words about a matter, numbers masked and the names of those who spoke cut to the surname."""
    names = _names(matter)
    reply = matter.replies.order_by("pk").last()
    promises = list(Promise.objects.filter(exchange__appeal=matter.appeal_id).select_related("unit"))
    for promise in promises:
        promise.text = shield(promise.text, names)
    return Told(
        title=shield(matter.appeal.title, names),
        wording=shield(matter.appeal.wording, names),
        unit=matter.assignment.lead.name if matter.assignment else "",
        answer=shield(reply.public, names) if reply else "",
        promises=promises,
    )


def _names(matter: Matter) -> list[str]:
    parts = Part.objects.live().filter(appeal=matter.appeal_id, submission__citizen__isnull=False)
    return [part.submission.citizen.name for part in parts.select_related("submission__citizen") if part.submission.citizen]
