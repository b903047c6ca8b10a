"""邮件提醒: asked for, confirmed by whoever reads the letters, told once a day of what became public, ended by one click."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person, Region
from mianduimian.publication.feeds import address
from mianduimian.publication.models import Alert, News, Scope, Subscription, known_by, news
from mianduimian.publication.rules import Delivery
from mianduimian.publication.signing import CONFIRM, END, sign
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say

AT_ONCE = 200
MOST_AN_ADDRESS = 10  # subscriptions that one address may hold or be asked about
LISTED = 20


@dataclass(frozen=True)
class Wish:
    """What a subscriber wishes to be told of, and in which language."""

    region: Region | None = None
    theme: str = ""
    language: str = "zh-hans"


@act
def subscribe(email: str, wish: Wish, *, by: Person, on: date) -> None:
    """订阅: a letter asks whether the address is theirs; what it answers on the page never tells whether it was known."""
    by.must("publication.send")
    index = known_by(email)
    held = Subscription.objects.filter(email_index=index, ended_on=None)
    if held.count() >= MOST_AN_ADDRESS:
        return
    mine = held.filter(region=wish.region, theme=wish.theme).first() or _asked(email.strip(), index, wish, on)
    if mine and not mine.confirmed_on:
        _ask(mine, on)


def _asked(email: str, index: str, wish: Wish, on: date) -> Subscription | None:
    try:
        with transaction.atomic():
            return Subscription.objects.create(
                email=email, email_index=index, region=wish.region, theme=wish.theme, language=wish.language, asked_on=on
            )
    except IntegrityError:
        return None


def _ask(mine: Subscription, on: date) -> None:
    """One question a day and address, however often the form is sent."""
    with override(mine.language):
        link = _link("confirm", sign(mine.pk, CONFIRM))
        words = {"about": mine.about or say(_("全部")), "link": link, "days": settings.ALERT_DAYS}
        text = say(_(
            "有人（应该是您）请“面对面”在有新情况时写信到这个邮箱。范围：%(about)s。\n\n"
            "要收信，请在 %(days)s 天内打开下面的网址，点“确认订阅”：\n%(link)s\n\n不是您申请的，不用理会，不会再收到信。"
        )) % words  # fmt: skip
        letter = {"asks": True, "subject": say(_("面对面：请确认订阅")), "text": text}
    Alert.objects.get_or_create(subscription=mine, on=on, asks=True, defaults=letter)


def _link(name: str, key: str) -> str:
    return settings.PUBLIC_URL + reverse(f"publication:{name}", args=[key])


@act
def confirm(subscription: Subscription, *, by: Person, on: date) -> Subscription:
    """确认: from now on; confirmed twice it is confirmed once."""
    by.must("publication.send")
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if subscription.ended_on:
        raise Refused(_("这个订阅已经结束，要收信请重新订阅。"))
    if not subscription.confirmed_on:
        subscription.confirmed_on, subscription.told_until = on, on - timedelta(1)
        subscription.save()
        record("publication.confirm", subscription, by=by, on=on)
    return subscription


@act
def unsubscribe(subscription: Subscription, *, by: Person, on: date) -> Subscription:
    """退订: at once; the address is wiped, only the days are kept."""
    by.must("publication.send")
    subscription = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if not subscription.ended_on:
        _end(subscription, on)
        record("publication.unsubscribe", subscription, by=by, on=on)
    return subscription


def _end(subscription: Subscription, on: date) -> None:
    subscription.ended_on, subscription.email, subscription.email_index = on, "", ""
    subscription.save()
    Alert.objects.filter(subscription=subscription, state=Delivery.QUEUED).update(state=Delivery.UNREACHABLE)


@act
def forget_unconfirmed(*, by: Person, on: date) -> int:
    """Addresses that nobody confirmed in time are wiped; says how many."""
    by.must("publication.send")
    late = Subscription.objects.filter(confirmed_on=None, ended_on=None, asked_on__lt=on - timedelta(settings.ALERT_DAYS))
    stale = list(late.select_for_update())
    for one in stale:
        _end(one, on)
    return len(stale)


@act
def gather_alerts(*, by: Person, on: date) -> int:
    """Write to each subscriber what became public on the days that are over, once; says how many letters."""
    by.must("publication.send")
    due = Subscription.objects.standing().filter(told_until__lt=on - timedelta(1)).select_related("region")
    made = 0
    for one in due.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE]:
        with override(one.language):
            scope = Scope(region=one.region_id or "", theme=one.theme, after=one.told_until, before=on)
            told = news(scope)
            if told:
                letter = {"subject": say(_("面对面：%(n)s 条新情况")) % {"n": len(told)}, "text": _letter(one, told)}
                made += Alert.objects.get_or_create(subscription=one, on=on, asks=False, defaults=letter)[1]
        one.told_until = on - timedelta(1)
        one.save()
    return made


def _letter(one: Subscription, told: list[News]) -> str:
    items = [f"{item.on} {item.what}：{item.title}\n{settings.PUBLIC_URL}{address(item)}" for item in told[:LISTED]]
    if len(told) > LISTED:
        items.append(say(_("另有 %(n)s 条，请到公开页看。")) % {"n": len(told) - LISTED})
    end = say(_("不想再收：%(link)s")) % {"link": _link("unsubscribe", sign(one.pk, END))}
    return "\n\n".join([*items, end])
