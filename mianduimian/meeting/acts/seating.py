"""席位: who sits in the hall."""

from datetime import date

from mianduimian.intake.models import Submission
from mianduimian.journal.acts import act, record
from mianduimian.meeting.acts.step import opened
from mianduimian.meeting.models import Arrival, Card, Exchange, Meeting, Seat, Suggestion
from mianduimian.meeting.rules import Seating, SeatKind, check_quota, check_seating
from mianduimian.people.models import Person, Unit
from mianduimian.refusal import Refused
from mianduimian.triage.models import Appeal
from mianduimian.triage.rules import Bucket
from mianduimian.vocabulary import _


@act
def seat(meeting: Meeting, seating: Seating, *, by: Person, on: date) -> Seat:
    """Give a seat in the hall; never more citizens and deputies than the rulebook has seats for."""
    meeting = opened(meeting, "meeting.prepare", by)
    check_seating(seating)
    check_quota(seating.kind, Seat.objects.filter(meeting=meeting, kind=seating.kind).count(), meeting.round.rules)
    spoken = _spoken_by(seating.submission, meeting) if seating.submission is not None else None
    seat = Seat.objects.create(
        meeting=meeting,
        kind=SeatKind(seating.kind),
        name=seating.name,
        title=seating.title,
        unit=Unit.objects.get(key=seating.unit) if seating.unit else None,
        submission=spoken,
    )
    open_facts = {"seat": seat.pk, "kind": seating.kind, "unit": seating.unit}
    if spoken and spoken.citizen:
        record("meeting.seat", meeting, by=by, on=on, now=open_facts, sealed={"name": seat.name}, key=bytes(spoken.citizen.salt))
    else:
        record("meeting.seat", meeting, by=by, on=on, now={**open_facts, "name": seat.name, "title": seat.title})
    return seat


@act
def unseat(seat: Seat, *, why: str, by: Person, on: date) -> None:
    """Take a seat back, as long as nobody has spoken from it."""
    meeting = opened(seat.meeting, "meeting.prepare", by)
    if meeting.held_on:
        raise Refused(_("座谈会已经召开，席位不能撤回；没有到会的请记为请假。"))
    if Exchange.objects.filter(raised_by=seat).exists() or Suggestion.objects.filter(raised_by=seat).exists():
        raise Refused(_("这个席位已经发言，不能撤回。"))
    if Arrival.objects.filter(card__seat=seat).exists():
        raise Refused(_("这个席位的人已经签到，不能撤回。"))
    Card.objects.filter(seat=seat).delete()
    record("meeting.unseat", meeting, by=by, on=on, was={"seat": seat.pk, "kind": seat.kind}, why=why)
    seat.delete()


def _spoken_by(submission: int, meeting: Meeting) -> Submission:
    """What the citizen representative sent in: valid, of this round, not under a whistle-blower's protection."""
    spoken = Submission.objects.select_related("citizen").filter(pk=submission, round=meeting.round_id).first()
    if spoken is None or spoken.citizen is None:
        raise Refused(_("群众代表须从本期署名来件的人中产生。"))
    if spoken.confidential:
        raise Refused(_("这宗来件要求保密，不能由其反映人公开出席。"))
    if not Appeal.objects.filter(parts__submission=spoken, parts__bucket=Bucket.DISTILLED).exists():
        raise Refused(_("这宗来件没有归入诉求，不能作为群众代表的依据。"))
    if Seat.objects.filter(meeting=meeting, submission=spoken).exists():
        raise Refused(_("这宗来件的反映人已有席位。"))
    return spoken
