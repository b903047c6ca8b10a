"""公开: opening a round's page in two hands, and taking it down in one."""

from datetime import date

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.publication.models import Ready, Release
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _


@act
def propose(round: Round, *, by: Person, on: date) -> Ready:
    """提请公开: the first hand says that the page is ready; said twice it stays said once."""
    by.must("publication.draft")
    Round.objects.select_for_update().get(pk=round.pk)
    if Release.objects.filter(round=round, withdrawn_on=None).exists():
        raise Refused(_("这一期已经公开。"))
    said = Ready.objects.filter(round=round, used_on=None).first()
    if said:
        return said
    made = Ready.objects.create(round=round, on=on, by=by)
    record("publication.propose", round, by=by, on=on)
    return made


@act
def release(round: Round, *, by: Person, on: date) -> Release:
    """公开: the second hand opens the round's page to everybody."""
    by.must("publication.release")
    if Release.objects.filter(round=round, withdrawn_on=None).exists():
        raise Refused(_("这一期已经公开。"))
    said = Ready.objects.select_for_update().filter(round=round, used_on=None).first()
    if said is None:
        raise Refused(_("还没有人提请公开：先由一个人核对并提请，再由另一个人公开。"))
    if said.by_id == by.pk:
        raise Refused(_("提请公开的是您本人，须由第二个人公开。"))
    said.used_on = on
    said.save()
    made = Release.objects.create(round=round, on=on, by=by)
    record("publication.release", round, by=by, on=on, now={"proposed_by": said.by.name})
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
