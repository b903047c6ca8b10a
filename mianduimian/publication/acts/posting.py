"""信件: what goes by post is listed, printed, and marked as posted by a person."""

from datetime import date

from django.utils import timezone

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.publication.models import LetterList, Message
from mianduimian.publication.rules import Delivery
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _


@act
def list_letters(round: Round, *, by: Person, on: date) -> LetterList:
    """Put the round's waiting letters on a list of this day."""
    by.must("publication.release")
    waiting = Message.objects.letters().filter(submission__round=round).select_for_update(of=("self",))
    letters = list(waiting)
    if not letters:
        raise Refused(_("没有待打印的信件。"))
    made = LetterList.objects.create(round=round, made_on=on, made_by=by)
    Message.objects.filter(pk__in=[letter.pk for letter in letters]).update(listed=made)
    record("publication.list_letters", made, by=by, on=on, now={"round": round.code, "letters": len(letters)})
    return made


@act
def open_letters(made: LetterList, *, by: Person, on: date) -> list[tuple[str, str, Message]]:
    """Names and addresses of a list, unsealed for printing; who printed it stays on record."""
    by.must("intake.unmask")
    found = []
    for message in made.messages.select_related("submission__citizen").order_by("pk"):
        address, citizen = message.contacts.get("letter"), message.submission.citizen
        if address and citizen:
            found.append((citizen.name, address, message))
    why = _("打印%(list)s")
    record("publication.open_letters", made, by=by, on=on, now={"letters": len(found)}, why=why % {"list": made})
    return found


@act
def post_letters(made: LetterList, *, by: Person, on: date) -> int:
    """The letters of a list were posted: those who are no longer to be written to are left out."""
    by.must("publication.release")
    made = LetterList.objects.select_for_update().get(pk=made.pk)
    if made.posted_on:
        raise Refused(_("这份清单已于%(on)s寄出。"), on=made.posted_on)
    messages = list(made.messages.select_related("submission__citizen"))
    for message in messages:
        reached = bool(message.contacts.get("letter"))
        message.state = Delivery.SENT if reached else Delivery.UNREACHABLE
        message.sent_at = timezone.now() if reached else None
    Message.objects.bulk_update(messages, ["state", "sent_at"])
    made.posted_on, made.posted_by = on, by
    made.save()
    posted = sum(message.state == Delivery.SENT for message in messages)
    record("publication.post_letters", made, by=by, on=on, now={"letters": posted})
    return posted
