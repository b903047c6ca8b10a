"""公开: releasing a round's page, and taking it down."""

from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.publication.models import Release
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _


@act
def release(round: Round, *, by: Person, on: date) -> Release:
    """Open a round's page to everybody."""
    by.must("publication.release")
    if Release.objects.filter(round=round, withdrawn_on=None).exists():
        raise Refused(_("这一期已经公开。"))
    made = Release.objects.create(round=round, on=on, by=by)
    record("publication.release", round, by=by, on=on)
    return made


@act
def withdraw(release: Release, *, why: str, by: Person, on: date) -> Release:
    """Take a round's page down; that it was public, and why it no longer is, stays on record."""
    by.must("publication.release")
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.withdrawn_on:
        raise Refused(_("已于%(on)s撤下。"), on=release.withdrawn_on)
    release.withdrawn_on, release.why = on, why
    release.save()
    record("publication.withdraw", release.round, by=by, on=on, why=why)
    return release
