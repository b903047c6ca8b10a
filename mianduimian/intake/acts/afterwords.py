"""后话: what a citizen says later on the receipt, kept once, and what the desk answers."""

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError

from mianduimian.intake.acts.photographs import hung, painted
from mianduimian.intake.models import Afterword, Submission
from mianduimian.intake.rules import Later, Told
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.vocabulary import _


@act
def say_more(submission: Submission, told: Told, *, photos: Sequence[bytes] = (), by: Person, on: date) -> Afterword:
    """Keep what a citizen says later; the same form again, or the same request while it waits, is the one already there."""
    by.must("intake.type")
    told.check()
    pictures = painted(photos)
    earlier = _said(submission, told)
    if earlier:
        return earlier
    try:
        return _say_more(submission, told, pictures, by=by, on=on)
    except IntegrityError:
        earlier = _said(submission, told)
    if earlier is None:
        raise Refused(_("这一件没有收入，请再提交一次。"))
    return earlier


@act
def _say_more(submission: Submission, told: Told, pictures: Sequence[bytes], *, by: Person, on: date) -> Afterword:
    made = Afterword.objects.create(
        submission=submission, kind=told.kind, part=told.part, text=told.text.strip(), token=told.token, on=on
    )
    with hung(submission, pictures, on, afterword=made) as photos:
        now = {"afterword": made.pk, "kind": told.kind, "part": told.part, "photos": len(photos)}
        key = bytes(submission.citizen.salt) if submission.citizen else b""
        record("intake.say_more", submission, by=by, on=on, now=now, sealed={"text": made.text}, key=key)
    return made


def _said(submission: Submission, told: Told) -> Afterword | None:
    """What was said by the same form, or the same request that still waits; adding something may be done many times."""
    mine = Afterword.objects.filter(submission=submission)
    same = mine.filter(token=told.token).first()
    if same is None and told.kind != Later.MORE:
        same = mine.waiting().filter(kind=told.kind, part=told.part).first()
    return same


@act
def answer(afterword: Afterword, *, text: str, granted: bool, by: Person, on: date) -> Afterword:
    """Answer what a citizen said later: done as asked or not, with words that the receipt shows."""
    by.must("intake.answer")
    if not Afterword.objects.seen_by(by).filter(pk=afterword.pk).exists():
        raise NotYours(_("这位群众不在您的岗位所及的范围。"))
    if not text.strip():
        raise Refused(_("请写一句答复，群众凭回执能看到。"))
    afterword = Afterword.objects.select_for_update(of=("self",)).select_related("submission").get(pk=afterword.pk)
    if afterword.answered_on:
        raise Overtaken(_("已于%(on)s由%(who)s答复。"), on=afterword.answered_on, who=afterword.answered_by)
    afterword.answer, afterword.granted = text.strip()[:300], granted
    afterword.answered_on, afterword.answered_by = on, by
    afterword.save()
    now = {"afterword": afterword.pk, "kind": afterword.kind, "granted": granted}
    record("intake.answer", afterword.submission, by=by, on=on, now=now, why=afterword.answer)
    return afterword
