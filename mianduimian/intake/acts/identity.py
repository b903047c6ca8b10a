"""封存: opening a citizen's identity for a reason, and erasing it for good."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from mianduimian.intake.acts.photographs import take_down
from mianduimian.intake.models import Afterword, Citizen, Submission
from mianduimian.intake.rules import IDENTITY, Identity, hide
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.models import Round
from mianduimian.solicitation.rules import Channel
from mianduimian.vocabulary import _

SAID = ["title", "text", "place", "source_class"]  # what the citizen or the source said, in which a person may be named


@act
def unmask(citizen: Citizen, *, why: str, by: Person, on: date) -> Identity:
    """Open the seal on who spoke, for a reason that stays on record."""
    _may_open(citizen, why, by)
    if citizen.erased_on:
        raise Refused(_("这位群众的身份已于%(on)s抹去。"), on=citizen.erased_on)
    record("intake.unmask", citizen, by=by, on=on, why=why)
    return Identity(**citizen.identity)


@act
def erase(citizen: Citizen, *, why: str, by: Person, on: date) -> Citizen:
    """Erase who spoke: identity and key go, what was said stays with every trace of the person hidden."""
    _may_open(citizen, why, by)
    citizen = Citizen.objects.select_for_update().get(pk=citizen.pk)
    if citizen.erased_on:
        raise Refused(_("这位群众的身份已于%(on)s抹去。"), on=citizen.erased_on)
    submissions = _hidden_words(citizen)
    photos = take_down(submissions)
    for name in (*IDENTITY, "phone_index"):
        setattr(citizen, name, "")
    citizen.salt, citizen.erased_on = b"", on
    citizen.save()
    now = {"erased_on": on, "submissions": len(submissions), "photos": photos}
    record("intake.erase", citizen, by=by, on=on, now=now, why=why)
    return citizen


@act
def forget(*, by: Person, on: date) -> int:
    """Let go of the contacts left on the web for rounds that ended long enough ago (rulebook.speaking.contact_kept)."""
    by.must("intake.forget")
    over = [
        round.pk
        for round in Round.objects.filter(ended_on__isnull=False)
        if round.ended_on and on > round.ended_on + timedelta(days=round.rules.speaking["contact_kept"])
    ]
    still = Submission.objects.filter(citizen=OuterRef("pk")).exclude(channel=Channel.WEB, round__in=over)
    due = Citizen.objects.filter(~Exists(still), submissions__round__in=over, erased_on=None).distinct()
    keys = list(due.values_list("pk", flat=True))
    blank = dict.fromkeys((*IDENTITY, "phone_index"), "")
    Citizen.objects.filter(pk__in=keys).update(**blank, salt=b"", erased_on=on)
    if keys:
        record("intake.forget", by, by=by, on=on, now={"citizens": len(keys)})
    return len(keys)


def _hidden_words(citizen: Citizen) -> list[Submission]:
    """Every trace of the person in what they said, then and later, hidden; the point on the map goes too."""
    known = list(citizen.identity.values())
    submissions = list(Submission.objects.select_for_update().filter(citizen=citizen))
    for submission in submissions:
        submission.north = submission.east = None
        for name in SAID:
            setattr(submission, name, hide(getattr(submission, name), known))
    Submission.objects.bulk_update(submissions, [*SAID, "north", "east"])
    afterwords = list(Afterword.objects.select_for_update().filter(submission__in=submissions))
    for afterword in afterwords:
        afterword.text = hide(afterword.text, known)
    Afterword.objects.bulk_update(afterwords, ["text"])
    return submissions


def _may_open(citizen: Citizen, why: str, by: Person) -> None:
    by.must("intake.unmask")
    if not Submission.objects.seen_by(by).filter(citizen=citizen).exists():
        raise NotYours(_("这位群众不在您的岗位所及的范围。"))
    if not why.strip():
        raise Refused(_("请写明理由。"))
