"""封存: opening a citizen's identity for a reason, and erasing it for good."""

from datetime import date

from mianduimian.intake.models import Citizen, Submission
from mianduimian.intake.rules import IDENTITY, Identity, hide
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
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
    known = list(citizen.identity.values())
    submissions = list(Submission.objects.select_for_update().filter(citizen=citizen))
    for submission in submissions:
        for name in SAID:
            setattr(submission, name, hide(getattr(submission, name), known))
    Submission.objects.bulk_update(submissions, SAID)
    for name in (*IDENTITY, "phone_index"):
        setattr(citizen, name, "")
    citizen.salt, citizen.erased_on = b"", on
    citizen.save()
    record("intake.erase", citizen, by=by, on=on, now={"erased_on": on, "submissions": len(submissions)}, why=why)
    return citizen


def _may_open(citizen: Citizen, why: str, by: Person) -> None:
    by.must("intake.unmask")
    if not Submission.objects.seen_by(by).filter(citizen=citizen).exists():
        raise NotYours(_("这位群众不在您的岗位所及的范围。"))
    if not why.strip():
        raise Refused(_("请写明理由。"))
