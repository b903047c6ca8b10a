"""代表委员与记者的工作台: meetings, promises and what became of them, what is published."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mianduimian.desks.briefing import Kept, Promised, followed
from mianduimian.desks.waiting.desk import Desk, Tile
from mianduimian.desks.waiting.piles import Line, Pile, left, of_lines
from mianduimian.meeting.models import Meeting, Promise
from mianduimian.outcomes.models import shares
from mianduimian.publication.models import Release
from mianduimian.supervision.models import PressItem

TONES = {Kept.KEPT: "done", Kept.RUNNING: "running", Kept.OVERDUE: "overdue"}


def deputy(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What a deputy follows: the meetings, the promises made in them, the published figures."""
    meetings = Meeting.objects.seen_by(desk.person).select_related("round")
    held = [
        Line(str(one), reverse("meeting:meeting", args=[one.pk]), f"{one.place} · {one.host}", due=one.held_on or one.day)
        for one in meetings
    ]
    return (
        _published_figures(desk),
        [
            _promises(desk),
            of_lines(_("座谈会"), _("您可以查看的座谈会，从近到远。"), held, reverse("meeting:meetings")),
            _published(),
        ],
        {},
    )


def press(desk: Desk) -> tuple[list[Tile], list[Pile], dict[str, object]]:
    """What a reporter follows: what is public, and what they have reported."""
    items = [
        Line(f"{one.outlet}：{one.title}", one.link, one.after[:60], due=one.published_on)
        for one in PressItem.objects.filter(by=desk.person)
    ]
    return _published_figures(desk), [_published(), of_lines(_("您登记的报道"), _("报道之后办得怎样，公开页上可查。"), items)], {}


def _promises(desk: Desk) -> Pile:
    mine = Promise.objects.filter(exchange__meeting__in=Meeting.objects.seen_by(desk.person))
    lines = [_promise(one, desk) for one in followed(mine, desk.on)]
    lines.sort(key=lambda line: (line.state != "overdue", line.state == "done", line.due))
    return of_lines(_("承诺与兑现"), _("会上承诺的事，到期有没有办。"), lines)


def _promise(one: Promised, desk: Desk) -> Line:
    meeting = one.promise.exchange.meeting
    return Line(
        words=one.promise.text,
        url=reverse("meeting:meeting", args=[meeting.pk]),
        note=one.promise.unit.short,
        due=one.promise.due_on,
        left="" if one.kept == Kept.KEPT else left(one.promise.due_on, desk.on),
        state=TONES[one.kept],
        state_word=one.kept.word,
    )


def _releases() -> list[Release]:
    return list(Release.objects.filter(withdrawn_on=None).select_related("round"))


def _published() -> Pile:
    lines = [
        Line(str(one.round.focus), reverse("publication:round", args=[one.round.code]), _("向社会公开"), due=one.on)
        for one in _releases()
    ]
    return of_lines(_("公开页面"), _("任何人都能看的进度和答复。"), lines, reverse("publication:rounds"))


def _published_figures(desk: Desk) -> list[Tile]:
    """The newest published round in figures."""
    releases = _releases()
    if not releases:
        return []
    url = reverse("publication:round", args=[releases[0].round.code])
    return [
        Tile(one.figure.word, one.percent, "", f"{one.part} ÷ {one.whole}", one.definition, url)
        for one in shares(releases[0].round, desk.on)
    ]
