"""封存: opening a citizen's identity for a reason, and erasing it for good."""

import re
from datetime import date, timedelta

from django.db.models import Exists, Min, OuterRef, Q

from mianduimian.archive.rules import without
from mianduimian.intake.acts.mentions import empty_indexes, fitting, note, strike_papers
from mianduimian.intake.acts.photographs import take_down
from mianduimian.intake.models import Afterword, Citizen, Submission, addresses, copies
from mianduimian.intake.rules import IDENTITY, Identity, hide, kept_days
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Refused
from mianduimian.solicitation.models import Round
from mianduimian.text.normalise import plain
from mianduimian.vocabulary import _

MOBILE = re.compile(r"1\d{10}")
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
    """Erase who spoke: identity and key go, what was said stays with every trace hidden; what else names them is listed."""
    _may_open(citizen, why, by)
    citizen = Citizen.objects.select_for_update().get(pk=citizen.pk)
    if citizen.erased_on:
        raise Refused(_("这位群众的身份已于%(on)s抹去。"), on=citizen.erased_on)
    known = _known(citizen)
    if any(word in why for word in known):
        raise Refused(_("理由会写进留痕，请不要写这位群众的姓名、电话。"))
    ended = _written_to_no_more(citizen.email, on)
    submissions, copied = _let_go(citizen, on)
    now = {"erased_on": on, "submissions": len(submissions), "photos": take_down(submissions), "copies": copied}
    now["subscriptions"] = ended
    now |= {"papers": strike_papers(known, _first(citizen), by=by, on=on), "emptied": empty_indexes(known)}
    now["mentions"] = note(citizen, known, on)
    record("intake.erase", citizen, by=by, on=on, now=now, why=why)
    return citizen


def _written_to_no_more(email: str, on: date) -> int:
    """Whoever subscribed under this address has asked to be forgotten: it is wiped there too; says how many ended."""
    return sum(kept.of(email).update(**dict.fromkeys(kept.wiped, ""), **{kept.ended: on}) for kept in addresses())


def _known(citizen: Citizen) -> list[str]:
    """Everything by which the citizen may be named, as it was given, as it is searched, a mobile number as people group it."""
    given = [value for value in citizen.identity.values() if len(value) > 1]
    number = plain(citizen.phone)
    grouped = [sign.join((number[:3], number[3:7], number[7:])) for sign in "- "] if MOBILE.fullmatch(number) else []
    return list(dict.fromkeys(value for value in (*given, *map(plain, given), *grouped) if len(value) > 1))


def _first(citizen: Citizen) -> date | None:
    return citizen.submissions.aggregate(first=Min("received_on"))["first"]


@act
def forget(*, by: Person, on: date, most: int = 500) -> int:
    """Let go of who spoke in rounds that ended long enough ago, by the way they came (rulebook: how long each is kept)."""
    by.must("intake.forget")
    over = _over(on)
    if not over:
        return 0
    still = Submission.objects.filter(citizen=OuterRef("pk")).exclude(over)
    due = Citizen.objects.filter(~Exists(still), Exists(Submission.objects.filter(citizen=OuterRef("pk"))), erased_on=None)
    found = list(due.select_for_update(of=("self",)).order_by("pk")[:most])
    emptied: dict[str, list[int]] = {}
    for citizen in found:
        known = _known(citizen)
        _let_go(citizen, on)
        for table, keys in empty_indexes(known).items():
            emptied[table] = [*emptied.get(table, []), *keys]
    if found:
        record("intake.forget", by, by=by, on=on, now={"citizens": len(found), "emptied": emptied})
    return len(found)


def _over(on: date) -> Q:
    """What came in rounds that ended so long ago that its kind is no longer kept with a name."""
    over = Q()
    for round in Round.objects.filter(ended_on__isnull=False):
        since = on - (round.ended_on or on)
        gone = [channel for channel, days in kept_days(round.rules).items() if since > timedelta(days=days)]
        over |= Q(round=round.pk, channel__in=gone) if gone else Q()
    return over


def _let_go(citizen: Citizen, on: date) -> tuple[list[Submission], int]:
    """Identity and key go, with every trace in what was said; the row stays as a tombstone with its day, and every count."""
    submissions, copied = _hidden_words(citizen), _hidden_copies(citizen)
    for name in (*IDENTITY, "phone_index"):
        setattr(citizen, name, "")
    citizen.salt, citizen.erased_on = b"", on
    citizen.save()
    return submissions, copied


def _hidden_words(citizen: Citizen) -> list[Submission]:
    """Every trace of the person in what they said, then and later, hidden; the point on the map goes too."""
    known = list(citizen.identity.values())
    submissions = list(Submission.objects.select_for_update().filter(citizen=citizen))
    for submission in submissions:
        submission.north = submission.east = None
        for name in SAID:
            setattr(submission, name, fitting(submission._meta.get_field(name), hide(getattr(submission, name), known)))
    Submission.objects.bulk_update(submissions, [*SAID, "north", "east"])
    afterwords = list(Afterword.objects.select_for_update().filter(submission__in=submissions))
    for afterword in afterwords:
        afterword.text = hide(afterword.text, known)
    Afterword.objects.bulk_update(afterwords, ["text"])
    return submissions


def _hidden_copies(citizen: Citizen) -> int:
    """The same in every copy that a later room keeps; what others said there stays as it is."""
    known, changed = _known(citizen), 0
    for copy in copies():
        rows = list(copy.of(citizen).select_for_update())
        for row in rows:
            for column in copy.columns:
                setattr(row, column, fitting(row._meta.get_field(column), without(getattr(row, column), known)))
        copy.model._default_manager.bulk_update(rows, copy.columns, batch_size=200)
        changed += len(rows)
    return changed


def _may_open(citizen: Citizen, why: str, by: Person) -> None:
    by.must("intake.unmask")
    if not Submission.objects.seen_by(by).filter(citizen=citizen).exists():
        raise NotYours(_("这位群众不在您的岗位所及的范围。"))
    if not why.strip():
        raise Refused(_("请写明理由。"))
