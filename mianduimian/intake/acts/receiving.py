"""收件: one submission at a time, typed by a clerk or by the citizen."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError

from mianduimian.intake.acts.photographs import hung, painted
from mianduimian.intake.acts.shelf import Arrival, shelve
from mianduimian.intake.models import Batch, Submission, Token
from mianduimian.intake.rules import Said, check
from mianduimian.intake.sealing import fingerprint
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _


@act
def receive(round: Round, said: Said, *, batch: Batch | None = None, by: Person, on: date) -> tuple[Submission, bool]:
    """Take in what one citizen said; the same again, by its number or else by its content, is the one already there."""
    by.must("intake.type")
    if round.ended_on:
        raise Refused(_("这一期已于%(on)s结束，不再收件。"), on=round.ended_on)
    (placed,) = shelve(Arrival(round, by, on, batch), [check(said, on)])
    if placed.submission is None:
        raise placed.refused or Refused(_("这一件没有收入。"))
    if placed.fresh:
        _record(placed.submission, placed.said, by=by, on=on)
    return placed.submission, placed.fresh


def _record(submission: Submission, said: Said, *, by: Person, on: date) -> None:
    """One line; what was said and by whom only as digests, whose key goes when the citizen is erased."""
    words = {"title": said.title, "text": said.text, "place": said.place, "source_number": said.source_number}
    now = {"round": submission.round.code, "channel": said.channel, "confidential": said.confidential}
    key = bytes(submission.citizen.salt) if submission.citizen else b""
    record("intake.receive", submission, by=by, on=on, now=now, sealed=words | said.identity, key=key)


@act
def speak(
    round: Round, said: Said, *, token: str, photos: Sequence[bytes] = (), by: Person, on: date
) -> Submission:
    """Take in what was typed once: the same token again gives the same submission, with other words it is refused."""
    pictures = painted(photos)
    body = fingerprint(round.code, repr(said), *map(fingerprint, map(bytes.hex, pictures)))
    earlier = _spoken(token, body)
    if earlier:
        return earlier
    try:
        return _speak(round, said, (token, body), pictures, by=by, on=on)
    except IntegrityError:
        earlier = _spoken(token, body)
    if earlier is None:
        raise Refused(_("这一件没有收入，请再提交一次。"))
    return earlier


@act
def _speak(
    round: Round, said: Said, once: tuple[str, str], pictures: Sequence[bytes], *, by: Person, on: date
) -> Submission:
    submission, _fresh = receive(round, said, by=by, on=on)
    Token.objects.create(key=once[0], body=once[1], submission=submission, on=on)
    with hung(submission, pictures, on) as photos:
        if photos:
            record("intake.hang", submission, by=by, on=on, now={"photos": len(photos)})
    return submission


def _spoken(token: str, body: str) -> Submission | None:
    earlier = Token.objects.filter(key=token).select_related("submission").first()
    if earlier and earlier.body != body:
        raise Refused(_("这张表已经提交过，内容却不同。要再提交一件，请重新打开表单。"))
    return earlier.submission if earlier else None
