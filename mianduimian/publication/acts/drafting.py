"""公开稿: written by one hand, released by a second one, corrected by a new version, withdrawn at once by anyone entitled."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Max

from mianduimian.journal.acts import act, record
from mianduimian.ledger.models import Matter
from mianduimian.meeting.models import Promise
from mianduimian.people.models import Person
from mianduimian.publication.models import Draft, inner_words, names_of, promise_names
from mianduimian.publication.wording import Change, Words
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.vocabulary import _, say

Subject = Matter | Promise


@dataclass(frozen=True)
class Changed:
    """How a draft differs from what is public: an update, or a correction with its reason."""

    change: str = Change.UPDATE
    why: str = ""


def _key(subject: Subject) -> dict[str, Subject]:
    return {"matter" if isinstance(subject, Matter) else "promise": subject}


def _round(subject: Subject) -> Round:
    return subject.appeal.round if isinstance(subject, Matter) else subject.exchange.meeting.round


def _inside(subject: Subject) -> tuple[Words, set[str]]:
    """What stands inside for the subject's public text, and whose names may not be in it."""
    if isinstance(subject, Matter):
        return inner_words([subject])[subject.pk], names_of([subject])[subject.pk]
    return Words(wording=subject.text), promise_names([subject])[subject.pk]


@act
def draft(subject: Subject, words: Words, changed: Changed | None = None, *, by: Person, on: date) -> Draft:
    """起草: what everybody may read of a matter or a promise; the same words again are the draft already there."""
    by.must("publication.draft")
    if not words.wording.strip():
        raise Refused(_("公开表述不能为空。"))
    type(subject).objects.select_for_update().get(pk=subject.pk)
    inside, names = _inside(subject)
    mine = Draft.objects.filter(**_key(subject))
    waiting, told = mine.waiting().first(), mine.in_force().exists()
    kind = changed or Changed()
    change = kind.change if told else Change.FIRST
    if change == Change.CORRECTION and not kind.why.strip():
        raise Refused(_("更正要写明理由，公开页会一并显示。"))
    shown = words.shielded(names)
    if waiting and (waiting.words, waiting.by_id, waiting.change) == (shown, by.pk, change):
        return waiting
    if waiting:
        _return(waiting, say(_("已重新起草")), by, on)
    made = Draft.objects.create(
        **_key(subject), **_facts(shown, inside), round=_round(subject), version=_next(mine), change=change,
        why=kind.why if change == Change.CORRECTION else "", by=by, on=on,
    )  # fmt: skip
    record("publication.draft", made, by=by, on=on, now={"version": made.version, "change": change}, why=made.why)
    return made


def _facts(shown: Words, inside: Words) -> dict[str, str]:
    return {**asdict(shown), "searched": shown.searched, "source": inside.fingerprint}


def _next(mine: Iterable[Draft]) -> int:
    return max((one.version for one in mine), default=0) + 1


@act
def draft_all(round: Round, *, by: Person, on: date) -> int:
    """自动起草: a masked draft of every matter and promise that has none, or whose words inside have changed; says how many."""
    by.must("publication.draft")
    Round.objects.select_for_update().get(pk=round.pk)
    fresh = [*_matter_drafts(round), *_promise_drafts(round)]
    for one in fresh:
        one.by, one.on, one.round = by, on, round
    Draft.objects.bulk_create(fresh, batch_size=200)
    if fresh:
        record("publication.draft_all", round, by=by, on=on, now={"drafts": len(fresh)})
    return len(fresh)


def _matter_drafts(round: Round) -> list[Draft]:
    matters = list(Matter.objects.of(round).select_related("appeal"))
    inside, names, last = inner_words(matters), names_of(matters), _last(round, "matter")
    return [
        _machine(last.get(one.pk), {"matter": one}, inside[one.pk], names[one.pk])
        for one in matters
        if _is_due(last.get(one.pk), inside[one.pk])
    ]


