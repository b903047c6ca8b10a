"""三类管理员的工作台: their pages, who is without a post, whether the journal and the calendar are in order."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.waiting.desk import Desk, Tile
from mianduimian.desks.waiting.piles import Line, Pile, of_lines
from mianduimian.intake.models import unreviewed
from mianduimian.journal.acts import head_file
from mianduimian.journal.models import Head
from mianduimian.journal.models import Line as Kept
from mianduimian.ledger.models import Assignment
from mianduimian.people.models import Person, Post
from mianduimian.workdays import calendar


def system(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for the system administrator: persons, units, the calendar."""
    years = calendar(settings.CALENDARS).years
    waiting = Assignment.objects.current().filter(provisional=True).count()
    lines = []
    if waiting:
        words = _("%(n)s 件的书面反馈截止是暂定的：%(year)s年的放假安排还没有载入") % {"n": waiting, "year": max(years) + 1}
        lines.append(Line(words, "", _("载入年历：mianduimian calendar")))
    tiles = [
        Tile(_("在用账号"), Person.objects.filter(is_active=True).count(), _("个"), url=reverse("people:persons")),
        Tile(_("已载入年历至"), max(years), _("年"), of=_("暂定期限 %(n)s 件") % {"n": waiting}),
    ]
    return tiles, [of_lines(_("年历"), _("暂定的期限在载入年历后重新计算。"), lines), _without_post()], {}


def security(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for the security administrator: posts to give and to end."""
    posts = Post.objects.filter(until=None)
    tiles = [
        Tile(_("在任岗位"), posts.count(), _("个"), url=reverse("people:persons")),
        Tile(_("近 30 天授予"), posts.filter(since__gte=desk.on - timedelta(30)).count(), _("个"), url=reverse("people:persons")),
    ]
    return tiles, [_without_post()], {}


def audit(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What waits for the audit administrator: the journal, its head inside and outside the database."""
    head = Head.objects.first()
    count = head.count if head else 0
    today = Kept.objects.filter(on=desk.on).count()
    kept = head_file().exists()
    tiles = [
        Tile(_("留痕总行数"), count, _("行"), url=reverse("people:trace")),
        Tile(_("今天"), today, _("行"), url=f"{reverse('people:trace')}?on={desk.on}"),
        Tile(_("库外链头"), _("在") if kept else _("缺"), of=_("末行被删也能发现"), tone="good" if kept else "bad"),
    ]
    check = [Line(_("逐行验证留痕链"), reverse("people:verify"), _("每一行都带着上一行的指纹"))]
    last = [
        Line(f"{one.number} {one.verb} {one.subject_name}", reverse("people:trace"), one.actor_name, due=one.on)
        for one in Kept.objects.order_by("-number")[:10]
    ]
    months = [
        Line(_("%(month)s 查看群众身份的记录") % {"month": f"{month:%Y-%m}"}, f"{reverse('intake:openings')}?month={month:%Y-%m}")
        for month in unreviewed(desk.on)
    ]
    piles = [
        of_lines(_("每月复核"), _("谁看过群众身份、为什么，由没有看过的人逐月复核。"), months, reverse("intake:openings")),
        of_lines(_("验证"), _("任何一行被改动、删除都会指出。"), check),
        of_lines(_("最近留痕"), _("谁、何时、做了什么。"), last),
    ]
    return tiles, piles, {}


def _without_post() -> Pile:
    """Registered, and not yet appointed to anything."""
    bare = Person.objects.filter(is_active=True).exclude(pk__in=Post.objects.filter(until=None).values("person")).order_by("pk")
    lines = [
        Line(one.name, reverse("people:person", args=[one.pk]), _("登记于%(day)s") % {"day": one.joined_on})
        for one in bare.exclude(username="clock")
    ]
    return of_lines(_("没有岗位的人员"), _("系统管理员登记，安全管理员授予岗位。"), lines, reverse("people:persons"))
