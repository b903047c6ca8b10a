"""订阅源: the news of a round, a region or a theme as Atom and RSS."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language

from mianduimian.publication.models import News

KINDS: dict[str, type[SyndicationFeed]] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
HOUSE = ZoneInfo("Asia/Shanghai")


def feed(kind: str, title: str, told: list[News], home: str, own: str) -> bytes:
    """A feed; `home` is the house's own address, `own` the feed's path below it."""
    language = get_language() or "zh-hans"
    made = KINDS[kind](title, home + reverse("publication:rounds"), title, language=language, feed_url=home + own)
    for one in told:
        made.add_item(
            title=f"{one.what}：{one.title}",
            link=home + address(one),
            description=one.text or one.focus,
            unique_id=f"tag:mianduimian,2026:{one.round}:{one.key}",
            unique_id_is_permalink=False,
            pubdate=_moment(one.on),
            updateddate=_moment(one.on),
            categories=[one.focus],
        )
    return made.writeString("utf-8").encode("utf-8", "replace")


def address(one: News) -> str:
    """Where it can be read."""
    if one.matter:
        return reverse("publication:matter", args=[one.round, one.matter])
    return reverse("publication:round", args=[one.round])


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(8), HOUSE)
