"""What every verb of the meeting begins with: who acts, on which meeting, and whether it fits."""

from hashlib import sha256

from django.db.models import F, Model

from mianduimian.meeting.models import Exchange, Meeting, Promise, Typed
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.models import Appeal
from mianduimian.vocabulary import _


def check_reach(permission: str, round: Round, by: Person) -> None:
    by.must(permission)
    if round.region_id not in by.region_codes:
        raise NotYours(_("您的岗位不在%(region)s，不能办理这一期的座谈会。"), region=round.region.name)


def opened(meeting: Meeting, permission: str, by: Person) -> Meeting:
    """Check who acts, lock the meeting, and let the hall's screen know that something changes."""
    check_reach(permission, meeting.round, by)
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("round__region").get(pk=meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
    return locked


def check_seen(row: Meeting | Exchange | Promise, seen: int) -> None:
    if row.version != seen:
        raise Overtaken(_("有人刚刚改过这一条；请看过新的内容再改，您填写的没有覆盖它。"))


def check_own(fits: bool) -> None:
    if not fits:
        raise Refused(_("所选的内容不属于这次座谈会。"))


def check_standing(round: Round, appeals: list[Appeal]) -> None:
    """Refuse appeals of another round, and those that speak for nobody any more because they were merged away."""
    keys = {appeal.pk for appeal in appeals}
    standing = set(Appeal.objects.standing().filter(round=round, pk__in=keys).values_list("pk", flat=True))
    gone = [appeal.number for appeal in appeals if appeal.pk not in standing]
    if gone:
        raise Refused(_("诉求%(numbers)s不在本期，或已并入其他诉求。"), numbers="、".join(map(str, gone)))


def written[T: Model](meeting: Meeting, key: str, said: object, kind: type[T]) -> T | None:
    """What was already written under this key; other words under the same key are refused."""
    known = Typed.objects.filter(meeting=meeting, key=key).first() if key else None
    if known is None:
        return None
    if known.body != _digest(said):
        raise Refused(_("这一条已经记下，内容却不同；要改已经记下的，请用“补充更正”。"))
    return kind._default_manager.get(pk=known.made)


def keep(meeting: Meeting, key: str, said: object, made: Model) -> None:
    """Remember under which key a row was written, so that sending it again adds nothing."""
    if key:
        Typed.objects.create(meeting=meeting, key=key, body=_digest(said), made=made.pk)


def _digest(said: object) -> str:
    return sha256(repr(said).encode()).hexdigest()
