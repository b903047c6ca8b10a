"""点题与附议: citizens propose what to talk about next and back it; the office looks before anything is public."""

from datetime import date

from django.db import IntegrityError, transaction

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person, Region
from mianduimian.refusal import NotYours, Overtaken, Refused
from mianduimian.solicitation.models import Backing, Wish
from mianduimian.solicitation.rules import Theme, Wished
from mianduimian.vocabulary import _


@act
def wish(wished: Wished, *, token: str, by: Person, on: date) -> Wish:
    """Keep what a citizen proposes to talk about; the same form again is the wish already there."""
    by.must("solicitation.wish")
    earlier = Wish.objects.filter(token=token).first()
    if earlier:
        return earlier
    region = Region.objects.filter(pk=wished.region).first()
    if region is None:
        raise Refused(_("没有代码为%(code)s的区划。"), code=wished.region)
    try:
        with transaction.atomic():
            made = Wish.objects.create(
                focus=wished.focus, why=wished.why, theme=Theme(wished.theme), region=region, token=token, on=on
            )
    except IntegrityError:
        return Wish.objects.get(token=token)
    record("solicitation.wish", made, by=by, on=on, now={"theme": wished.theme, "region": region.pk})
    return made


@act
def back(wish: Wish, backer: str, *, by: Person, on: date) -> bool:
    """Back a public wish; whether it was the first time from this browser."""
    by.must("solicitation.wish")
    if not Wish.objects.shown().filter(pk=wish.pk).exists():
        raise Refused(_("这个题目现在不能附议。"))
    _backing, fresh = Backing.objects.get_or_create(wish=wish, backer=backer, defaults={"on": on})
    return fresh


@act
def show(wish: Wish, *, by: Person, on: date) -> Wish:
    """Let everybody read a wish and back it; one taken away by mistake comes back."""
    wish = _judged(wish, by)
    if wish.shown_on and not wish.dropped_on:
        raise Overtaken(_("这个题目已经公开。"))
    wish.shown_on, wish.shown_by = on, by
    wish.dropped_on, wish.dropped_by, wish.dropped_why = None, None, ""
    wish.save()
    record("solicitation.show", wish, by=by, on=on, now={"focus": wish.focus})
    return wish


@act
def drop(wish: Wish, *, why: str, by: Person, on: date) -> Wish:
    """Keep a wish from the public, or take it away, for a reason that stays on record."""
    wish = _judged(wish, by)
    if wish.dropped_on:
        raise Overtaken(_("这个题目已经不公开。"))
    if not why.strip():
        raise Refused(_("请写明理由。"))
    wish.dropped_on, wish.dropped_by, wish.dropped_why = on, by, why.strip()[:200]
    wish.save()
    record("solicitation.drop", wish, by=by, on=on, why=why)
    return wish


def _judged(wish: Wish, by: Person) -> Wish:
    by.must("solicitation.judge")
    if wish.region_id not in by.region_codes:
        raise NotYours(_("这个题目不在您岗位所及的区划。"))
    return Wish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