def _promise_drafts(round: Round) -> list[Draft]:
    held = Promise.objects.filter(exchange__meeting__round=round).exclude(exchange__meeting__held_on=None)
    promises = list(held.select_related("exchange"))
    names, last = promise_names(promises), _last(round, "promise")
    inside = {one.pk: Words(wording=one.text) for one in promises}
    return [
        _machine(last.get(one.pk), {"promise": one}, inside[one.pk], names[one.pk])
        for one in promises
        if _is_due(last.get(one.pk), inside[one.pk])
    ]


def _last(round: Round, kind: str) -> dict[int, Draft]:
    """Subject → its newest draft; `told` says whether anything of it was ever public."""
    mine = Draft.objects.of(round).filter(**{f"{kind}__isnull": False})
    newest = mine.order_by(kind).values(kind).annotate(last=Max("pk")).values("last")
    return {getattr(one, f"{kind}_id"): one for one in Draft.objects.filter(pk__in=newest)}


def _is_due(last: Draft | None, inside: Words) -> bool:
    """Nothing yet, or other words inside than those the newest draft was made from; a withdrawn text waits for a person."""
    return last is None or (last.source != inside.fingerprint and last.withdrawn_on is None)


def _machine(last: Draft | None, subject: dict[str, Subject], inside: Words, names: set[str]) -> Draft:
    shown = inside.shielded(names)
    version = last.version + 1 if last else 1
    if last and last.released_on is None and last.returned_on is None:
        _return(last, say(_("内部文字已变，重新起草")), last.by, last.on)
    told = last is not None and Draft.objects.filter(**subject).in_force().exists()
    change = Change.UPDATE if told else Change.FIRST
    return Draft(**subject, **_facts(shown, inside), version=version, change=change)


def _return(one: Draft, why: str, by: Person, on: date) -> None:
    one.returned_on, one.returned_by, one.returned_why = on, by, why[:200]
    one.save()


@act
def release_drafts(drafts: Iterable[int], *, by: Person, on: date) -> int:
    """公开: a second hand releases drafts as they were read; what was released meanwhile stays released once; says how many."""
    by.must("publication.release")
    wanted = set(drafts)
    found = list(Draft.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if any(one.returned_on for one in found) or len(found) < len(wanted):
        raise Refused(_("有的稿子已被新稿代替或退回，请重新打开页面再看一遍。"))
    fresh = [one for one in found if one.released_on is None]
    if any(one.by_id == by.pk for one in fresh):
        raise Refused(_("其中有您本人起草的稿子，须由第二个人公开。"))
    for one in fresh:
        _release(one, by, on)
    return len(fresh)


def _release(one: Draft, by: Person, on: date) -> None:
    mine = {"matter": one.matter_id} if one.matter_id else {"promise": one.promise_id}
    Draft.objects.filter(**mine).in_force().update(replaced_on=on)
    one.released_on, one.released_by = on, by
    one.save()
    now = {"version": one.version, "change": one.change, "drafted_by": one.by_id, "words": one.words.fingerprint}
    record("publication.release_draft", one, by=by, on=on, now=now, why=one.why)


@act
def return_draft(draft: Draft, *, why: str, by: Person, on: date) -> Draft:
    """退回: the second hand does not release it and says what is to be changed."""
    by.must("publication.release")
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.released_on or draft.returned_on:
        raise Refused(_("这一稿已经公开或退回。"))
    _return(draft, why, by, on)
    record("publication.return_draft", draft, by=by, on=on, why=why)
    return draft


@act
def withdraw_draft(draft: Draft, *, why: str, by: Person, on: date) -> Draft:
    """撤回: the words are taken from the public page at once; the page says that, when and why they were."""
    by.must("publication.release")
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.released_on is None or draft.replaced_on:
        raise Refused(_("这一稿没有在公开。"))
    if draft.withdrawn_on:
        raise Refused(_("已于%(on)s撤回。"), on=draft.withdrawn_on)
    if not why.strip():
        raise Refused(_("撤回要写明理由，公开页会一并显示。"))
    draft.withdrawn_on, draft.withdrawn_by, draft.withdrawn_why = on, by, why[:200]
    draft.save()
    record("publication.withdraw_draft", draft, by=by, on=on, why=why)
    return draft
